// The clipboard. Text in fields needs nothing from us: they are real DOM fields. Pasted files are pictures to add.

/** Files pasted anywhere go to `onFiles`. A paste that has text goes into the field it was made in. */
export function watchClipboard(onFiles) {
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  });
}

/** For buttons that copy. Works while the click that led here still counts. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByCommand(text);
  }
}

/** Pages without a secure context have no navigator.clipboard. */
function copyByCommand(text) {
  const put = (event) => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', put);
}

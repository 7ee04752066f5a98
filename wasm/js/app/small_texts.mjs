// Single small texts in and out: presets, catalogue entries, the ledger.

const kMostBytes = 4 << 20;

/** @returns the effects SaveText and PickText */
export function smallTexts({ calls, send, download }) {
  return {
    SaveText({ request, name, mime, text }) {
      const blob = new Blob([text], { type: mime });
      if (request === 0) download(blob, name);
      else calls.answer(request, blob);
    },
    /** Called while a click is being handled. */
    PickText({ purpose, accept }) {
      const input = Object.assign(document.createElement('input'), { type: 'file', accept, hidden: true, tabIndex: -1 });
      input.addEventListener('change', async () => {
        const [file] = input.files;
        input.remove();
        const text = file.size > kMostBytes ? '' : await file.text().catch(() => ''); // C++ says what is wrong with an empty one
        send({ kind: 'TextPicked', purpose, name: file.name, text });
      });
      input.addEventListener('cancel', () => input.remove());
      document.body.append(input); // Safari opens no dialog for one outside the page
      input.click();
    },
  };
}

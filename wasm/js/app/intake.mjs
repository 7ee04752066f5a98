// Files and folders on their way in: dropped, chosen in a dialog, pasted. Each arrival is told to C++ as FilesArrived,
// a folder in several, so that the first pictures show while the rest is still being found. Which files are of any use
// is decided there; here everything is passed on.

const kBatchFiles = 500;
const kBatchMs = 200;
const kAccept = 'image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.avif,.heic,.heif,.tif,.tiff,.txt,.caption,.zip';
const kAcceptProject = '.vignette,.sqlite';

const natural = new Intl.Collator(undefined, { numeric: true });

/** Reads a folder, names in the order people expect, and calls `found(file, path)` for every file below. */
async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found(file, entry.fullPath.replace(/^\/+/, ''));
    return;
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) { // it hands out a hundred at a time, and an empty list at the end
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) break;
    inside.push(...some);
  }
  inside.sort((a, b) => natural.compare(a.name, b.name));
  for (const child of inside) await walk(child, found);
}

/** The same of a folder that was picked. */
async function walkHandle(folder, path, found) {
  const inside = [];
  for await (const handle of folder.values()) inside.push(handle);
  inside.sort((a, b) => natural.compare(a.name, b.name));
  for (const handle of inside) {
    const at = `${path}/${handle.name}`;
    if (handle.kind === 'directory') await walkHandle(handle, at, found);
    else await handle.getFile().then((file) => found(file, at), () => {}); // gone meanwhile
  }
}

/** Where the files of a dropped folder can be found again, if the browser gives such a thing. */
function placesIn(item, entry) {
  if (!entry?.isDirectory || !item.getAsFileSystemHandle) return () => undefined;
  const folder = item.getAsFileSystemHandle().then((handle) => (handle?.kind === 'directory' ? handle : null), () => null);
  return (path) => ({ folder, inside: path.slice(entry.name.length + 1) });
}

/** A picture from the clipboard is always called image.png; the time tells them apart. */
function nameOfPasted(file, nth, now = new Date()) {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file.name;
  const two = (number) => String(number).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const extension = file.type === 'image/jpeg' ? 'jpg' : (file.type.split('/')[1] ?? 'png');
  return `pasted-${day}-${time}${nth > 0 ? `-${nth + 1}` : ''}.${extension}`;
}

export class Intake {
  #sources;
  #send;
  #open = 0; // arrivals that have not ended

  constructor({ sources, send }) {
    this.#sources = sources;
    this.#send = send;
  }

  /** Something is still on its way: a folder being read, the sample being drawn. */
  get busy() {
    return this.#open > 0;
  }

  /**
   * Files that come one after the other, as one import: `add` each, then `end`. `request` is the script call that
   * waits for the import.
   */
  arrival(request = 0) {
    let batch = [];
    let sentAt = performance.now();
    this.#open += 1;
    const flush = (last) => {
      this.#send({ kind: 'FilesArrived', files: batch, last, request: last ? request : 0 });
      batch = [];
      sentAt = performance.now();
    };
    return {
      add: (file, path, place) => {
        batch.push(this.#sources.add(file, path, place));
        if (batch.length >= kBatchFiles || performance.now() - sentAt > kBatchMs) flush(false);
      },
      end: () => {
        this.#open -= 1;
        flush(true);
      },
    };
  }

  /** @param {Array<{file: Blob, path: string}>} files */
  files(files, request = 0) {
    const arrival = this.arrival(request);
    for (const { file, path } of files) arrival.add(file, path);
    arrival.end();
  }

  pasted(files) {
    this.files(Array.from(files, (file, i) => ({ file, path: nameOfPasted(file, i) })));
  }

  /** The browser's dialog. Must be called while a click or key press is being handled. */
  pick(folder, project = false) {
    if (folder && globalThis.showDirectoryPicker) return this.#pickFolder();
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: !project, hidden: true, tabIndex: -1, webkitdirectory: folder });
    if (!folder) input.accept = project ? kAcceptProject : kAccept;
    input.addEventListener('change', () => {
      const chosen = Array.from(input.files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
      input.remove();
      if (chosen.length > 0) this.files(chosen.sort((a, b) => natural.compare(a.path, b.path)));
    });
    input.addEventListener('cancel', () => input.remove());
    document.body.append(input); // Safari opens no dialog for one outside the page
    input.click();
  }

  async #pickFolder() {
    const folder = await globalThis.showDirectoryPicker({ id: 'vignette-pictures' }).catch(() => null); // closed without a choice
    if (!folder) return;
    const arrival = this.arrival();
    await walkHandle(folder, folder.name, (file, path) => {
      arrival.add(file, path, { folder: Promise.resolve(folder), inside: path.slice(folder.name.length + 1) });
    });
    arrival.end();
  }

  /** The whole window takes drops. */
  watchDrops(target = window) {
    let hovering = false;
    const hover = (over) => {
      if (over !== hovering) this.#send({ kind: 'FilesHover', over: (hovering = over) });
    };
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const over = (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // otherwise the browser opens the picture instead of the page
      event.dataTransfer.dropEffect = 'copy';
      hover(true);
    };
    target.addEventListener('dragenter', over);
    target.addEventListener('dragover', over);
    target.addEventListener('dragleave', (event) => event.relatedTarget === null && hover(false));
    target.addEventListener('dragend', () => hover(false));
    target.addEventListener('drop', (event) => {
      hover(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.#dropped(event.dataTransfer);
    });
  }

  #dropped(transfer) {
    // All of it at once, here: after the first await the list is empty. What is no entry of a file system (a picture
    // dragged out of another page) still is a file.
    const roots = Array.from(transfer.items)
      .filter((item) => item.kind === 'file')
      .map((item) => {
        const entry = item.webkitGetAsEntry?.() ?? null;
        return { entry, file: item.getAsFile(), placeOf: placesIn(item, entry) };
      });
    if (roots.every(({ entry }) => !entry || entry.isFile)) {
      const files = roots.filter(({ file }) => file).map(({ file }) => ({ file, path: file.name }));
      this.files(files.sort((a, b) => natural.compare(a.path, b.path)));
    } else {
      this.#walkAll(roots);
    }
  }

  async #walkAll(roots) {
    const arrival = this.arrival();
    for (const { entry, file, placeOf } of roots) {
      if (entry) await walk(entry, (found, path) => arrival.add(found, path, placeOf(path)));
      else if (file) arrival.add(file, file.name);
    }
    arrival.end();
  }
}

// Folders of the person's own that a dataset refers to: browsers keep such handles only in IndexedDB. After a reload
// they ask for permission again, and that only while a click is being handled.

const kStore = 'folders'; // {dataset, key, handle, use: 'pictures' | 'captions'}
const kCaptions = 'captions';

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function openDatabase() {
  const request = indexedDB.open('vignette', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(kStore, { keyPath: ['dataset', 'key'] });
  return done(request);
}

export class Handles {
  #database = null;
  #known = new Map(); // dataset → rows

  /** All folders of a dataset. */
  async of(dataset) {
    if (!this.#known.has(dataset)) {
      const range = IDBKeyRange.bound([dataset], [dataset, []]);
      const rows = await this.#ask('readonly', (store) => store.getAll(range)).catch(() => []);
      this.#known.set(dataset, rows);
    }
    return this.#known.get(dataset);
  }

  /** Remembers a folder with pictures; @returns the key under which its files are found again */
  async remember(dataset, handle) {
    const rows = await this.of(dataset);
    for (const row of rows) if (row.use === 'pictures' && (await row.handle.isSameEntry(handle))) return row.key;
    const row = { dataset, key: crypto.randomUUID(), handle, use: 'pictures' };
    await this.#ask('readwrite', (store) => store.put(row));
    rows.push(row);
    return row.key;
  }

  async link(dataset, handle) {
    await this.unlink(dataset);
    const row = { dataset, key: kCaptions, handle, use: kCaptions };
    await this.#ask('readwrite', (store) => store.put(row));
    (await this.of(dataset)).push(row);
  }

  async unlink(dataset) {
    await this.#ask('readwrite', (store) => store.delete([dataset, kCaptions]));
    this.#known.set(dataset, (await this.of(dataset)).filter(({ key }) => key !== kCaptions));
  }

  async linked(dataset) {
    return (await this.of(dataset)).find(({ use }) => use === kCaptions)?.handle ?? null;
  }

  /** @param {string} path  "key/folder/name" */
  async fileOf(dataset, path) {
    const [key, ...parts] = path.split('/');
    const row = (await this.of(dataset)).find((one) => one.key === key);
    if (!row) throw new DOMException('The folder is no longer known.', 'NotFoundError');
    const name = parts.pop();
    let folder = row.handle;
    for (const part of parts) folder = await folder.getDirectoryHandle(part);
    return (await folder.getFileHandle(name)).getFile();
  }

  /** Folders that may not be read until the person allows it again. */
  async waiting(dataset) {
    const waiting = [];
    for (const row of await this.of(dataset)) if ((await state(row, 'queryPermission')) !== 'granted') waiting.push(row);
    return waiting;
  }

  /** Must be called while a click is being handled. @returns {Promise<boolean>} whether all may be read now */
  async allow(dataset) {
    let all = true;
    for (const row of await this.waiting(dataset)) all = (await state(row, 'requestPermission')) === 'granted' && all;
    return all;
  }

  async #ask(mode, work) {
    this.#database ??= openDatabase();
    const store = (await this.#database).transaction(kStore, mode).objectStore(kStore);
    return done(work(store));
  }
}

const state = async ({ handle, use }, question) => {
  const mode = use === kCaptions ? 'readwrite' : 'read';
  return (await handle[question]?.({ mode }).catch(() => 'denied')) ?? 'granted'; // where there is no question, there is no denial
};

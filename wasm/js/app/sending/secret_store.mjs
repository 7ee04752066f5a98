// Keys that the person wants this device to remember, in IndexedDB. Where that fails they are gone with the tab, as all
// others are.

const kName = 'vignette-secrets';
const kTable = 'secrets';

const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class SecretStore {
  #indexedDB;
  #line = Promise.resolve(); // one after the other: what is forgotten must not be written by who came before

  constructor(indexedDB = globalThis.indexedDB) {
    this.#indexedDB = indexedDB;
  }

  /** @returns {Promise<Array<{connection: number, secret: string, origins: string[]}>>} */
  all() {
    return this.#do('readonly', (table) => answered(table.getAll())).then((all) => all ?? []);
  }

  put(entry) {
    return this.#do('readwrite', (table) => answered(table.put(entry)));
  }

  remove(connection) {
    return this.#do('readwrite', (table) => answered(table.delete(connection)));
  }

  #do(mode, work) {
    this.#line = this.#line.then(async () => {
      try {
        const db = await this.#open();
        try {
          const transaction = db.transaction(kTable, mode);
          const done = new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onerror = transaction.onabort = () => reject(transaction.error);
          });
          const value = await work(transaction.objectStore(kTable));
          await done;
          return value;
        } finally {
          db.close();
        }
      } catch {
        return undefined; // nothing is stored here; a reload asks for the key again
      }
    });
    return this.#line;
  }

  #open() {
    const request = this.#indexedDB.open(kName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(kTable, { keyPath: 'connection' });
    return answered(request);
  }
}

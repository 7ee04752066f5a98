// The storage worker: everything SQLite and OPFS, so that the page itself never waits for a disk. What changes a dataset
// is done strictly in the order it was asked for; what only reads goes in between.
//
//   in    {init: {wasmUrl, canStore}} once, first  {id, kind, payload}
//   out   {id, ok: true, value}                    {id, ok: false, error: {code, message, hint}}
//         {event}  an event for the app that nobody asked for: an object, or its JSON text
//
//   kind            payload                             value
//   open            {id, takeOver, base, name?}         {text, ids, paths, first, mode, dataset}: DatasetOpened as text
//   create          {base, name}                        the same of a new dataset
//   commit          {number, text, pictures, kept}      {lost, kept}: items
//   settle          {base}                              {missing, unknown}, or {reopened} after a recovery: once after an open
//   list, usage     {}                                  rows for DatasetsListed; sizes
//   rename, trash, restore, duplicate  {id, name?}
//   moment {id}, history {item, set}                    JSON text
//   job.store {job}, job.forget {id}
//   ledger {}, ledger.add {dataset, rows}               JSON text: the newest rows of what was sent
//   thumbnail {item}                                    bytes or null
//   thumbnails {list}                                   keeps them
//   where {item}                                        {how, path} or null
//   catalogue {damaged?, pending?}                      bytes
//   project.plan {pending?}                             {dataset, name, image, pictures}
//   project.begin {bytes}, project.keep {pictures}, project.end, project.drop    a dataset out of a project file
//   beside.link {folder}, beside.sync, beside.unlink    {texts, written}
//   rest                                                the page is hidden

import { isDamage, explain, StorageError, kNotOpen } from './errors.mjs';
import { kinds as inquiries } from './jobs_inquiry.mjs';
import { kinds as changes } from './jobs_change.mjs';
import { loadSqlite } from './sqlite.mjs';
import { Datasets } from './datasets.mjs';

/** What all jobs share. */
class Storage {
  session = null;
  beside = null; // captions next to the pictures
  incoming = null; // a dataset that is being put together
  #line = Promise.resolve();

  constructor(sqlite, tell, mayStore) {
    this.sqlite = sqlite;
    this.tell = tell;
    this.datasets = mayStore && canStore() ? new Datasets(sqlite) : null;
  }

  /** One after the other. */
  inOrder(work) {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  open() {
    if (!this.session?.catalogue) throw new StorageError(kNotOpen);
    return this.session;
  }
}

/** OPFS with synchronous access, and locks. Whether the browser really lets us is found out when opening. */
const canStore = () =>
  typeof navigator.storage?.getDirectory === 'function' &&
  typeof navigator.locks?.request === 'function' &&
  typeof FileSystemFileHandle?.prototype?.createSyncAccessHandle === 'function';

/** @param port  something with postMessage and onmessage */
export function serve(port) {
  let storage = null;
  const tell = (event) => port.postMessage({ event });
  port.onmessage = async ({ data }) => {
    if (data.init) {
      storage = loadSqlite(data.init.wasmUrl).then((sqlite) => new Storage(sqlite, tell, data.init.canStore));
      storage.catch(() => {}); // told to the first who asks, below
      return;
    }
    const { id, kind, payload } = data;
    try {
      const ready = await storage;
      const change = changes[kind];
      const value = await (change ? ready.inOrder(() => change(ready, payload)) : inquiries[kind](ready, payload));
      port.postMessage({ id, ok: true, value }, transferable(value));
    } catch (thrown) {
      port.postMessage({ id, ok: false, error: explain(thrown), damaged: isDamage(thrown) });
    }
  };
}

const transferable = (value) => [value, value?.image, value?.text, value?.reopened?.text].filter((one) => one instanceof Uint8Array).map(({ buffer }) => buffer);

if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope) serve(globalThis);

// Obeys the effects of storing, and tells the app what came of them. All work is done in the storage worker
// (wasm/js/storage/worker.mjs); here its questions are put together, and answers become events.

import { errorOf } from '../errors.mjs';
import { Commits } from './commits.mjs';
import { Connection } from './connection.mjs';
import { Folders } from './folders.mjs';
import { Handles } from './handles.mjs';
import { Projects } from './projects.mjs';
import { StoredFiles } from './stored_files.mjs';
import { StoredThumbnails } from './stored_thumbnails.mjs';

const kRemembered = 'vignette.dataset'; // outside of what a browser may make room of
const kSourcesAtOnce = 1 << 20;

export class Storage {
  #connection;
  #send;
  #sendText;
  #sources;
  #calls;
  #thumbnails = null;
  #commits;
  #folders;
  #projects;
  #settling = 0;
  #dataset = ''; // the open one

  /**
   * @param {object} parts
   * @param {() => Worker} parts.makeWorker
   * @param {string} parts.wasmUrl  of sqlite3.wasm
   * @param {(event: object) => void} parts.send
   * @param {(json: Uint8Array|string) => void} parts.sendText  an event that is JSON already
   */
  constructor({ makeWorker, wasmUrl, send, sendText, sources, calls, pool, download }) {
    this.#send = send;
    this.#sendText = sendText;
    this.#sources = sources;
    this.#calls = calls;
    this.#connection = new Connection({ makeWorker, init: { wasmUrl, canStore: canStore() }, onEvent: (event) => this.#told(event) });
    const ask = (kind, payload, transfer) => this.#connection.ask(kind, payload, transfer);
    const handles = new Handles();
    this.files = new StoredFiles({
      handles,
      where: (item) => ask('where', { item }),
      onMissing: (items) => send({ kind: 'FilesMissing', items }),
    });
    sources.fromStorage((dataset, item) => this.files.fileOf(dataset, item));
    this.stored = new StoredThumbnails({ ask });
    this.#folders = new Folders({ ask, handles, send, retry: () => this.#thumbnails?.retry() });
    this.#commits = new Commits({ ask, send, sources, handles, onStored: (text) => this.#wasStored(text) });
    this.#projects = new Projects({ ask, send, sources, calls, pool, download, files: this.files, open: (wanted) => this.#open(wanted) });
  }

  /** Thumbnails of the start page arrive with the list of datasets. */
  showCoversIn(thumbnails) {
    this.#thumbnails = thumbnails;
  }

  /** Whether a dataset is likely to be there, so that the worker is worth starting early. */
  get isReturning() {
    return remembered() !== '';
  }

  start() {
    this.#connection.start();
  }

  /** Nothing is on its way to the disk. */
  get isIdle() {
    return this.#connection.waiting === 0 && this.#commits.isIdle && this.#settling === 0;
  }

  get committed() {
    return this.#commits.count;
  }

  /** A Commit effect, as text: it is large when a step changed much. */
  commit(text) {
    this.#commits.take(text);
  }

  /** Rows of what was sent (../sending/ledger.mjs). */
  storeLedger(rows) {
    return this.#connection.ask('ledger.add', { dataset: this.#dataset, rows });
  }

  /** What effects.mjs adds to its table. */
  effects() {
    const ask = (kind, payload) => this.#connection.ask(kind, payload);
    const list = (kind) => (effect) => this.#listed(ask(kind, effect));
    return {
      Commit: (effect) => this.commit(JSON.stringify(effect)),
      OpenDataset: ({ id, take_over: takeOver }) => this.#open({ id, takeOver }),
      CreateDataset: ({ name }) => this.#open({ name }, 'create'),
      ListDatasets: list('list'),
      RenameDataset: list('rename'),
      RestoreDataset: list('restore'),
      DuplicateDataset: list('duplicate'),
      TrashDataset: (effect) => {
        if (remembered() === effect.id) remember('');
        this.#listed(ask('trash', effect));
      },
      LoadMoment: ({ id }) =>
        this.#text(ask('moment', { id }), { id }, (parts) => `{"kind":"MomentLoaded","id":${JSON.stringify(id)},"parts":${parts}}`),
      LoadCaptionHistory: ({ item, set }) =>
        this.#text(ask('history', { item, set }), {}, (entries) =>
          `${JSON.stringify({ kind: 'CaptionHistoryLoaded', item, set }).slice(0, -1)},"entries":${entries}}`),
      StoreJob: ({ job }) => this.#quietly(ask('job.store', { job })),
      ForgetJob: ({ id }) => this.#quietly(ask('job.forget', { id })),
      LoadUsage: () => this.#usage(),
      AskPersist: async () => {
        await navigator.storage?.persist?.();
        this.#usage();
      },
      ...this.#folders.effects(),
      ...this.#projects.effects(),
    };
  }

  /** When the page is left, the worker need not be asked whether the file is whole the next time. */
  watchPage(target = window) {
    const hide = () => {
      this.#send({ kind: 'PageHidden' }); // what is being typed becomes a commit now
      this.#commits.posted().then(() => this.#connection.ask('rest')).catch(() => {});
    };
    target.document.addEventListener('visibilitychange', () => target.document.visibilityState === 'hidden' && hide());
    target.addEventListener('pagehide', hide);
    target.addEventListener('focus', () => this.#folders.look());
  }

  async #open(wanted, kind = 'open') {
    const base = this.#sources.reserve(kSourcesAtOnce);
    try {
      await this.#commits.posted();
      const opened = await this.#connection.ask(kind, { ...wanted, base, remembered: remembered() });
      this.#show(opened);
      this.#settle(opened.dataset, opened.mode);
    } catch (thrown) {
      this.#send({ kind: 'OpenFailed', id: wanted.id ?? '', error: errorOf(thrown) });
    }
  }

  #show({ dataset, mode, first, ids, paths, text }) {
    this.#commits.begin(dataset, mode);
    this.#sources.addStored(dataset, first, ids === '' ? [] : ids.split('\n'), paths.split('\0'));
    this.#sendText(text);
    this.#dataset = dataset;
    this.#text(this.#connection.ask('ledger'), {}, (rows) => `{"kind":"LedgerLoaded","rows":${rows}}`);
    this.#folders.opened(dataset, mode);
  }

  /** What need not be known for the first screen: is the file whole, are the pictures there, what may go? */
  async #settle(dataset, mode) {
    if (mode !== 'ready') return;
    this.#settling += 1;
    try {
      await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve, { timeout: 1000 }));
      const { reopened, missing = [], unknown = [] } = await this.#connection.ask('settle', { base: this.#sources.reserve(kSourcesAtOnce) });
      if (reopened) {
        this.#show(reopened);
        this.#settling -= 1;
        return await this.#settle(dataset, mode).finally(() => (this.#settling += 1));
      }
      if (missing.length > 0) this.#send({ kind: 'FilesMissing', items: missing });
      if (unknown.length > 0) await this.#bringBack(dataset, unknown);
    } catch {
      // Nothing was asked for, so nothing is owed; what is wrong shows when somebody asks.
    } finally {
      this.#settling -= 1;
    }
  }

  /** Pictures whose entries were lost with a damaged page arrive as if they were added. */
  async #bringBack(dataset, items) {
    const files = [];
    for (const item of items) {
      files.push(this.#sources.add(await this.files.fileOf(dataset, item), `recovered/${item}`));
    }
    this.#send({ kind: 'FilesArrived', files, last: true, request: 0 });
  }

  #told(event) {
    this.#send(event);
  }

  #wasStored({ dataset }) {
    remember(dataset);
    this.#folders.changed();
  }

  async #listed(answer) {
    const list = await answer.catch((thrown) => {
      this.#send({ kind: 'OpenFailed', id: '', error: errorOf(thrown) });
      return this.#connection.ask('list').catch(() => null); // what was shown may be out of date
    });
    if (list) this.#showList(list);
  }

  #showList(list) {
    const datasets = list.map(({ cover, ...about }) => {
      for (const { id, jpeg } of cover) this.#thumbnails?.keep(id, fromBase64(jpeg));
      return { ...about, cover: cover.map(({ id }) => id) };
    });
    this.#send({ kind: 'DatasetsListed', datasets });
  }

  async #usage() {
    const usage = await this.#connection.ask('usage').catch(() => ({ usage: 0, quota: 0, persisted: false, datasets: [] }));
    this.#send({ kind: 'StorageUsage', ...usage });
  }

  async #text(answer, about, make) {
    try {
      this.#sendText(make(await answer));
    } catch (thrown) {
      this.#send({ kind: 'OpenFailed', id: '', error: errorOf(thrown) });
    }
  }

  #quietly(answer) {
    answer.catch(() => {}); // a job that is not remembered is a job that must be started again
  }
}

/** Workers have some of these even where a page was denied them, so both are asked. */
const canStore = () => typeof navigator.storage?.getDirectory === 'function' && typeof navigator.locks?.request === 'function';

const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

function remembered() {
  try {
    return localStorage.getItem(kRemembered) ?? '';
  } catch {
    return '';
  }
}

function remember(dataset) {
  try {
    if (dataset === remembered()) return; // reading costs nothing, each write is a message to the browser's own process
    if (dataset) localStorage.setItem(kRemembered, dataset);
    else localStorage.removeItem(kRemembered);
  } catch {
    // Then a removal by the browser goes unnoticed.
  }
}

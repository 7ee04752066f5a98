// Commits on their way to the worker, strictly in order. Most are passed on as the text they came as; those with new
// pictures wait until each picture's file is at hand.

import { errorOf } from '../errors.mjs';

const kHasKeep = '"keep":[{';

/** The member at the end of the text, or anywhere: inside of texts its quotes would be escaped. */
function numberIn(text, name) {
  const at = text.lastIndexOf(`"${name}":`);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + name.length + 3, at + name.length + 24), 10);
}

export class Commits {
  #ask;
  #send;
  #sources;
  #handles;
  #onStored;
  #dataset = '';
  #mode = 'ready';
  #line = Promise.resolve();
  #open = 0; // not answered yet
  count = 0; // stored since the start
  #persistAsked = false;

  constructor({ ask, send, sources, handles, onStored }) {
    this.#ask = ask;
    this.#send = send;
    this.#sources = sources;
    this.#handles = handles;
    this.#onStored = onStored;
  }

  /** Another dataset was opened; numbers begin anew. */
  begin(dataset, mode) {
    this.#dataset = dataset;
    this.#mode = mode;
  }

  /** All that were taken so far are at the worker. */
  posted() {
    return this.#line;
  }

  get isIdle() {
    return this.#open === 0;
  }

  /** @param {string} text  a Commit effect as JSON */
  take(text) {
    this.#open += 1;
    const dataset = this.#dataset;
    const work = text.includes(kHasKeep) ? () => this.#storeWithPictures(text, dataset) : () => this.#store(text, dataset);
    this.#line = this.#line.then(work).catch((thrown) => this.#failed(text, thrown));
  }

  /** Not waited for: the worker keeps the order, and many small commits need not each go there and back. */
  #store(text, dataset, { pictures = [], kept = [], sources = new Map() } = {}) {
    const number = numberIn(text, 'number');
    this.#ask('commit', { dataset, number, text, pictures, kept }).then(
      ({ lost = [], kept: copied = [] }) => {
        for (const item of copied) this.#sources.nowStored(sources.get(item), dataset, item);
        this.#open -= 1;
        this.count += 1;
        this.#send({ kind: 'Committed', number });
        if (lost.length > 0) this.#send({ kind: 'FilesMissing', items: lost });
        this.#onStored({ dataset });
        if (copied.length > 0) this.#askPersist();
      },
      (thrown) => this.#failed(text, thrown),
    );
  }

  #failed(text, thrown) {
    this.#open -= 1;
    this.#send({ kind: 'CommitFailed', number: numberIn(text, 'number'), error: errorOf(thrown) });
  }

  async #storeWithPictures(text, dataset) {
    const pictures = [];
    const kept = [];
    const sources = new Map();
    const gone = [];
    for (const { item, source } of JSON.parse(text).keep) {
      sources.set(item, source);
      try {
        const inFolder = await this.#placeInFolder(dataset, item, source);
        if (inFolder) kept.push(inFolder);
        else pictures.push({ item, blob: await this.#sources.blobOf(source) });
      } catch {
        gone.push(item);
      }
    }
    this.#store(text, dataset, { pictures, kept, sources });
    if (gone.length > 0) this.#send({ kind: 'FilesMissing', items: gone });
  }

  /** A file of a folder that the browser lets us come back to need not be copied. */
  async #placeInFolder(dataset, item, source) {
    const bytes = this.#sources.bytesOf(source);
    if (this.#mode === 'memory') return { item, how: 'handle', bytes, path: '' };
    const place = this.#sources.placeOf(source);
    const folder = await place?.folder;
    if (!folder) return null;
    return { item, how: 'handle', bytes, path: `${await this.#handles.remember(dataset, folder)}/${place.inside}` };
  }

  /** Once there is something to lose, and once only: some browsers ask the person. */
  #askPersist() {
    if (this.#persistAsked) return;
    this.#persistAsked = true;
    navigator.storage?.persist?.().catch(() => {});
  }
}

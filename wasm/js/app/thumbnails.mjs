// Thumbnails, from just made to just drawn. Four tiers: pixels of those made a moment ago (an import shows them within
// a frame or two), small encoded files of as many as fit a budget, more of those stored with the dataset, and the
// picture itself, of which another is made.
// What is on the graphics card is the host's business: it asks for what is missing, most wanted first.

import { ByteCache } from './byte_cache.mjs';

const kFreshBytes = 24 << 20;
const kEncodedBytes = 192 << 20; // about 10,000
const kSide = 256;
const kPriority = 20; // above an import's work

export class Thumbnails {
  #pool;
  #sources;
  #upload;
  #stored;
  #fresh = new ByteCache(kFreshBytes); // item → {width, height, rgba}
  #encoded = new ByteCache(kEncodedBytes); // item → ArrayBuffer; a Blob each would cost half a millisecond to make
  #wanted = [];
  #underWay = new Set();
  #hopeless = new Set(); // items whose picture can no longer be read: asking again would not help

  /**
   * @param {{pool, sources, upload: (item, width, height, rgba: Uint8Array) => void,
   *     stored?: {get: (item) => Promise<ArrayBuffer|null>, put: (item, bytes: ArrayBuffer) => void}}} parts
   */
  constructor({ pool, sources, upload, stored = kNowhere }) {
    this.#pool = pool;
    this.#sources = sources;
    this.#upload = upload;
    this.#stored = stored;
  }

  /** An inspection made one. */
  made(item, { width, height, rgba }, { bytes }) {
    const waiting = this.#wanted.includes(item);
    if (waiting) this.#upload(item, width, height, new Uint8Array(rgba));
    else this.#fresh.set(item, { width, height, rgba: new Uint8Array(rgba) }, rgba.byteLength);
    this.keep(item, bytes);
    this.#stored.put(item, bytes);
  }

  /** One that is encoded already. */
  keep(item, bytes) {
    this.#encoded.set(item, bytes, bytes.byteLength);
    this.#hopeless.delete(item);
  }

  /** Pictures that could not be read may now be. */
  retry() {
    this.#hopeless.clear();
  }

  /** The host's list of what is missing on screen; replaces the one before. */
  want(items) {
    this.#wanted = [];
    for (const item of items) {
      const fresh = this.#fresh.get(item);
      if (fresh) {
        this.#fresh.delete(item);
        this.#upload(item, fresh.width, fresh.height, fresh.rgba);
      } else if (!this.#hopeless.has(item) && !this.#underWay.has(item)) {
        this.#wanted.push(item);
      }
    }
    this.#pump();
  }

  /** All that is wanted has been uploaded, or cannot be. */
  get isIdle() {
    return this.#underWay.size === 0 && this.#wanted.length === 0;
  }

  /** Starts few at a time, so that the next list need not wait for the rest of this one. */
  #pump() {
    while (this.#underWay.size < this.#pool.size * 2) {
      const next = this.#wanted.shift();
      if (next === undefined) break;
      this.#fetch(next);
    }
  }

  async #fetch(item) {
    this.#underWay.add(item);
    try {
      const { width, height, rgba } = await this.#load(item);
      this.#upload(item, width, height, new Uint8Array(rgba));
    } catch {
      this.#hopeless.add(item); // the tile stays a placeholder; exporting it will say why
    }
    this.#underWay.delete(item);
    this.#pump();
  }

  async #load(item) {
    const encoded = this.#encoded.get(item) ?? (await this.#storedOf(item));
    if (encoded) return this.#pool.run('thumbnail', { bytes: encoded }, { priority: kPriority });
    const source = this.#sources.sourceOf(item);
    const file = await this.#sources.blobOf(source);
    const payload = { file, name: this.#sources.pathOf(source), thumb: kSide };
    const { thumb, thumbFile } = await this.#pool.run('inspect', payload, { priority: kPriority });
    this.keep(item, thumbFile.bytes);
    this.#stored.put(item, thumbFile.bytes);
    return thumb;
  }

  async #storedOf(item) {
    const bytes = await this.#stored.get(item);
    if (bytes) this.keep(item, bytes);
    return bytes;
  }
}

const kNowhere = { get: async () => null, put() {} };

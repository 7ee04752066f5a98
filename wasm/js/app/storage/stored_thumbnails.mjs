// Thumbnails in the storage worker: a tier between memory and making another from the picture.

const kGatherMs = 500;
const kGatherMost = 128;

export class StoredThumbnails {
  #ask;
  #gathered = [];
  #timer = null;

  constructor({ ask }) {
    this.#ask = ask;
  }

  /** @returns {Promise<ArrayBuffer|null>} */
  async get(item) {
    const bytes = await this.#ask('thumbnail', { item }).catch(() => null);
    return bytes ? bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) : null;
  }

  /** @param {ArrayBuffer} bytes  encoded; stays the caller's */
  put(item, bytes) {
    this.#gathered.push({ item, bytes });
    if (this.#gathered.length >= kGatherMost) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), kGatherMs);
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const list = this.#gathered;
    this.#gathered = [];
    this.#ask('thumbnails', { list }).catch(() => {}); // it can be made again
  }
}

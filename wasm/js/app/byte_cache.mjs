/** A map that forgets what was used longest ago once its values weigh too much. */
export class ByteCache {
  #most;
  #bytes = 0;
  #entries = new Map(); // in order of use: a Map remembers the order of insertion

  constructor(mostBytes) {
    this.#most = mostBytes;
  }

  get bytes() {
    return this.#bytes;
  }

  has(key) {
    return this.#entries.has(key);
  }

  /** Counts as a use. */
  get(key) {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key, value, bytes) {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#most || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#bytes -= entry.bytes;
    this.#entries.delete(key);
  }
}

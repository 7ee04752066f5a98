// The picture that is shown large. Only the one asked for last matters: a person who leafs through pictures with the
// arrow key held down should not wait for those in between.

const kGroup = 'pixels';
const kPriority = 30;

export class Pixels {
  #pool;
  #sources;
  #upload;
  #turn = 0;

  constructor({ pool, sources, upload }) {
    this.#pool = pool;
    this.#sources = sources;
    this.#upload = upload;
  }

  /** @param {{item: string, longSide: number}|null} wanted */
  async want(wanted) {
    const turn = ++this.#turn;
    this.#pool.cancel(kGroup);
    if (!wanted) return;
    try {
      const source = this.#sources.sourceOf(wanted.item);
      const file = await this.#sources.blobOf(source);
      if (turn !== this.#turn) return;
      const payload = { file, name: this.#sources.pathOf(source), longSide: wanted.longSide };
      const { width, height, rgba } = await this.#pool.run('pixels', payload, { group: kGroup, priority: kPriority });
      if (turn === this.#turn) this.#upload(wanted.item, width, height, new Uint8Array(rgba));
    } catch {
      // Cancelled, or the file is gone: the thumbnail stays in its place.
    }
  }
}

// Pictures that scripts ask for: a thumbnail as PNG, and the JPEG that a model would be sent.

import { makeCopy } from './sending/bodies.mjs';

export class PicturesOut {
  #pool;
  #sources;

  constructor({ pool, sources }) {
    this.#pool = pool;
    this.#sources = sources;
  }

  /** A ReplyWithPicture effect. @returns {Promise<Blob>} */
  async make({ what, source, long_side: side, ...wishes }) {
    const tools = { pool: this.#pool, sources: this.#sources };
    if (what === 'copy') {
      const { bytes } = await makeCopy(tools, source, { side, ...wishes }, { priority: 10 });
      return new Blob([bytes], { type: 'image/jpeg' });
    }
    const payload = { file: await this.#sources.blobOf(source), name: this.#sources.pathOf(source), longSide: side };
    const { width, height, rgba } = await this.#pool.run('pixels', payload, { priority: 10 });
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
    return canvas.convertToBlob({ type: 'image/png' });
  }
}

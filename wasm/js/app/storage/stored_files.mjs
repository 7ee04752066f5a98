// The picture of an item, wherever it is kept: in the browser's own file system, or in a folder of the person's own. The
// page may read both without the worker; only writing is the worker's business.

import { CoreError } from '../../core/errors.mjs';

const kGatherMs = 200;

export class StoredFiles {
  #handles;
  #where;
  #onMissing;
  #folders = new Map(); // dataset → Promise of its folder with pictures
  #missing = new Set();
  #timer = null;

  /**
   * @param {object} parts
   * @param {(item: string) => Promise<{how, path}|null>} parts.where  asks the catalogue
   * @param {(items: string[]) => void} parts.onMissing
   */
  constructor({ handles, where, onMissing }) {
    this.#handles = handles;
    this.#where = where;
    this.#onMissing = onMissing;
  }

  /** @returns {Promise<File>} */
  async fileOf(dataset, item) {
    try {
      return (await this.#copied(dataset, item)) ?? (await this.#inFolder(dataset, item));
    } catch (thrown) {
      if (thrown?.name !== 'NotAllowedError') this.#noteMissing(item); // that one only waits for a permission
      throw new CoreError(thrown?.name === 'NotAllowedError' ? kForbidden : kGone);
    }
  }

  async #copied(dataset, item) {
    try {
      if (!this.#folders.has(dataset)) this.#folders.set(dataset, bytesFolder(dataset));
      const folder = await this.#folders.get(dataset);
      return await (await folder.getFileHandle(item)).getFile();
    } catch {
      this.#folders.delete(dataset);
      return null;
    }
  }

  async #inFolder(dataset, item) {
    const place = await this.#where(item);
    if (place?.how !== 'handle' || place.path === '') throw new DOMException('It is kept nowhere.', 'NotFoundError');
    return this.#handles.fileOf(dataset, place.path);
  }

  #noteMissing(item) {
    this.#missing.add(item);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const items = [...this.#missing];
      this.#missing.clear();
      this.#onMissing(items);
    }, kGatherMs);
  }
}

async function bytesFolder(dataset) {
  let folder = await navigator.storage.getDirectory();
  for (const name of ['vignette', 'datasets', dataset, 'bytes']) folder = await folder.getDirectoryHandle(name);
  return folder;
}

const kGone = {
  code: 'not_found',
  message: 'The bytes of this picture can no longer be read.',
  hint: 'It was moved or deleted, or the browser made room: add it again.',
};
const kForbidden = {
  code: 'not_found',
  message: 'The folder of this picture may not be read until you allow it again.',
  hint: 'Browsers forget this permission when a page is closed: choose “Allow access”.',
};

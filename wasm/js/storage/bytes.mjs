// The original pictures of a dataset: one file an item, named after it. They are written whole and flushed before the
// catalogue says that they are there; so a file the catalogue does not know is a leftover and may go.

import { gone } from '../core/errors.mjs';
import { StorageError, kFull } from './errors.mjs';
import { namesIn, remove } from './folders.mjs';

const kAtOnce = 4;
const kPiece = 4 << 20;
const kSpare = 8 << 20; // room the catalogue needs beside the pictures

export class Bytes {
  #folder;
  // Chromium forgets the answer to a question when the object that was asked is garbage by then: its promise never
  // settles. So what is being asked is held here.
  #held = new Set();

  /** @param {FileSystemDirectoryHandle} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Copies pictures in, a few at a time.
   * @param {Array<{item: string, blob: Blob}>} pictures
   * @returns {Promise<{kept: Array<object>, lost: string[]}>} rows for the catalogue; items whose file could not be read
   */
  async copy(pictures) {
    await checkRoom(pictures.reduce((sum, { blob }) => sum + blob.size, 0));
    const kept = [];
    const lost = [];
    const waiting = [...pictures];
    let failure = null;
    const lane = async () => {
      for (let next = waiting.shift(); next && !failure; next = waiting.shift()) {
        try {
          await this.#copyOne(next.item, next.blob);
          kept.push({ item: next.item, how: 'opfs', bytes: next.blob.size, path: '' });
        } catch (thrown) {
          if (thrown.code === 'not_found') lost.push(next.item); // what is wrong is the original
          else failure = thrown;
        }
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, lane));
    if (!failure) return { kept, lost };
    for (const { item } of kept) await remove(this.#folder, item); // room for what else must be written
    throw failure;
  }

  async #copyOne(item, blob) {
    const file = await this.#folder.getFileHandle(item, { create: true });
    const held = { file, blob };
    this.#held.add(held);
    try {
      await this.#write(file, blob);
    } catch (thrown) {
      await remove(this.#folder, item);
      throw thrown;
    } finally {
      this.#held.delete(held);
    }
  }

  async #write(file, blob) {
    const access = await file.createSyncAccessHandle();
    const fail = () => {
      throw gone('The file');
    };
    try {
      access.truncate(0);
      for (let begin = 0; begin < blob.size; begin += kPiece) {
        const bytes = new Uint8Array(await blob.slice(begin, begin + kPiece).arrayBuffer().catch(fail));
        if (access.write(bytes, { at: begin }) !== bytes.length) throw new StorageError(kFull);
      }
      access.flush();
    } finally {
      access.close();
    }
  }

  present() {
    return namesIn(this.#folder, 'file');
  }

  async remove(items) {
    for (const item of items) await remove(this.#folder, item);
  }

  async fileOf(item) {
    return (await this.#folder.getFileHandle(item)).getFile();
  }
}

/** As far as the browser says; some keep to themselves how much there really is, and then writing finds out. */
async function checkRoom(bytes) {
  const { usage = 0, quota = Infinity } = (await navigator.storage.estimate?.()) ?? {};
  if (usage + bytes + kSpare > quota) throw new StorageError(kFull);
}

// The files behind the numbers. C++ never sees bytes of a file, only a SourceId; this registry knows which File, Blob,
// archive entry or stored picture it stands for, and which item it became.

import { ByteCache } from './byte_cache.mjs';

const kUnpackedBytes = 256 << 20; // entries unpacked from archives that are kept for the next time

export class Sources {
  #next = 1;
  #entries = new Map(); // SourceId → {path} and {blob, place?}, {archive, entry} or {dataset, item}
  #sourceOf = new Map(); // item → SourceId
  #unpacked = new ByteCache(kUnpackedBytes); // SourceId → Blob
  #unpack;
  #stored = null; // (dataset, item) → Promise<Blob>

  /** @param {(archive: Blob, entry: object, group?: string) => Promise<Blob>} unpack  reads one entry of an archive */
  constructor(unpack) {
    this.#unpack = unpack;
  }

  /** Who reads the pictures of stored datasets. */
  fromStorage(read) {
    this.#stored = read;
  }

  /**
   * Registers a file; returns what C++ calls a FileEntry.
   * @param {{folder: Promise<FileSystemDirectoryHandle|null>, inside: string}} [place]  where it can be found again
   */
  add(blob, path, place) {
    const source = this.#next++;
    this.#entries.set(source, { blob, path, place });
    return { source, path, bytes: blob.size, modified: blob.lastModified ?? 0 };
  }

  /** Registers an entry of an archive; it is unpacked when somebody wants it. */
  addArchived(archive, entry, path) {
    const source = this.#next++;
    this.#entries.set(source, { archive, entry, path });
    return { source, path, bytes: entry.size, modified: entry.time };
  }

  /** Sets numbers aside for `count` sources. @returns {number} the first */
  reserve(count) {
    const first = this.#next;
    this.#next += count;
    return first;
  }

  /** The pictures of a dataset that was opened; each is looked for when somebody wants it. */
  addStored(dataset, first, items, paths) {
    items.forEach((item, i) => {
      this.#entries.set(first + i, { dataset, item, path: paths[i] });
      this.#sourceOf.set(item, first + i);
    });
  }

  /** The bytes have been copied; the file they came from may go. */
  nowStored(source, dataset, item) {
    const { path } = this.#entries.get(source) ?? {};
    if (path === undefined) return;
    this.#entries.set(source, { dataset, item, path });
    this.#unpacked.delete(source);
  }

  /** `item` lies in the archive that `source` is. */
  keepArchived(item, source, entry) {
    const archive = this.#entries.get(source)?.blob;
    if (!archive) return;
    const { source: own } = this.addArchived(archive, entry, entry.name);
    this.keep(item, own);
  }

  /** From now on `source` holds the bytes of `item`. */
  keep(item, source) {
    this.#sourceOf.set(item, source);
  }

  forget(source) {
    this.#entries.delete(source);
    this.#unpacked.delete(source);
  }

  sourceOf(item) {
    return this.#sourceOf.get(item);
  }

  pathOf(source) {
    return this.#entries.get(source)?.path ?? '';
  }

  bytesOf(source) {
    const { blob, entry } = this.#entries.get(source) ?? {};
    return blob?.size ?? entry?.size ?? 0;
  }

  /** The folder it can be found in again, if the browser gave one. */
  placeOf(source) {
    return this.#entries.get(source)?.place;
  }

  /** The sum an archive promises; unpacking leaves it to the first reader to check. */
  expectedCrc32(source) {
    return this.#entries.get(source)?.entry?.crc32;
  }

  /** The bytes; rejects when the file is gone or the archive is damaged. `group` cancels the unpacking. */
  async blobOf(source, group) {
    const entry = this.#entries.get(source);
    if (!entry) {
      throw Object.assign(new Error('This file is no longer known to the page.'), {
        code: 'not_found',
        hint: 'Add it again.',
      });
    }
    if (entry.blob) return entry.blob;
    if (entry.item) return this.#stored(entry.dataset, entry.item);
    const known = this.#unpacked.get(source);
    if (known) return known;
    const blob = await this.#unpack(entry.archive, entry.entry, group);
    this.#unpacked.set(source, blob, blob.size);
    return blob;
  }
}

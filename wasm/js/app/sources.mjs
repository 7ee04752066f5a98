// The files behind the numbers. C++ never sees bytes of a file, only a SourceId; this registry knows which File, Blob
// or archive entry it stands for, and which item it became.

import { ByteCache } from './byte_cache.mjs';

const kUnpackedBytes = 256 << 20; // entries unpacked from archives that are kept for the next time

export class Sources {
  #next = 1;
  #entries = new Map(); // SourceId → {blob, path} or {archive, entry, path}
  #sourceOf = new Map(); // item → SourceId
  #unpacked = new ByteCache(kUnpackedBytes); // SourceId → Blob
  #unpack;

  /** @param {(archive: Blob, entry: object, group?: string) => Promise<Blob>} unpack  reads one entry of an archive */
  constructor(unpack) {
    this.#unpack = unpack;
  }

  /** Registers a file; returns what C++ calls a FileEntry. */
  add(blob, path) {
    const source = this.#next++;
    this.#entries.set(source, { blob, path });
    return { source, path, bytes: blob.size, modified: blob.lastModified ?? 0 };
  }

  /** Registers an entry of an archive; it is unpacked when somebody wants it. */
  addArchived(archive, entry, path) {
    const source = this.#next++;
    this.#entries.set(source, { archive, entry, path });
    return { source, path, bytes: entry.size, modified: entry.time };
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
    const known = this.#unpacked.get(source);
    if (known) return known;
    const blob = await this.#unpack(entry.archive, entry.entry, group);
    this.#unpacked.set(source, blob, blob.size);
    return blob;
  }
}

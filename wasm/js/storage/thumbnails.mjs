// Thumbnails of a dataset, encoded, in a database of their own that is bounded and may be thrown away at any time: what
// is missing is made again from the picture.

import { isDamage } from './errors.mjs';
import { inTransaction } from './sqlite.mjs';

const kName = '/thumbnails.sqlite';
const kMostBytes = 256 << 20; // about 15,000
const kKeepShare = 0.9; // trimming goes a little below, so that it is rare

const kSchema = `
CREATE TABLE IF NOT EXISTS thumbnails(item TEXT PRIMARY KEY NOT NULL, used INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS thumbnails_by_use ON thumbnails(used, item)`;

export class ThumbnailStore {
  #open;
  #most;
  #db = null;
  #bytes = 0;
  #clock = 0; // grows with every use: an order, not a time
  #touched = new Set(); // items read since the last write
  #broken = false;

  /** @param {{open: () => object, mostBytes?: number}} parts  `open` gives the database; it is wanted late or never */
  constructor({ open, mostBytes = kMostBytes }) {
    this.#open = open;
    this.#most = mostBytes;
  }

  /** @returns {Uint8Array|null} */
  get(item) {
    return this.#guarded(() => {
      const bytes = this.#database().selectValue('SELECT bytes FROM thumbnails WHERE item = ?', [item]);
      if (bytes) this.#touched.add(item);
      return bytes ?? null;
    });
  }

  /** @param {Array<{item: string, bytes: ArrayBuffer}>} list */
  put(list) {
    this.#guarded(() => {
      const db = this.#database();
      inTransaction(db, () => {
        this.#touch(db);
        for (const { item, bytes } of list) {
          const before = db.selectValue('SELECT length(bytes) FROM thumbnails WHERE item = ?', [item]) ?? 0;
          db.exec({ sql: 'INSERT OR REPLACE INTO thumbnails VALUES(?, ?, ?)', bind: [item, ++this.#clock, new Uint8Array(bytes)] });
          this.#bytes += bytes.byteLength - before;
        }
        if (this.#bytes > this.#most) this.#trim(db);
      });
    });
  }

  get bytes() {
    return this.#guarded(() => this.#database() && this.#bytes) ?? 0;
  }

  close() {
    this.#guarded(() => this.#db && inTransaction(this.#db, () => this.#touch(this.#db)));
    this.#db?.close();
    this.#db = null;
  }

  #database() {
    if (this.#db) return this.#db;
    this.#db = this.#open(kName);
    this.#db.exec(kSchema);
    [this.#bytes, this.#clock] = this.#db.selectArray('SELECT coalesce(sum(length(bytes)), 0), coalesce(max(used), 0) FROM thumbnails');
    return this.#db;
  }

  #touch(db) {
    if (this.#touched.size === 0) return;
    const items = JSON.stringify([...this.#touched]);
    db.exec({ sql: 'UPDATE thumbnails SET used = ?2 WHERE item IN (SELECT value FROM json_each(?1))', bind: [items, ++this.#clock] });
    this.#touched.clear();
  }

  #trim(db) {
    const aim = this.#most * kKeepShare;
    const oldest = db.selectArrays('SELECT item, length(bytes) FROM thumbnails ORDER BY used LIMIT 2000');
    const gone = [];
    for (const [item, bytes] of oldest) {
      if (this.#bytes <= aim) break;
      this.#bytes -= bytes;
      gone.push(item);
    }
    db.exec({ sql: 'DELETE FROM thumbnails WHERE item IN (SELECT value FROM json_each(?))', bind: [JSON.stringify(gone)] });
  }

  /** A cache that fails is not worth a word: it starts anew when damaged, and is done without when that fails too. */
  #guarded(work) {
    if (this.#broken) return null;
    try {
      return work();
    } catch (thrown) {
      this.#db?.close();
      this.#db = null;
      this.#broken = true;
      if (isDamage(thrown)) this.onDamage?.(kName);
      return null;
    }
  }
}

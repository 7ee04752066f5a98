// SQLite's WebAssembly build: loaded once, and the three kinds of database we open with it: one in a pool of files
// that this worker holds exclusively, one that lives in memory, and a copy of somebody else's in memory.

import init from '@sqlite.org/sqlite-wasm';

const kPoolFiles = 6; // two databases, a log for each, and room to exchange one
const kQuiet = () => {};

// SQLite itself only says that writing failed. What the browser said goes to the library's log before: an exception, or
// (Chromium) that fewer bytes were written than there are.
let wasFull = false;
const isNoRoom = (word) => word?.name === 'QuotaExceededError' || /write\(\) failure/.test(word?.message);

/** @param {string} [wasmUrl]  where sqlite3.wasm is; node finds it by itself */
export async function loadSqlite(wasmUrl) {
  globalThis.sqlite3ApiConfig = {
    debug: kQuiet,
    log: kQuiet,
    warn: kQuiet,
    error: (...words) => (wasFull ||= words.some(isNoRoom)),
    disable: { vfs: { kvvfs: true, opfs: true, 'opfs-vfs': true, 'opfs-wl': true } },
  };
  const options = { print: kQuiet, printErr: kQuiet };
  if (wasmUrl) options.locateFile = () => wasmUrl;
  return new Sqlite(await init(options));
}

class Sqlite {
  #api;
  #pools = new Map(); // directory → PoolUtil

  constructor(api) {
    this.#api = api;
  }

  memory() {
    return settle(new this.#api.oo1.DB(':memory:'));
  }

  /** A private copy of a whole database file. */
  copyOf(bytes) {
    const { capi, wasm, oo1 } = this.#api;
    const db = new oo1.DB(':memory:');
    const image = readableAnywhere(bytes);
    const at = wasm.allocFromTypedArray(image);
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
    db.checkRc(capi.sqlite3_deserialize(db.pointer, 'main', at, image.byteLength, image.byteLength, flags));
    return settle(db);
  }

  /** The whole database as one file. */
  bytesOf(db) {
    return readableAnywhere(this.#api.capi.sqlite3_js_db_export(db));
  }

  /** Takes hold of the files in an OPFS directory. */
  async pool(directory) {
    const known = this.#pools.get(directory);
    if (known) return known.unpauseVfs();
    const pool = await this.#api.installOpfsSAHPoolVfs({
      name: `pool ${directory}`,
      directory,
      initialCapacity: kPoolFiles,
      preserveOnInitFailure: true, // otherwise files that another tab still holds would be deleted
      forceReinitIfPreviouslyFailed: true,
    });
    this.#pools.set(directory, pool);
    return pool;
  }

  /** `cache`: may be lost to a power cut, but is never inconsistent after a crash of ours. */
  openIn(pool, name, { cache = false } = {}) {
    const db = new pool.OpfsSAHPoolDb(name);
    try {
      // One connection, so no shared memory is needed for the log; a commit is one append and one flush.
      db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${cache ? 'OFF' : 'FULL'}`);
      return settle(db);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  }
}

/**
 * All of `work` or nothing. The library's own hides why, where SQLite has rolled back already (a full disk). What is
 * thrown knows whether the disk was full.
 */
export function inTransaction(db, work) {
  wasFull = false;
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (thrown) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // it is rolled back
    }
    throw Object.assign(thrown, { wasFull });
  }
}

/** What SQLite recommends for files that may come from strangers, and room for a large step in memory. */
function settle(db) {
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY');
  return db;
}

/** Bytes 18 and 19 say that there may be a log beside the file. A copy has none. */
function readableAnywhere(bytes) {
  if (bytes.length > 100) bytes.set([1, 1], 18);
  return bytes;
}

// One open dataset: its lock, its databases, its pictures. Three kinds: stored (this tab writes), a copy to look at
// (another tab writes), and one that lives only in memory (the browser stores nothing).

import { Bytes } from './bytes.mjs';
import { cardOf, readCard, writeCard } from './cards.mjs';
import { Catalogue } from './catalogue.mjs';
import { StorageError, explain, isDamage, kReadOnly } from './errors.mjs';
import { catalogueDirectory, folderIn, writeSmall } from './folders.mjs';
import { Owner } from './locks.mjs';
import { strandedDatabases } from './pool_files.mjs';
import { findDamage, recover, repairedHead } from './recovery.mjs';
import { migrate } from './schema.mjs';
import { ThumbnailStore } from './thumbnails.mjs';

export const kCatalogueFile = '/catalogue.sqlite';
export const kDamagedFile = 'damaged.sqlite';
const kCardMs = 1500; // a card may be this old
const kSmall = 64 << 20; // a catalogue that is looked through in a moment

export class Session {
  #sqlite;
  #lock = null;
  #owner = null;
  #pool = null;
  #cardTimer = null;
  #applied = 0; // the number of the last commit
  notes = [];

  /** Use the three makers below. */
  constructor(sqlite, id, mode) {
    this.#sqlite = sqlite;
    this.id = id;
    this.mode = mode;
    this.catalogue = null;
    this.bytes = null;
    this.thumbnails = null;
    this.folder = null;
  }

  /** @param {Uint8Array} [image]  what to begin with */
  static inMemory(sqlite, id, name, image) {
    const session = new Session(sqlite, id, 'memory');
    if (image) {
      session.catalogue = new Catalogue(sqlite.copyOf(image));
      return session;
    }
    const db = sqlite.memory();
    migrate(db);
    session.catalogue = new Catalogue(db);
    session.catalogue.begin({ id, name, now: Date.now() });
    return session;
  }

  /** @param {Uint8Array} image  the database of the tab that writes */
  static copy(sqlite, id, image, folder) {
    const session = new Session(sqlite, id, 'read_only');
    session.catalogue = new Catalogue(sqlite.copyOf(image));
    session.folder = folder;
    return session;
  }

  /** The lock must be held already. Makes the dataset when it is not there. */
  static async stored(sqlite, { id, name, folder, lock, onLost }) {
    const session = new Session(sqlite, id, 'ready');
    session.#lock = lock;
    session.folder = folder;
    session.bytes = new Bytes(await folderIn(folder, 'bytes', { create: true }));
    const stranded = await strandedDatabases(folder);
    session.#pool = await heldPool(sqlite, catalogueDirectory(id));
    try {
      await session.#openCatalogue(name, stranded);
    } catch (thrown) {
      await session.close();
      throw thrown;
    }
    session.thumbnails = new ThumbnailStore({ open: (file) => sqlite.openIn(session.#pool, file, { cache: true }) });
    session.thumbnails.onDamage = (file) => session.#pool.unlink(file);
    session.#owner = new Owner(id, {
      copy: async () => sqlite.bytesOf(session.catalogue.db),
      handOver: () => onLost().then(() => true),
    });
    lock.lost.then(onLost);
    return session;
  }

  async #openCatalogue(name, stranded) {
    const isNew = !this.#pool.getFileNames().includes(kCatalogueFile);
    if (isNew && stranded.length > 0) {
      await writeSmall(this.folder, kDamagedFile, stranded[0]);
      this.#pool.importDb(kCatalogueFile, repairedHead(stranded[0]));
      this.notes.push('The head of the stored dataset was damaged and has been repaired; nothing else seems to be lost.');
      this.wasRecovered = true;
    }
    let db = null;
    try {
      db = this.#sqlite.openIn(this.#pool, kCatalogueFile);
      migrate(db);
      this.catalogue = new Catalogue(db);
      if (this.catalogue.meta('id') === undefined) {
        this.catalogue.begin({ id: this.id, name, now: Date.now() });
        if (!isNew) this.notes.push('The stored catalogue was empty; a new one was begun.');
      }
    } catch (thrown) {
      this.catalogue = null;
      const image = isDamage(thrown) ? this.#wholeImage(db) : null;
      db?.close();
      if (!image) throw thrown;
      await this.#recoverFrom(image, name);
    }
  }

  /** Reads everything; a page that turns out to be damaged on the way starts a recovery. */
  async read(base) {
    try {
      return this.catalogue.read(base);
    } catch (thrown) {
      if (!isDamage(thrown) || this.mode !== 'ready') throw thrown;
      await this.recover();
      return this.catalogue.read(base);
    }
  }

  /** Looks through the file when it was left in the middle of work, and a small one always. */
  isDamaged() {
    if (this.mode !== 'ready') return false;
    const isSmall = this.catalogue.db.selectValue('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size') < kSmall;
    return (isSmall || this.catalogue.wasInterrupted) && findDamage(this.catalogue.db).length > 0;
  }

  async recover() {
    const name = readMeta(this.catalogue, 'name');
    const image = this.#wholeImage(this.catalogue.db);
    this.catalogue.close();
    this.catalogue = null;
    await this.#recoverFrom(image, name);
  }

  /** With what is still in the log beside the file; to read that, SQLite must be able to open the file. */
  #wholeImage(db) {
    try {
      return this.#sqlite.bytesOf(db);
    } catch {
      const image = repairedHead(this.#pool.exportFile(kCatalogueFile));
      return this.#imageWithLog(image) ?? image;
    }
  }

  #imageWithLog(image) {
    let db = null;
    try {
      this.#pool.importDb(kCatalogueFile, image);
      db = this.#sqlite.openIn(this.#pool, kCatalogueFile);
      return this.#sqlite.bytesOf(db);
    } catch {
      return null;
    } finally {
      db?.close();
    }
  }

  async #recoverFrom(image, name) {
    await writeSmall(this.folder, kDamagedFile, image);
    const from = openQuietly(this.#sqlite, image);
    this.#pool.unlink(kCatalogueFile);
    this.#pool.unlink(`${kCatalogueFile}-wal`);
    const db = this.#sqlite.openIn(this.#pool, kCatalogueFile);
    migrate(db);
    this.notes.push(...recover(from, db));
    from?.close();
    this.catalogue = new Catalogue(db);
    const card = await readCard(this.folder);
    const known = { id: this.id, name: name ?? card.name, created: Date.now(), settings: '{}', cursor: 0 };
    for (const [key, value] of Object.entries(known)) if (this.catalogue.meta(key) === undefined) this.catalogue.setMeta(key, value);
    this.wasRecovered = true;
  }

  /**
   * @param {string} text  the Commit effect
   * @param {number} number  its number; what was applied before is only confirmed again
   */
  async commit(number, text, pictures, kept) {
    if (this.mode === 'read_only') throw new StorageError(kReadOnly);
    if (number <= this.#applied) return { lost: [] };
    if (number !== this.#applied + 1) throw new StorageError(kGap);
    const copied = this.bytes ? await this.bytes.copy(pictures) : { kept: [], lost: [] };
    try {
      this.catalogue.apply(text, [...copied.kept, ...kept]);
    } catch (thrown) {
      await this.bytes?.remove(copied.kept.map(({ item }) => item));
      throw thrown;
    }
    this.#applied = number;
    this.#soonCard();
    return { lost: copied.lost, kept: copied.kept.map(({ item }) => item) };
  }

  /** Pictures of a project file, whose rows are there already. */
  async keep(pictures) {
    const { kept, lost } = await this.bytes.copy(pictures);
    this.catalogue.keep(kept);
    return { lost };
  }

  /** Removes what nothing can ask for again. @returns {Promise<{missing: string[], unknown: string[]}>} */
  async sweep() {
    if (this.mode !== 'ready') return { missing: [], unknown: [] };
    await this.bytes.remove(this.catalogue.forgetUnneeded());
    const present = await this.bytes.present();
    const known = new Set(this.catalogue.keptIn('opfs'));
    const unknown = present.filter((name) => !known.has(name));
    if (!this.wasRecovered) await this.bytes.remove(unknown); // otherwise they are what is left of lost entries
    return { missing: this.catalogue.missing(present), unknown: this.wasRecovered ? unknown : [] };
  }

  /** The page is hidden or goes away. */
  async rest() {
    if (this.mode !== 'ready') return;
    this.catalogue.rest();
    await this.writeCard();
  }

  #soonCard() {
    if (this.mode === 'ready') this.#cardTimer ??= setTimeout(() => this.writeCard(), kCardMs);
  }

  async writeCard() {
    clearTimeout(this.#cardTimer);
    this.#cardTimer = null;
    if (!this.catalogue || this.mode !== 'ready') return;
    await writeCard(this.folder, cardOf(this.catalogue, this.thumbnails, Date.now())).catch(() => {}); // never the truth
  }

  /** The whole catalogue as one file, however damaged. */
  image() {
    return this.#pool ? this.#wholeImage(this.catalogue.db) : this.#sqlite.bytesOf(this.catalogue.db);
  }

  /** Another tab writes from now on; this one keeps a copy to look at. */
  async becomeCopy() {
    if (this.mode !== 'ready') return;
    const image = this.image();
    await this.close();
    this.mode = 'read_only';
    this.catalogue = new Catalogue(this.#sqlite.copyOf(image));
  }

  async close() {
    await this.rest().catch(() => {}); // it may be the disk that failed
    clearTimeout(this.#cardTimer);
    this.#cardTimer = null;
    this.#owner?.close();
    this.thumbnails?.close();
    this.catalogue?.close();
    this.#pool?.pauseVfs();
    Object.assign(this, { thumbnails: null, catalogue: null, bytes: null });
    this.#pool = null;
    await this.#lock?.release();
    this.#lock = null;
  }
}

const kGap = {
  code: 'refused',
  message: 'An earlier change could not be stored yet.',
  hint: 'It is still in this tab: save again.',
};

/** A tab that was closed a moment ago may hold the files for a moment longer. */
async function heldPool(sqlite, directory) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await sqlite.pool(directory);
    } catch (thrown) {
      if (thrown.name !== 'NoModificationAllowedError' || tries === 30) throw new StorageError({ ...explain(thrown), ...(thrown.name === 'NoModificationAllowedError' ? kHeld : {}) });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const kHeld = {
  code: 'refused',
  message: 'Another tab still holds the files of this dataset.',
  hint: 'Close the other tab and try again.',
};

function readMeta(catalogue, key) {
  try {
    return catalogue.meta(key);
  } catch {
    return undefined;
  }
}

function openQuietly(sqlite, image) {
  try {
    const db = sqlite.copyOf(image);
    db.selectValue('SELECT count(*) FROM sqlite_schema');
    return db;
  } catch {
    return null;
  }
}

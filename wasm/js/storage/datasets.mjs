// All datasets of this browser: which there are, and what can be done to one without opening it on screen. A dataset in
// the trash is still whole; it goes when the tab that threw it away has ended.

import { Bytes } from './bytes.mjs';
import { readCard, writeCard } from './cards.mjs';
import { StorageError } from './errors.mjs';
import { catalogueDirectory, datasetsFolder, folderIn, namesIn, readSmall, remove, sizeOf, writeSmall } from './folders.mjs';
import { heldLocks, hold, lockOf } from './locks.mjs';
import { Session } from './session.mjs';

const kLast = 'last'; // beside the datasets' folders
const sessionLock = (session) => `vignette-session-${session}`;

export class Datasets {
  #sqlite;
  #session = crypto.randomUUID(); // of this tab
  #folder = null;

  constructor(sqlite) {
    this.#sqlite = sqlite;
    hold(sessionLock(this.#session)); // as long as the tab lives, its trash does
  }

  async folder() {
    return (this.#folder ??= await datasetsFolder());
  }

  async folderOf(id, options) {
    const found = await folderIn(await this.folder(), id, options);
    if (!found) throw new StorageError(kGone);
    return found;
  }

  /** The dataset to open when nobody says which: the last one, or the newest, or "" when there is none. */
  async last() {
    const ids = await namesIn(await this.folder(), 'directory');
    const cards = await Promise.all(ids.map(async (id) => ({ id, ...(await readCard(await this.folderOf(id))) })));
    const alive = cards.filter(({ trashed }) => !trashed);
    const named = await readSmall(await this.folder(), kLast);
    if (alive.some(({ id }) => id === named)) return named;
    return alive.sort((a, b) => b.changed - a.changed)[0]?.id ?? '';
  }

  async remember(id) {
    await writeSmall(await this.folder(), kLast, id);
  }

  /** What the start page shows, newest first. */
  async list() {
    const held = await heldLocks();
    const datasets = [];
    for (const id of await namesIn(await this.folder(), 'directory')) {
      const card = await readCard(await this.folderOf(id));
      datasets.push({ id, ...card, trashed: Boolean(card.trashed), open_elsewhere: held.has(lockOf(id)) });
    }
    return datasets.sort((a, b) => b.changed - a.changed);
  }

  /** Opens one that nobody has open. */
  async session(id) {
    const lock = await hold(lockOf(id));
    if (!lock) throw new StorageError(kElsewhere);
    const folder = await this.folderOf(id);
    const onLost = async () => {};
    return Session.stored(this.#sqlite, { id, name: 'Untitled', folder, lock, onLost }).catch(async (thrown) => {
      await lock.release();
      throw thrown;
    });
  }

  async withDataset(id, work) {
    const session = await this.session(id);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }

  /** @param {(id: string, use: (session: Session) => any) => Promise} useOriginal  gives the session of the original */
  async duplicate(id, useOriginal) {
    const copy = crypto.randomUUID();
    const [from, to] = [await this.folderOf(id), await this.folderOf(copy, { create: true })];
    try {
      await useOriginal(id, async (session) => {
        await this.#putCatalogue(copy, session.image(), `Copy of ${session.catalogue.meta('name')}`);
        await copyFiles(from, to);
      });
    } catch (thrown) {
      await remove(await this.folder(), copy);
      throw thrown;
    }
    return copy;
  }

  /** A new dataset out of a catalogue's file. The bytes of its pictures follow. */
  async create(image, { name }) {
    const id = crypto.randomUUID();
    await this.folderOf(id, { create: true });
    await this.#putCatalogue(id, image, name);
    return id;
  }

  async #putCatalogue(id, image, name) {
    const pool = await this.#sqlite.pool(catalogueDirectory(id));
    try {
      pool.importDb('/catalogue.sqlite', image);
    } finally {
      pool.pauseVfs();
    }
    await this.withDataset(id, (session) => {
      session.catalogue.setMeta('id', id);
      session.catalogue.setMeta('name', name ?? session.catalogue.meta('name') ?? 'Untitled');
    });
  }

  /** One that was never finished. */
  async drop(id) {
    await remove(await this.folder(), id);
  }

  async trash(id) {
    const folder = await this.folderOf(id);
    await writeCard(folder, { ...(await readCard(folder)), trashed: this.#session });
  }

  async restore(id) {
    const folder = await this.folderOf(id);
    const { trashed, ...card } = await readCard(folder);
    await writeCard(folder, card);
  }

  /** Removes what tabs that have ended threw away. */
  async purge() {
    const held = await heldLocks();
    for (const id of await namesIn(await this.folder(), 'directory')) {
      const { trashed } = await readCard(await this.folderOf(id));
      if (!trashed || held.has(sessionLock(trashed)) || held.has(lockOf(id))) continue;
      const lock = await hold(lockOf(id));
      if (!lock) continue;
      await remove(await this.folder(), id).catch(() => {}); // the next start tries again
      await lock.release();
    }
  }

  /** What takes how much. */
  async sizes() {
    const sizes = [];
    for (const id of await namesIn(await this.folder(), 'directory')) {
      const folder = await this.folderOf(id);
      const of = async (name) => ((await folderIn(folder, name)) ? sizeOf(await folderIn(folder, name)) : 0);
      sizes.push({ id, name: (await readCard(folder)).name, catalogue: await of('catalogue'), pictures: await of('bytes') });
    }
    return sizes;
  }
}

async function copyFiles(from, to) {
  const source = await folderIn(from, 'bytes');
  const target = await folderIn(to, 'bytes', { create: true });
  for await (const handle of source?.values() ?? []) {
    await new Bytes(target).copy([{ item: handle.name, blob: await handle.getFile() }]);
  }
}

const kGone = { code: 'not_found', message: 'This dataset is no longer in this browser.', hint: 'It was deleted, or the browser made room.' };
const kElsewhere = {
  code: 'refused',
  message: 'This dataset is open in another tab.',
  hint: 'Close it there, or take it over.',
};

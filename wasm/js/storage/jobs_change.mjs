// What changes a dataset, or which one is open. These run strictly one after the other.

import { Catalogue } from './catalogue.mjs';
import { StorageError } from './errors.mjs';
import { addToLedger } from './ledger.mjs';
import { openDataset } from './opening.mjs';
import { adopt } from './project.mjs';
import { kDamagedFile } from './session.mjs';
import { TextsBeside } from './texts_beside.mjs';

const sessionOf = (storage, id) => (storage.session?.id === id && storage.session.mode === 'ready' ? storage.session : null);

/** The session of a dataset for a moment: the open one, or one that is opened for it. */
const using = (storage) => (id, work) => {
  const open = sessionOf(storage, id);
  return open ? work(open) : storage.datasets.withDataset(id, work);
};

function needDatasets({ datasets }) {
  if (!datasets) throw new StorageError(kNoStorage);
  return datasets;
}

export const kinds = {
  open: (storage, payload) => openDataset(storage, payload),
  create: (storage, { base, name }) => openDataset(storage, { id: crypto.randomUUID(), base, name, isNew: true }),

  commit(storage, { dataset, number, text, pictures = [], kept = [] }) {
    const session = storage.open();
    if (session.id !== dataset) throw new StorageError(kSwitched);
    return session.commit(number, text, pictures, kept);
  },

  /** After an open, once the first screen is there. */
  async settle(storage, { base }) {
    const session = storage.open();
    if (session.isDamaged()) {
      await session.recover();
      return { reopened: await openDataset(storage, { id: session.id, base, session }) };
    }
    const swept = await session.sweep();
    await session.writeCard();
    await storage.datasets?.purge();
    return swept;
  },

  async rename(storage, { id, name }) {
    const datasets = needDatasets(storage);
    await using(storage)(id, (session) => {
      session.catalogue.setMeta('name', name);
      return session.writeCard();
    });
    return datasets.list();
  },
  async trash(storage, { id }) {
    if (storage.session?.id === id) await closeOpen(storage);
    await needDatasets(storage).trash(id);
    return storage.datasets.list();
  },
  async restore(storage, { id }) {
    await needDatasets(storage).restore(id);
    return storage.datasets.list();
  },
  async duplicate(storage, { id }) {
    await needDatasets(storage).duplicate(id, using(storage));
    return storage.datasets.list();
  },

  /** What left while another tab writes, or another dataset is open, stays in the tab's own list. */
  'ledger.add'(storage, { dataset, rows }) {
    const { session } = storage;
    if (session?.id === dataset && session.mode !== 'read_only') addToLedger(session.catalogue.db, rows);
  },

  'job.store': (storage, { job }) => storage.open().catalogue.storeJob(job),
  'job.forget': (storage, { id }) => storage.open().catalogue.forgetJob(id),

  /** The file for people: as it is now, or as it was found damaged. `pending`: commits that could not be stored. */
  async catalogue(storage, { damaged = false, pending = [] }) {
    const session = storage.open();
    if (!damaged) return copyWith(storage, session, pending).image;
    const file = await (await session.folder.getFileHandle(kDamagedFile)).getFile();
    return new Uint8Array(await file.arrayBuffer());
  },

  'project.plan'(storage, { pending = [] }) {
    const session = storage.open();
    return { dataset: session.id, ...copyWith(storage, session, pending) };
  },
  /** A dataset that is put together beside the open one: begun, filled, ended (or dropped). */
  async 'project.begin'(storage, { bytes }) {
    const { image, name, notes } = adopt(storage.sqlite, bytes);
    if (!storage.datasets) return { id: '', image, notes };
    const id = await storage.datasets.create(image, { name });
    storage.incoming = await storage.datasets.session(id);
    return { id, notes };
  },
  'project.keep': (storage, { pictures }) => storage.incoming.keep(pictures),
  async 'project.end'(storage) {
    await storage.incoming.writeCard();
    await storage.incoming.close();
    storage.incoming = null;
  },
  async 'project.drop'(storage) {
    const { id } = storage.incoming;
    await storage.incoming.close();
    storage.incoming = null;
    await storage.datasets.drop(id);
  },

  'beside.link'(storage, { folder }) {
    const { session } = storage;
    storage.beside = new TextsBeside(folder, () => (session === storage.session && session.mode === 'ready' ? session.catalogue?.db : null));
  },
  'beside.unlink': (storage) => void (storage.beside = null),

  rest: (storage) => storage.session?.rest(),
  close: (storage) => closeOpen(storage),
};

/** What a file for people contains: all that is stored, and what only this tab has. */
function copyWith({ sqlite }, session, pending) {
  const db = sqlite.copyOf(session.image());
  try {
    const copy = new Catalogue(db);
    for (const { text, kept } of pending) copy.apply(text, kept);
    return { name: copy.meta('name'), pictures: copy.pictures(), image: sqlite.bytesOf(db) };
  } finally {
    db.close();
  }
}

async function closeOpen(storage) {
  storage.beside = null;
  const { session } = storage;
  storage.session = null;
  await session?.close();
}

const kSwitched = { code: 'refused', message: 'This change belongs to a dataset that is no longer open.', hint: 'Open that dataset again.' };
const kNoStorage = {
  code: 'unsupported',
  message: 'This browser stores no datasets for this page.',
  hint: 'Save a project file instead.',
};

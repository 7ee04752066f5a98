// Opening a dataset: which one, whether this tab may write to it, and what is told when it may not or when it is gone.

import { StorageError, explain } from './errors.mjs';
import { folderIn } from './folders.mjs';
import { askOwner, hold, holdOrCopy, lockOf } from './locks.mjs';
import { Session } from './session.mjs';

const kStealAfterMs = 1000; // a tab that handed over has let go by then

/**
 * @param {object} storage
 * @param {{id: string, base: number, takeOver?: boolean, name?: string, remembered?: string, session?: Session}} wanted
 *     `remembered`: what the page knows to have been there; `session`: one that is open already; `image`: a project's
 *     catalogue, for where nothing can be stored
 * @returns {Promise<object>} DatasetOpened as text and what the page itself needs of it
 */
export async function openDataset(storage, wanted) {
  const session = wanted.session ?? (await openSession(storage, wanted));
  storage.session = session;
  const read = await session.read(wanted.base);
  const notes = session.notes.splice(0);
  if (session.mode === 'ready' && !wanted.session) await storage.datasets.remember(session.id);
  storage.tell(stateOf(session, notes));
  return {
    dataset: session.id,
    mode: session.mode,
    first: wanted.base,
    ids: read.ids,
    paths: read.paths,
    text: openedText(session, read, notes),
  };
}

/** One JSON text out of parts that are JSON already, as UTF-8: the page passes it on as it is. */
function openedText(session, read, notes) {
  const about = { kind: 'DatasetOpened', id: session.id, name: read.name, read_only: session.mode === 'read_only', cursor: read.cursor, notes };
  const { settings, items, moments, jobs } = read;
  const parts = [JSON.stringify(about).slice(0, -1), ',"settings":', settings, ',"items":', items, ',"moments":', moments, ',"jobs":', jobs, '}'];
  return joined(parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part)));
}

function joined(pieces) {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function openSession(storage, wanted) {
  const before = storage.session;
  storage.session = null;
  storage.beside = null;
  await before?.close();
  if (!storage.datasets) return inMemory(storage, kNoOpfs, wanted.image);
  try {
    return await openStored(storage, wanted);
  } catch (thrown) {
    if (thrown instanceof StorageError) throw thrown;
    if (thrown.name === 'SecurityError' || thrown.name === 'TypeError') return inMemory(storage, kNoOpfs);
    const error = explain(thrown);
    if (error.code !== 'full') throw thrown;
    return inMemory(storage, { ...kNoOpfs, message: 'The browser has no room left, so this dataset is only in this tab.' });
  }
}

async function openStored(storage, { id, takeOver = false, name = 'Untitled', remembered = '', isNew = false }) {
  const { datasets, sqlite } = storage;
  const last = id || (await datasets.last());
  const chosen = last || crypto.randomUUID();
  const folder = await folderIn(await datasets.folder(), chosen, { create: isNew || !last });
  if (!folder) throw new StorageError(kGone);
  const { lock, copy } = takeOver ? { lock: await takeLock(chosen) } : await holdOrCopy(chosen);
  if (!lock && copy) return Session.copy(sqlite, chosen, copy, folder);
  if (!lock) throw new StorageError(kSilent);
  const session = await Session.stored(sqlite, {
    id: chosen,
    name,
    folder,
    lock,
    onLost: () => storage.inOrder(() => handOver(storage, chosen)),
  }).catch(async (thrown) => {
    await lock.release();
    throw thrown;
  });
  if (!last && remembered) session.isEvicted = true;
  return session;
}

async function takeLock(id) {
  const name = lockOf(id);
  const free = await hold(name);
  if (free) return free;
  const answer = await askOwner(id, 'handOver');
  const handed = answer && (await hold(name, { until: AbortSignal.timeout(kStealAfterMs) }));
  return handed || hold(name, { steal: true });
}

/** Another tab has it now. */
async function handOver(storage, id) {
  const { session } = storage;
  if (session?.id !== id || session.mode !== 'ready') return;
  await session.becomeCopy();
  storage.beside = null;
  storage.tell({ kind: 'StorageState', mode: 'read_only', dataset: id, ...kHandedOver });
}

function inMemory({ sqlite }, why, image) {
  const session = Session.inMemory(sqlite, crypto.randomUUID(), 'Untitled', image);
  session.why = why;
  return session;
}

function stateOf(session, notes) {
  const state = (mode, { message = '', hint = '' } = {}) => ({ kind: 'StorageState', mode, dataset: session.id, message, hint });
  if (session.mode === 'memory') return state('memory', session.why);
  if (session.mode === 'read_only') return state('read_only', kOtherTab);
  if (session.isEvicted) return state('evicted', kEvicted);
  if (session.wasRecovered) return state('damaged', { message: notes[0] ?? '', hint: 'Look through the dataset, and save a project file once it is right.' });
  return state('ready');
}

const kNoOpfs = {
  message: 'This browser stores nothing for this page, so this dataset is only in this tab.',
  hint: 'Save a project file before you close the tab. A normal window instead of a private one, or a newer browser, can store it.',
};
const kOtherTab = {
  message: 'This dataset is being edited in another tab. You are looking at a copy.',
  hint: 'Take it over to edit it here; the other tab will then only look.',
};
const kHandedOver = {
  message: 'Another tab took this dataset over. You are looking at a copy.',
  hint: 'Take it over again to edit it here.',
};
const kEvicted = {
  message: 'The browser removed the datasets that were stored here, most likely to make room.',
  hint: 'Open a project file, or add the pictures again. Allowing persistent storage keeps this from happening.',
};
const kSilent = {
  code: 'refused',
  message: 'This dataset is open in another tab that does not answer.',
  hint: 'Take it over, or close the other tab and reload.',
};
const kGone = { code: 'not_found', message: 'This dataset is no longer in this browser.', hint: 'It was deleted, or the browser made room.' };

// The storage side of project files. What comes from outside is never opened as it is: its rows are copied into a
// catalogue of our own making, so that nothing but rows can come in.

import { StorageError } from './errors.mjs';
import { copyRows, findDamage } from './recovery.mjs';
import { kApplicationId, migrate } from './schema.mjs';

// Where bytes lie is different here, and so are the files beside them.
const kForgetPlaces = "DELETE FROM kept; DELETE FROM texts_beside; DELETE FROM meta WHERE key = 'open'";

/**
 * @param {Uint8Array} bytes  a catalogue.sqlite from anywhere
 * @returns {{image: Uint8Array, name: string, notes: string[]}} a catalogue of our own with its rows
 */
export function adopt(sqlite, bytes) {
  let from = null;
  const to = sqlite.memory();
  try {
    from = openForeign(sqlite, bytes);
    migrate(to);
    const notes = copyRows(from, to);
    to.exec(kForgetPlaces);
    const name = to.selectValue("SELECT value FROM meta WHERE key = 'name'") ?? 'Untitled';
    return { image: sqlite.bytesOf(to), name: String(name), notes };
  } finally {
    from?.close();
    to.close();
  }
}

function openForeign(sqlite, bytes) {
  let db = null;
  try {
    db = sqlite.copyOf(bytes);
    if (db.selectValue('PRAGMA application_id') !== kApplicationId) throw new StorageError(kForeign);
    if (findDamage(db).length === 0) migrate(db); // of a damaged one, what can be read is better than nothing
    return db;
  } catch (thrown) {
    db?.close();
    throw thrown.code ? thrown : new StorageError(kForeign);
  }
}

const kForeign = {
  code: 'invalid_input',
  message: 'The catalogue in this file is none of Vignette.',
  hint: 'Choose a .vignette file that was saved from here.',
};

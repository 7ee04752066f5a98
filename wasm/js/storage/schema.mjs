// What a catalogue looks like inside, and how an older one becomes a newer one. docs/catalogue.md explains every
// table to people who open the file with sqlite3; keep the two equal.

import { StorageError } from './errors.mjs';
import { inTransaction } from './sqlite.mjs';

/** "Vgnt": tells `file` and us that this SQLite database is a catalogue of ours. */
export const kApplicationId = 0x56676e74;

const kVersion1 = `
CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value);
CREATE TABLE items(
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, crc32 INTEGER NOT NULL,
  format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, orientation INTEGER NOT NULL, alpha INTEGER NOT NULL,
  animated INTEGER NOT NULL, phash TEXT NOT NULL, modified INTEGER NOT NULL, taken INTEGER, also_at TEXT NOT NULL DEFAULT '[]');
CREATE TABLE captions(
  item TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, set_name TEXT NOT NULL, text TEXT NOT NULL,
  author TEXT NOT NULL CHECK(author IN ('human', 'import', 'model')), model TEXT NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY(item, set_name));
CREATE TABLE caption_history(
  id INTEGER PRIMARY KEY, item TEXT NOT NULL, set_name TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL,
  model TEXT NOT NULL, time INTEGER NOT NULL, moment INTEGER);
CREATE INDEX caption_history_of ON caption_history(item, set_name);
CREATE TABLE moments(id INTEGER PRIMARY KEY, label TEXT NOT NULL, time INTEGER NOT NULL);
CREATE TABLE changes(
  moment INTEGER NOT NULL REFERENCES moments(id) ON DELETE CASCADE, part INTEGER NOT NULL, change TEXT NOT NULL,
  PRIMARY KEY(moment, part));
CREATE TABLE kept(
  item TEXT PRIMARY KEY NOT NULL, how TEXT NOT NULL CHECK(how IN ('opfs', 'handle')), bytes INTEGER NOT NULL, path TEXT NOT NULL);
CREATE TABLE jobs(
  id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, spec TEXT NOT NULL, done INTEGER NOT NULL,
  failed INTEGER NOT NULL, total INTEGER NOT NULL);
CREATE TABLE texts_beside(
  item TEXT PRIMARY KEY NOT NULL REFERENCES items(id) ON DELETE CASCADE, path TEXT NOT NULL, modified INTEGER NOT NULL,
  text TEXT NOT NULL);
`;

const kVersion2 = `
CREATE TABLE ledger(
  id TEXT PRIMARY KEY NOT NULL, time INTEGER NOT NULL, what TEXT NOT NULL, item TEXT NOT NULL, provider TEXT NOT NULL,
  model TEXT NOT NULL, host TEXT NOT NULL, bytes INTEGER NOT NULL, width INTEGER, height INTEGER, copy_bytes INTEGER,
  copy_hash TEXT, input_tokens INTEGER, output_tokens INTEGER, cost_micro_usd INTEGER);
CREATE INDEX ledger_in_time ON ledger(time);
`;

/** migrations[n] makes a catalogue of version n one of version n + 1. Never change one that was released: add another. */
export const migrations = [(db) => db.exec(kVersion1), (db) => db.exec(kVersion2)];

export const versionOf = (db) => db.selectValue('PRAGMA user_version');

/**
 * Makes an empty database a catalogue, or an older catalogue a current one: all of it or, should it fail, nothing.
 * @returns {number} the version it had
 */
export function migrate(db, steps = migrations) {
  const from = versionOf(db);
  const isEmpty = db.selectValue('SELECT count(*) FROM sqlite_schema') === 0;
  if (from > steps.length) throw new StorageError(kNewer);
  if (!isEmpty && (from === 0 || db.selectValue('PRAGMA application_id') !== kApplicationId)) {
    throw new StorageError(kForeign);
  }
  if (from === steps.length) return from;
  inTransaction(db, () => {
    for (const step of steps.slice(from)) step(db);
    db.exec(`PRAGMA application_id = ${kApplicationId}; PRAGMA user_version = ${steps.length}`);
  });
  return from;
}

const kNewer = {
  code: 'unsupported',
  message: 'This dataset was written by a newer version of Vignette.',
  hint: 'Reload the page to get the newest version, then open it again.',
};
const kForeign = {
  code: 'invalid_input',
  message: 'This SQLite database is no catalogue of Vignette.',
  hint: 'Choose a .vignette project file, or a catalogue that was saved from here.',
};

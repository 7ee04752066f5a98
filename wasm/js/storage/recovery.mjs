// A damaged catalogue: what can be read of it is copied, row by row, into a fresh one. SQLite stops reading a table at
// the first damaged page; so a table is read from its beginning, from its end, and what lies between row by row.

import { isDamage } from './errors.mjs';
import { inTransaction } from './sqlite.mjs';

// Parents before children, so that a caption without its picture is noticed and left out.
const kTables = ['meta', 'items', 'captions', 'caption_history', 'moments', 'changes', 'kept', 'jobs', 'texts_beside', 'ledger'];
const kProbes = 200_000; // rows tried one by one between the readable ends of a table

const kNouns = { items: 'picture entries', captions: 'captions', caption_history: 'earlier texts', moments: 'undo steps', changes: 'undo steps', ledger: 'entries of the ledger' };

/** @returns {string[]} what is wrong, empty when nothing is */
export function findDamage(db) {
  try {
    const found = db.selectValues('PRAGMA integrity_check(20)');
    return found.length === 1 && found[0] === 'ok' ? [] : found;
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    return [thrown.message];
  }
}

const kPageBytes = 8192; // what this build of SQLite makes

/** The fields of the first hundred bytes that are the same in every catalogue, so that damage there is no obstacle. */
export function repairedHead(image) {
  if (image.length < kPageBytes) return image;
  image.set(new TextEncoder().encode('SQLite format 3\0'), 0);
  image.set([kPageBytes >> 8, 0, 1, 1, 0, 64, 32, 32], 16);
  const fields = new DataView(image.buffer, image.byteOffset);
  fields.setUint32(28, Math.floor(image.length / kPageBytes));
  fields.setUint32(44, 4); // format of the schema
  fields.setUint32(56, 1); // UTF-8
  fields.setUint32(92, fields.getUint32(24)); // the page count counts
  return image;
}

/**
 * Copies every row that can be read.
 * @param {object} from  a catalogue, perhaps damaged
 * @param {object} to    a fresh one
 * @returns {string[]} sentences about what was lost
 */
export function copyRows(from, to) {
  const lost = new Map();
  to.exec('PRAGMA foreign_keys = OFF');
  inTransaction(to, () => {
    for (const table of kTables) {
      if (isAbsent(from, table)) continue;
      const missing = copyTable(from, to, table);
      if (missing > 0) lost.set(kNouns[table] ?? 'other entries', (lost.get(kNouns[table]) ?? 0) + missing);
    }
    to.exec(kTidy);
  });
  to.exec('PRAGMA foreign_keys = ON');
  return [...lost].map(([what, count]) => `At least ${count} ${what} could not be read.`);
}

/** @param {object} from  the damaged database, or null when it cannot even be opened */
export function recover(from, to) {
  if (!from) return ['The stored dataset could not be read at all: its entries and captions are lost.'];
  const losses = copyRows(from, to);
  const saved = to.selectValue('SELECT count(*) FROM items');
  return [
    `The stored dataset was damaged. ${saved} pictures and their captions were recovered; the damaged file is kept and can be saved from the storage page.`,
    ...losses,
  ];
}

// What lost its other half. An undo step with a missing part would do half of what it says.
const kTidy = `
DELETE FROM captions WHERE item NOT IN (SELECT id FROM items);
DELETE FROM texts_beside WHERE item NOT IN (SELECT id FROM items);
DELETE FROM changes WHERE moment NOT IN (SELECT id FROM moments) OR NOT json_valid(change);
DELETE FROM moments WHERE id NOT IN (SELECT moment FROM changes);
UPDATE items SET also_at = '[]' WHERE NOT json_valid(also_at);
UPDATE jobs SET spec = '{}' WHERE NOT json_valid(spec);
UPDATE meta SET value = '{}' WHERE key = 'settings' AND NOT json_valid(value)`;

/** @returns {number} how many rows are missing, as far as an index that is whole can tell; at least 1 */
function copyTable(from, to, table) {
  const columns = to.selectValues('SELECT name FROM pragma_table_info(?)', [table]);
  const put = to.prepare(`INSERT OR IGNORE INTO ${table}(rowid, ${columns}) VALUES(${'?, '.repeat(columns.length)}?)`);
  const select = `SELECT rowid, ${columns} FROM ${table} NOT INDEXED`;
  let copied = 0;
  const take = (row) => {
    try {
      put.bind(row).stepReset();
      copied += to.changes();
    } catch {
      put.reset(); // a row that breaks the schema's promises was damaged itself
    }
  };
  try {
    const up = readRows(from, `${select} ORDER BY rowid`, take);
    if (up.whole) return 0;
    const down = readRows(from, `${select} ORDER BY rowid DESC`, take);
    if (down.last !== null) probe(from, `${select} WHERE rowid = ?`, up.last ?? 0, down.last, take);
    return Math.max(1, expectedRows(from, table) - copied);
  } finally {
    put.finalize();
  }
}

/** An older catalogue has fewer tables. Of one whose list of tables is damaged, all are tried. */
function isAbsent(db, table) {
  try {
    return db.selectValue('SELECT count(*) FROM sqlite_schema WHERE name = ?', [table]) === 0;
  } catch {
    return false;
  }
}

function expectedRows(db, table) {
  try {
    return db.selectValue(`SELECT count(*) FROM ${table}`); // reads the smallest index, not the table
  } catch {
    return 0;
  }
}

/** @returns {{whole: boolean, last: number|null}} */
function readRows(from, sql, take) {
  let last = null;
  const callback = (row) => {
    last = row[0];
    take(row);
  };
  try {
    from.exec({ sql, rowMode: 'array', callback });
    return { whole: true, last };
  } catch {
    return { whole: false, last };
  }
}

/** Tries the rows between two. */
function probe(from, sql, after, before, take) {
  for (let id = after + 1; id < before && id <= after + kProbes; id += 1) {
    try {
      const row = from.selectArray(sql, [id]);
      if (row) take(row);
    } catch {
      // lies on a damaged page
    }
  }
}

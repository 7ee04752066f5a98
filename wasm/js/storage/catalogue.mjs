// One dataset's catalogue. What is to be stored arrives as JSON text and is taken apart by SQLite itself: a step over
// ten thousand captions is a handful of statements, and no text is parsed twice. What is read leaves as JSON text the
// same way.

import { StorageError } from './errors.mjs';
import { inTransaction } from './sqlite.mjs';

const kForgetLater = "DELETE FROM moments WHERE id > (?1 ->> '$.forget_after')";

// Two pictures may swap paths in one step; so those that change have no path of their own for a moment.
const kFreePaths = `
UPDATE items SET path = char(0) || id WHERE id IN (
  SELECT value ->> '$.id' FROM jsonb_each(?1, '$.change.items')
  WHERE value ->> '$.before.path' IS NOT value ->> '$.after.path')`;

const kRemoveItems = `
DELETE FROM items WHERE id IN (
  SELECT value ->> '$.id' FROM jsonb_each(?1, '$.change.items') WHERE value ->> '$.after.id' IS NULL)`;

const kItemColumns = ['name', 'path', 'bytes', 'crc32', 'format', 'width', 'height', 'orientation', 'alpha', 'animated',
  'phash', 'modified', 'taken'];
const kPutItems = `
INSERT INTO items(id, ${kItemColumns.join(', ')}, also_at)
SELECT value ->> '$.id', ${kItemColumns.map((name) => `value ->> '$.after.${name}'`).join(', ')},
  coalesce(value -> '$.after.also_at', '[]')
FROM jsonb_each(?1, '$.change.items') WHERE value ->> '$.after.id' IS NOT NULL
ON CONFLICT(id) DO UPDATE SET ${[...kItemColumns, 'also_at'].map((name) => `${name} = excluded.${name}`).join(', ')}`;

const kRemoveCaptions = `
DELETE FROM captions WHERE (item, set_name) IN (
  SELECT value ->> '$.item', value ->> '$.set' FROM jsonb_each(?1, '$.change.captions')
  WHERE value ->> '$.after.text' IS NULL)`;

const kCaptionValues = `
  value ->> '$.item', value ->> '$.set', value ->> '$.after.text', value ->> '$.after.author',
  coalesce(value ->> '$.after.model', ''), value ->> '$.after.time'`;
const kPutCaptions = `
INSERT INTO captions(item, set_name, text, author, model, time)
SELECT ${kCaptionValues} FROM jsonb_each(?1, '$.change.captions') WHERE value ->> '$.after.text' IS NOT NULL
ON CONFLICT(item, set_name) DO UPDATE
SET text = excluded.text, author = excluded.author, model = excluded.model, time = excluded.time`;
const kRememberCaptions = `
INSERT INTO caption_history(item, set_name, text, author, model, time, moment)
SELECT ${kCaptionValues}, ?1 ->> '$.moment.id'
FROM jsonb_each(?1, '$.change.captions') WHERE value ->> '$.after.text' IS NOT NULL`;

const kPutMeta = 'INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value';
const kPutDataset = `
INSERT INTO meta(key, value)
SELECT 'name', ?1 ->> '$.change.dataset.after.name'
UNION ALL SELECT 'settings', ?1 -> '$.change.dataset.after.settings'
ON CONFLICT(key) DO UPDATE SET value = excluded.value`;

const kPutMoment = `
INSERT INTO moments(id, label, time)
VALUES(?1 ->> '$.moment.id', ?1 ->> '$.moment.label', ?1 ->> '$.moment.time')
ON CONFLICT(id) DO UPDATE SET label = excluded.label, time = excluded.time`;
const kPutChange = `
INSERT INTO changes(moment, part, change)
SELECT ?1 ->> '$.moment.id', 1 + (SELECT coalesce(max(part), 0) FROM changes WHERE moment = ?1 ->> '$.moment.id'), ?1 -> '$.change'`;

const kPutKept = `
INSERT INTO kept(item, how, bytes, path)
SELECT value ->> '$.item', value ->> '$.how', value ->> '$.bytes', value ->> '$.path' FROM json_each(?1) WHERE true
ON CONFLICT(item) DO UPDATE SET how = excluded.how, bytes = excluded.bytes, path = excluded.path`;

const kCaptionsOf = `
(SELECT json_group_object(set_name, json_object('text', text, 'author', author, 'model', model, 'time', time))
 FROM captions WHERE item = i.id)`;
const kReadItems = `
SELECT CAST(json_group_array(json_object(
  'id', i.id, 'name', i.name, 'path', i.path, 'bytes', i.bytes, 'crc32', i.crc32, 'format', i.format, 'width', i.width,
  'height', i.height, 'orientation', i.orientation, 'alpha', json(iif(i.alpha, 'true', 'false')),
  'animated', json(iif(i.animated, 'true', 'false')), 'phash', i.phash, 'modified', i.modified, 'taken', i.taken,
  'also_at', json(i.also_at), 'source', iif(kept.item IS NULL, NULL, i.source), 'captions', json(${kCaptionsOf}))) AS BLOB)
FROM (SELECT *, ?1 - 1 + row_number() OVER (ORDER BY rowid) AS source FROM items ORDER BY rowid) AS i
LEFT JOIN kept ON kept.item = i.id`;
const kReadNames = `SELECT group_concat(id, char(10) ORDER BY rowid), group_concat(path, char(0) ORDER BY rowid) FROM items`;
const kReadMoments = `SELECT json_group_array(json_object('id', id, 'label', label, 'time', time) ORDER BY id) FROM moments`;
const kReadJobs = `
SELECT json_group_array(json_object('id', id, 'kind', kind, 'state', state, 'spec', json(spec), 'done', done,
  'failed', failed, 'total', total)) FROM jobs`;
const kReadParts = `SELECT json_group_array(json(change) ORDER BY part) FROM changes WHERE moment = ?1`;
const kReadHistory = `
SELECT json_group_array(json_object('text', text, 'author', author, 'model', model, 'time', time) ORDER BY id DESC)
FROM caption_history WHERE item = ?1 AND set_name = ?2`;

/** Bytes are needed by the items there are, and by every step that could bring one back. */
const kUnneeded = `
SELECT item FROM kept WHERE item NOT IN (SELECT id FROM items) AND item NOT IN (
  SELECT value ->> '$.id' FROM changes, json_each(change, '$.items'))`;

export class Catalogue {
  #db;
  #marked = false; // the file says that somebody writes to it

  constructor(db) {
    this.#db = db;
  }

  get db() {
    return this.#db;
  }

  meta(key) {
    return this.#db.selectValue('SELECT value FROM meta WHERE key = ?', [key]);
  }

  setMeta(key, value) {
    this.#db.exec({ sql: kPutMeta, bind: [key, value] });
  }

  /** What a new one starts with. */
  begin({ id, name, now }) {
    inTransaction(this.#db, () => {
      for (const [key, value] of Object.entries({ id, name, created: now, settings: '{}', cursor: 0 })) {
        this.setMeta(key, value);
      }
    });
  }

  /** Was it left without a goodbye? Then the file deserves a look (recovery.mjs). */
  get wasInterrupted() {
    return this.meta('open') === 1;
  }

  /** Says goodbye: what happens until the next commit cannot hurt the file. */
  rest() {
    if (!this.#marked && !this.wasInterrupted) return;
    this.setMeta('open', 0);
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#marked = false;
  }

  /**
   * One commit, whole or not at all; on return it is on disk.
   * @param {string} text  a Commit effect as JSON
   * @param {Array<{item: string, how: string, bytes: number, path: string}>} kept  where the bytes of new items are now
   */
  apply(text, kept = []) {
    const db = this.#db;
    inTransaction(db, () => {
      const commit = db.selectValue('SELECT jsonb(?)', [text]);
      const run = (sql) => db.exec({ sql, bind: [commit] });
      const has = (path) => db.selectValue(`SELECT jsonb_extract(?1, '${path}') IS NOT NULL`, [commit]) === 1;
      run(kForgetLater);
      if (has('$.change.items')) [kFreePaths, kRemoveItems, kPutItems].forEach(run);
      if (has('$.change.captions')) [kRemoveCaptions, kPutCaptions, kRememberCaptions].forEach(run);
      if (has('$.change.dataset.after')) run(kPutDataset);
      if (has('$.moment.id')) [kPutMoment, kPutChange].forEach(run);
      run("UPDATE meta SET value = ?1 ->> '$.cursor' WHERE key = 'cursor' AND ?1 ->> '$.cursor' IS NOT NULL");
      this.keep(kept);
      if (!this.#marked) this.setMeta('open', 1);
    });
    this.#marked = true;
  }

  /** Where the bytes of items are now. */
  keep(rows) {
    if (rows.length > 0) this.#db.exec({ sql: kPutKept, bind: [JSON.stringify(rows)] });
  }

  /** All there is to show, as parts of one JSON text; the items, which are most of it, as UTF-8. Sources are numbered from `base` in the order of `ids`. */
  read(base) {
    const db = this.#db;
    const [ids, paths] = db.selectArray(kReadNames);
    return {
      items: db.selectValue(kReadItems, [base]),
      moments: db.selectValue(kReadMoments),
      jobs: db.selectValue(kReadJobs),
      name: this.meta('name') ?? 'Untitled',
      settings: this.meta('settings') ?? '{}',
      cursor: Number(this.meta('cursor') ?? 0),
      ids: ids ?? '',
      paths: paths ?? '',
    };
  }

  momentParts(moment) {
    return this.#db.selectValue(kReadParts, [moment]);
  }

  captionHistory(item, set) {
    return this.#db.selectValue(kReadHistory, [item, set]);
  }

  storeJob({ id, kind, state, spec = {}, done = 0, failed = 0, total = 0 }) {
    this.#db.exec({
      sql: 'INSERT OR REPLACE INTO jobs(id, kind, state, spec, done, failed, total) VALUES(?, ?, ?, ?, ?, ?, ?)',
      bind: [String(id), kind, state, typeof spec === 'string' ? spec : JSON.stringify(spec), done, failed, total],
    });
  }

  forgetJob(id) {
    this.#db.exec({ sql: 'DELETE FROM jobs WHERE id = ?', bind: [String(id)] });
  }

  counts() {
    const [items, bytes, captioned] = this.#db.selectArray(`
      SELECT (SELECT count(*) FROM items), (SELECT coalesce(sum(bytes), 0) FROM items),
        (SELECT count(*) FROM captions WHERE set_name = 'main' AND text <> '')`);
    return { items, bytes, captioned };
  }

  firstItems(count) {
    return this.#db.selectValues('SELECT id FROM items ORDER BY rowid LIMIT ?', [count]);
  }

  isKept(item) {
    return this.#db.selectValue('SELECT 1 FROM kept WHERE item = ?', [item]) === 1;
  }

  keptIn(how) {
    return this.#db.selectValues('SELECT item FROM kept WHERE how = ?', [how]);
  }

  whereKept(item) {
    const row = this.#db.selectObject('SELECT how, path FROM kept WHERE item = ?', [item]);
    return row ?? null;
  }

  /** Forgets bytes that nothing can ask for again. */
  forgetUnneeded() {
    const items = this.#db.selectValues(kUnneeded);
    if (items.length > 0) this.#db.exec({ sql: 'DELETE FROM kept WHERE item IN (SELECT value FROM json_each(?))', bind: [JSON.stringify(items)] });
    return items;
  }

  /** Items whose bytes were never stored, or are in none of `present`. */
  missing(present) {
    const sql = `SELECT id FROM items LEFT JOIN kept ON kept.item = id
      WHERE how IS NULL OR (how = 'opfs' AND id NOT IN (SELECT value FROM json_each(?)))`;
    return this.#db.selectValues(sql, [JSON.stringify(present)]);
  }

  /** The pictures of a project file. */
  pictures() {
    return this.#db.selectObjects(`
      SELECT items.id, items.format, items.crc32, items.bytes, items.modified, kept.how, kept.path
      FROM items JOIN kept ON kept.item = items.id ORDER BY items.rowid`);
  }

  pathOf(item) {
    const path = this.#db.selectValue('SELECT path FROM items WHERE id = ?', [item]);
    if (path === undefined) throw new StorageError({ code: 'not_found', message: 'There is no such picture.' });
    return path;
  }

  close() {
    this.#db.close();
  }
}

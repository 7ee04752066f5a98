// Captions next to the pictures, both ways. A picture's text file is written when its caption changes here; a text file
// that somebody else changed is told to the app, which takes it over as a step. What we wrote last is remembered with its
// time, so the two can be told apart; nothing of others is ever overwritten unread.

import { folderIn } from './folders.mjs';
import { inTransaction } from './sqlite.mjs';

const kAtOnce = 8;
const kMostBytes = 1 << 20;

const kPairs = `
SELECT items.id, items.path, coalesce(captions.text, '') AS caption, texts_beside.modified, texts_beside.text
FROM items LEFT JOIN captions ON captions.item = items.id AND captions.set_name = 'main'
LEFT JOIN texts_beside ON texts_beside.item = items.id`;
const kOurs = `${kPairs} WHERE coalesce(captions.text, '') <> coalesce(texts_beside.text, '')`;
const kRemember = 'INSERT OR REPLACE INTO texts_beside(item, path, modified, text) VALUES(?, ?, ?, ?)';

/** Where the text of a picture lies, seen from the linked folder: its own name, with .txt. */
export function textPath(path, folderName) {
  const parts = path.split('/');
  if (parts.length > 1 && parts[0] === folderName) parts.shift();
  const name = parts.pop().replace(/\.[^.]*$/, '');
  return [...parts, `${name}.txt`];
}

export class TextsBeside {
  #folder;
  #db;
  #line = Promise.resolve(); // one comparison at a time

  /** @param {FileSystemDirectoryHandle} folder  @param {() => object|null} db  the catalogue's database while it is open */
  constructor(folder, db) {
    this.#folder = folder;
    this.#db = db;
  }

  /**
   * Compares captions with the files beside the pictures, and brings the older one up to date.
   * @param {boolean} all  also those that did not change here
   * @returns {Promise<{texts: Array<{item, text, modified, known}>, written: number}>} `known`: what both had last, or null
   */
  sync(all = true) {
    const done = this.#line.then(() => this.#syncOnce(all));
    this.#line = done.catch(() => {});
    return done;
  }

  async #syncOnce(all) {
    const rows = this.#db()?.selectObjects(all ? kPairs : kOurs) ?? [];
    const folders = new Map(); // path → handle, asked for once
    const texts = [];
    const seen = [];
    let written = 0;
    let next = 0;
    const lane = async () => {
      while (next < rows.length) {
        const row = rows[next++];
        const done = await this.#one(row, folders);
        if (done?.text !== undefined) texts.push({ item: row.id, text: done.text, modified: done.modified, known: row.text });
        if (done) seen.push([row.id, done.path, done.modified, done.text ?? row.caption]);
        if (done?.written) written += 1;
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, lane));
    const db = this.#db();
    if (db && seen.length > 0) inTransaction(db, () => seen.forEach((bind) => db.exec({ sql: kRemember, bind })));
    return { texts, written };
  }

  /** @returns {Promise<{path, modified, text?, written?}|null>} `text` when the file says something new; null: no change */
  async #one({ id, path, caption, modified, text: known }, folders) {
    const parts = textPath(path, this.#folder.name);
    const name = parts.pop();
    const where = parts.join('/');
    if (!folders.has(where)) folders.set(where, this.#walk(parts));
    const folder = await folders.get(where);
    if (!folder) return null; // the picture lies elsewhere
    const file = await fileIn(folder, name);
    const at = [...parts, name].join('/');
    if (file && file.lastModified !== modified && file.size <= kMostBytes) {
      const text = (await file.text()).replace(/^\ufeff/, '').replace(/\r\n/g, '\n').trimEnd();
      if (text !== (known ?? '') && text !== caption) return { path: at, modified: file.lastModified, text };
      if (text === caption) return { path: at, modified: file.lastModified };
    }
    if (caption === (known ?? '') && (file || caption === '')) return null;
    const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writer.write(caption);
    await writer.close();
    const after = await fileIn(folder, name);
    return { path: at, modified: after?.lastModified ?? 0, written: true };
  }

  async #walk(parts) {
    let folder = this.#folder;
    for (const part of parts) folder = folder && (await folderIn(folder, part).catch(() => null));
    return folder;
  }
}

async function fileIn(folder, name) {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (thrown) {
    if (thrown.name === 'NotFoundError' || thrown.name === 'TypeMismatchError') return null;
    throw thrown;
  }
}

// Catalogues in memory, in node, with the SQLite that the site ships.
import { Catalogue } from '../../wasm/js/storage/catalogue.mjs';
import { migrate } from '../../wasm/js/storage/schema.mjs';
import { loadSqlite } from '../../wasm/js/storage/sqlite.mjs';

export const sqlite = await loadSqlite();

export const hex = (i) => i.toString(16).padStart(32, '0');
export const item = (i, more = {}) => ({
  id: hex(i), name: `p${i}.jpg`, path: `set/p${i}.jpg`, bytes: 1000 + i, crc32: 4_000_000_000, format: 'jpeg', width: 640,
  height: 480, orientation: 1, alpha: false, animated: true, phash: '00ff00ff00ff00ff', modified: 1_700_000_000_000, taken: null, also_at: [], ...more,
});
export const caption = (text, more = {}) => ({ text, author: 'human', model: '', time: 1_700_000_000_123, ...more });

export const added = (...items) => items.map((after) => ({ id: after.id, before: null, after }));
export const written = (i, text, more) => ({ item: hex(i), set: 'main', before: null, after: caption(text, more) });

export function newCatalogue() {
  const db = sqlite.memory();
  migrate(db);
  const catalogue = new Catalogue(db);
  catalogue.begin({ id: 'dataset-1', name: 'Untitled', now: 5 });
  let number = 0;
  /** A step: its moment, and what it changes. */
  const step = (moment, change, more = {}) => catalogue.apply(JSON.stringify({
    kind: 'Commit', number: ++number, moment: moment && { id: moment, label: `Step ${moment}`, time: moment * 10 }, change, cursor: moment, ...more,
  }), more.kept);
  return { db, catalogue, step };
}

export function readBack(catalogue, base = 1) {
  const read = catalogue.read(base);
  const json = (text) => JSON.parse(typeof text === 'string' ? text : new TextDecoder().decode(text));
  return { ...read, items: json(read.items), moments: json(read.moments), jobs: json(read.jobs), settings: json(read.settings) };
}

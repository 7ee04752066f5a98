import assert from 'node:assert/strict';
import test from 'node:test';

import { findDamage, recover, repairedHead } from '../../wasm/js/storage/recovery.mjs';
import { migrate } from '../../wasm/js/storage/schema.mjs';
import { added, item, newCatalogue, sqlite, written } from './storage_setup.mjs';

const kPage = 8192;
const kItems = 600;

function filled() {
  const { db, step } = newCatalogue();
  const numbers = Array.from({ length: kItems }, (_, i) => i);
  step(1, { items: added(...numbers.map((i) => item(i))), captions: numbers.map((i) => written(i, `a picture of thing ${i}, `.repeat(8))) });
  return sqlite.bytesOf(db);
}

function recovered(image) {
  let from = null;
  try {
    from = sqlite.copyOf(image);
    from.selectValue('SELECT count(*) FROM sqlite_schema');
  } catch {
    from = null;
  }
  const to = sqlite.memory();
  migrate(to);
  const notes = recover(from, to);
  assert.deepEqual(findDamage(to), [], 'what was recovered is whole');
  return { notes, count: (table) => to.selectValue(`SELECT count(*) FROM ${table}`) };
}

/** The page a table begins with, and the leaves below, from SQLite's own account. */
function pagesOf(image, table) {
  const db = sqlite.copyOf(image.slice());
  return db.selectValues("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", [table]);
}

test('a whole file has no damage', () => {
  assert.deepEqual(findDamage(sqlite.copyOf(filled())), []);
});

test('one damaged page of captions costs the captions on it, not the pictures', () => {
  const image = filled();
  const pages = pagesOf(image, 'captions');
  assert.ok(pages.length > 4, `${pages.length} pages`);
  image.fill(0xa5, (pages[2] - 1) * kPage, pages[2] * kPage);
  assert.ok(findDamage(sqlite.copyOf(image.slice())).length > 0);
  const { notes, count } = recovered(image);
  assert.equal(count('items'), kItems);
  assert.ok(count('captions') > kItems * 0.7 && count('captions') < kItems, `${count('captions')} captions`);
  assert.match(notes.join(' '), /captions could not be read/);
});

test('a damaged page in the middle of the pictures leaves those before and after it', () => {
  const image = filled();
  const pages = pagesOf(image, 'items');
  const middle = pages[pages.length >> 1];
  image.fill(0, (middle - 1) * kPage, middle * kPage);
  const { notes, count } = recovered(image);
  assert.ok(count('items') > kItems * 0.6 && count('items') < kItems, `${count('items')} items`);
  assert.ok(count('captions') <= count('items'), 'captions of lost pictures are left out');
  assert.match(notes.join(' '), /picture entries could not be read/);
});

test('a damaged index costs nothing', () => {
  const image = filled();
  const [page] = pagesOf(image, 'sqlite_autoindex_captions_1');
  image.fill(0xff, (page - 1) * kPage, page * kPage);
  assert.ok(findDamage(sqlite.copyOf(image.slice())).length > 0);
  const { count } = recovered(image);
  assert.deepEqual([count('items'), count('captions')], [kItems, kItems]);
});

test('the first hundred bytes can be made again', () => {
  const image = filled();
  image.fill(0x77, 0, 24);
  const { count } = recovered(repairedHead(image));
  assert.deepEqual([count('items'), count('captions')], [kItems, kItems]);
});

test('a file of noise ends in an empty catalogue and a sentence, not in an exception', () => {
  const noise = Uint8Array.from({ length: kPage * 4 }, (_, i) => (i * 7919) & 255);
  const { notes, count } = recovered(repairedHead(noise));
  assert.equal(count('items'), 0);
  assert.ok(notes.length > 0);
});

import assert from 'node:assert/strict';
import test from 'node:test';

import { added, caption, hex, item, newCatalogue, readBack, sqlite, written } from './storage_setup.mjs';

test('what was stored is read back, every field of it', () => {
  const { catalogue, step } = newCatalogue();
  const full = item(1, { also_at: ['b/p1.jpg', 'c "quoted".jpg'], taken: 12, alpha: true, name: 'ø 🙂.jpg' });
  const kept = [{ item: hex(1), how: 'opfs', bytes: 1001, path: '' }];
  step(1, { items: added(full, item(2)), captions: [written(1, 'a "red" bicycle\nby a wall', { author: 'model', model: 'p/m' })] }, { kept });
  const { items, moments, cursor, ids, paths } = readBack(catalogue, 70);
  assert.deepEqual(items[0], { ...full, source: 70, captions: { main: caption('a "red" bicycle\nby a wall', { author: 'model', model: 'p/m' }) } });
  assert.deepEqual([items[1].source, items[1].captions], [null, {}], 'no bytes are kept of the second');
  assert.deepEqual(moments, [{ id: 1, label: 'Step 1', time: 10 }]);
  assert.deepEqual([cursor, ids.split('\n'), paths.split('\0')], [1, [hex(1), hex(2)], ['set/p1.jpg', 'set/p2.jpg']]);
});

test('a step that was merged into one before is a further part of it', () => {
  const { catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  step(1, { items: added(item(2)) });
  const parts = JSON.parse(catalogue.momentParts(1));
  assert.deepEqual(parts.map(({ items }) => items[0].id), [hex(1), hex(2)]);
  assert.equal(readBack(catalogue).moments.length, 1);
});

test('an undo is a change without a moment: nothing is logged, and the text is in the history', () => {
  const { catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  step(2, { captions: [written(1, 'one')] });
  step(3, { captions: [written(1, 'two')] });
  step(undefined, { captions: [written(1, 'one')] }, { cursor: 2 });
  const { items, moments, cursor } = readBack(catalogue);
  assert.deepEqual([items[0].captions.main.text, moments.length, cursor], ['one', 3, 2]);
  assert.deepEqual(JSON.parse(catalogue.captionHistory(hex(1), 'main')).map(({ text }) => text), ['one', 'two', 'one']);
});

test('a new step after an undo forgets the steps that were undone, with their parts', () => {
  const { db, catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  step(2, { captions: [written(1, 'one')] });
  step(3, { captions: [written(1, 'new')] }, { forget_after: 1 });
  assert.deepEqual(readBack(catalogue).moments.map(({ id }) => id), [1, 3]);
  assert.equal(db.selectValue('SELECT count(*) FROM changes WHERE moment = 2'), 0);
});

test('a removed picture takes its captions along, and keeps its bytes while a step could bring it back', () => {
  const { db, catalogue, step } = newCatalogue();
  const kept = [{ item: hex(1), how: 'opfs', bytes: 1, path: '' }, { item: hex(9), how: 'opfs', bytes: 1, path: '' }];
  step(1, { items: added(item(1)), captions: [written(1, 'one')] }, { kept });
  step(2, { items: [{ id: hex(1), before: item(1), after: null }], captions: [{ item: hex(1), set: 'main', before: caption('one'), after: null }] });
  assert.deepEqual(readBack(catalogue).items, []);
  assert.equal(db.selectValue('SELECT count(*) FROM captions'), 0);
  assert.deepEqual(catalogue.forgetUnneeded(), [hex(9)], 'nothing ever spoke of the ninth');
  assert.deepEqual(catalogue.keptIn('opfs'), [hex(1)]);
});

test('two pictures may swap their paths in one step', () => {
  const { catalogue, step } = newCatalogue();
  step(1, { items: added(item(1), item(2)) });
  const swap = (i, j) => ({ id: hex(i), before: item(i), after: item(i, { path: item(j).path }) });
  step(2, { items: [swap(1, 2), swap(2, 1)] });
  assert.deepEqual(readBack(catalogue).items.map(({ path }) => path), ['set/p2.jpg', 'set/p1.jpg']);
});

test('a step that cannot be stored whole is not stored at all', () => {
  const { db, catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  const clash = { items: added(item(2), item(3, { path: item(1).path })), captions: [written(2, 'two')] };
  assert.throws(() => step(2, clash), /UNIQUE/);
  assert.deepEqual(readBack(catalogue).items.map(({ id }) => id), [hex(1)]);
  assert.deepEqual([readBack(catalogue).moments.length, catalogue.meta('cursor')], [1, 1]);
  assert.equal(db.selectValue('SELECT count(*) FROM caption_history'), 0);
});

test('name and settings of the dataset are part of a step', () => {
  const { catalogue, step } = newCatalogue();
  step(1, { dataset: { before: { name: 'Untitled', settings: {} }, after: { name: 'Bicycles', settings: { context: 'a "shop"' } } } });
  const { name, settings } = readBack(catalogue);
  assert.deepEqual([name, settings], ['Bicycles', { context: 'a "shop"' }]);
});

test('an empty change with a moment gives a step another name', () => {
  const { catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  step(1, {}, { moment: { id: 1, label: 'Added one picture', time: 11 } });
  assert.deepEqual(readBack(catalogue).moments, [{ id: 1, label: 'Added one picture', time: 11 }]);
});

test('a job is there after opening again until it is forgotten', () => {
  const { catalogue } = newCatalogue();
  catalogue.storeJob({ id: 'a', kind: 'caption', state: 'waiting', spec: { items: [hex(1)] }, done: 1, failed: 0, total: 3 });
  catalogue.storeJob({ id: 'a', kind: 'caption', state: 'waiting', spec: { items: [hex(1)] }, done: 2, failed: 0, total: 3 });
  assert.deepEqual(readBack(catalogue).jobs, [{ id: 'a', kind: 'caption', state: 'waiting', spec: { items: [hex(1)] }, done: 2, failed: 0, total: 3 }]);
  catalogue.forgetJob('a');
  assert.deepEqual(readBack(catalogue).jobs, []);
});

test('a mark says that somebody writes, and goes at rest', () => {
  const { catalogue, step } = newCatalogue();
  assert.equal(catalogue.wasInterrupted, false);
  step(1, { items: added(item(1)) });
  assert.equal(catalogue.wasInterrupted, true);
  catalogue.rest();
  assert.equal(catalogue.wasInterrupted, false);
  step(2, { captions: [written(1, 'x')] });
  assert.equal(catalogue.wasInterrupted, true, 'the next commit sets it again');
});

test('items without bytes, and with bytes that are no longer there, are missing', () => {
  const { catalogue, step } = newCatalogue();
  const kept = [1, 2].map((i) => ({ item: hex(i), how: 'opfs', bytes: 1, path: '' }));
  kept.push({ item: hex(4), how: 'handle', bytes: 1, path: 'key/p4.jpg' });
  step(1, { items: added(item(1), item(2), item(3), item(4)) }, { kept });
  assert.deepEqual(catalogue.missing([hex(1)]), [hex(2), hex(3)]);
});

test('a copy of the file is a database of its own that opens anywhere', () => {
  const { db, catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  const bytes = sqlite.bytesOf(db);
  assert.deepEqual([...bytes.subarray(18, 20)], [1, 1]);
  const copy = sqlite.copyOf(bytes);
  step(2, { items: added(item(2)) });
  assert.deepEqual([copy.selectValue('SELECT count(*) FROM items'), catalogue.counts().items], [1, 2]);
});

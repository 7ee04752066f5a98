import assert from 'node:assert/strict';
import test from 'node:test';

import { Catalogue } from '../../wasm/js/storage/catalogue.mjs';
import { adopt } from '../../wasm/js/storage/project.mjs';
import { kApplicationId, migrate, migrations, versionOf } from '../../wasm/js/storage/schema.mjs';
import { added, hex, item, newCatalogue, readBack, sqlite, written } from './storage_setup.mjs';

const tables = (db) => db.selectValues("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

test('a new file says what it is', () => {
  const { db } = newCatalogue();
  assert.equal(db.selectValue('PRAGMA application_id'), kApplicationId);
  assert.equal(versionOf(db), migrations.length);
  assert.deepEqual(tables(db), ['caption_history', 'captions', 'changes', 'items', 'jobs', 'kept', 'ledger', 'meta', 'moments', 'texts_beside']);
});

/** What a version that is not there yet would do. */
const next = (db) => db.exec('ALTER TABLE items ADD COLUMN rating INTEGER NOT NULL DEFAULT 0; CREATE TABLE tags(item TEXT, tag TEXT)');

test('an older catalogue is brought forward without losing a row', () => {
  const { db, step } = newCatalogue();
  step(1, { items: added(item(1), item(2)), captions: [written(1, 'one')] });
  const older = sqlite.copyOf(sqlite.bytesOf(db));
  assert.equal(migrate(older, [...migrations, next]), migrations.length);
  assert.equal(versionOf(older), migrations.length + 1);
  const { items } = readBack(new Catalogue(older));
  assert.deepEqual(items.map(({ id, captions }) => [id, captions.main?.text]), [[hex(1), 'one'], [hex(2), undefined]]);
  assert.equal(older.selectValue('SELECT sum(rating) FROM items'), 0);
});

test('a migration that fails leaves the file as it was', () => {
  const { db, step } = newCatalogue();
  step(1, { items: added(item(1)) });
  const broken = (one) => {
    next(one);
    one.exec('INSERT INTO nowhere VALUES(1)');
  };
  assert.throws(() => migrate(db, [...migrations, broken]));
  assert.deepEqual([versionOf(db), tables(db).includes('tags')], [migrations.length, false]);
});

test('every stored version reaches the newest one', () => {
  for (let from = 1; from <= migrations.length; from += 1) {
    const db = sqlite.memory();
    migrate(db, migrations.slice(0, from));
    db.exec({ sql: "INSERT INTO meta VALUES('name', 'Old')" });
    assert.equal(migrate(db), from);
    assert.equal(versionOf(db), migrations.length);
    assert.equal(new Catalogue(db).meta('name'), 'Old');
  }
});

test('a newer catalogue and a stranger are refused, and not touched', () => {
  const newer = sqlite.memory();
  migrate(newer, [...migrations, next]);
  assert.throws(() => migrate(newer), { code: 'unsupported' });
  const stranger = sqlite.memory();
  stranger.exec('CREATE TABLE songs(name)');
  assert.throws(() => migrate(stranger), { code: 'invalid_input' });
  assert.deepEqual(tables(stranger), ['songs']);
});

test('of a project file only rows come in: no triggers, no places of another computer', () => {
  const { db, catalogue, step } = newCatalogue();
  step(1, { items: added(item(1)), captions: [written(1, 'one')], dataset: { after: { name: 'Theirs', settings: {} } } }, { kept: [{ item: hex(1), how: 'handle', bytes: 1, path: 'x/y' }] });
  db.exec("CREATE TRIGGER evil AFTER UPDATE ON meta BEGIN DELETE FROM items; END; CREATE VIEW spy AS SELECT * FROM items");
  const { image, name, notes } = adopt(sqlite, sqlite.bytesOf(db));
  const mine = sqlite.copyOf(image);
  assert.deepEqual([name, notes], ['Theirs', []]);
  assert.equal(mine.selectValue("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"), 0);
  assert.equal(mine.selectValue('SELECT count(*) FROM kept'), 0);
  assert.equal(new Catalogue(mine).wasInterrupted, false);
  assert.equal(readBack(new Catalogue(mine)).items[0].captions.main.text, 'one');
  catalogue.close();
});

test('what is no catalogue is refused with a sentence', () => {
  assert.throws(() => adopt(sqlite, new TextEncoder().encode('no database at all, but some text'.repeat(100))), { code: 'invalid_input' });
  const stranger = sqlite.memory();
  stranger.exec('CREATE TABLE songs(name)');
  assert.throws(() => adopt(sqlite, sqlite.bytesOf(stranger)), { code: 'invalid_input' });
});

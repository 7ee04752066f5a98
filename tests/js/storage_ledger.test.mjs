import assert from 'node:assert/strict';
import test from 'node:test';

import { addToLedger, ledgerText } from '../../wasm/js/storage/ledger.mjs';
import { copyRows } from '../../wasm/js/storage/recovery.mjs';
import { migrate, migrations } from '../../wasm/js/storage/schema.mjs';
import { newCatalogue, sqlite } from './storage_setup.mjs';

const row = (id, more = {}) => ({
  id, time: 1000, what: 'Caption', item: 'abc', provider: 'p', model: 'm "1"', host: 'model.example', bytes: 5000,
  copy: { width: 10, height: 20, bytes: 300, hash: 'ff' }, ...more,
});
const none = { input_tokens: null, output_tokens: null, cost_micro_usd: null };
const rowsOf = (db) => JSON.parse(ledgerText(db));

test('what was sent is read back in the order it was sent, with and without a picture', () => {
  const { db } = newCatalogue();
  addToLedger(db, [row('b', { time: 2000, copy: null }), row('a')]);
  addToLedger(db, [row('c', { time: 2000 })]);
  assert.deepEqual(rowsOf(db), [{ ...row('a'), ...none }, { ...row('b', { time: 2000, copy: null }), ...none }, { ...row('c', { time: 2000 }), ...none }]);
});

test('what a call used is added to its row and changes nothing else', () => {
  const { db } = newCatalogue();
  addToLedger(db, [row('a')]);
  addToLedger(db, [row('a', { bytes: 1, input_tokens: 120, output_tokens: 30, cost_micro_usd: 7 })]);
  assert.deepEqual(rowsOf(db), [{ ...row('a'), input_tokens: 120, output_tokens: 30, cost_micro_usd: 7 }]);
});

test('a long ledger is told from its end', () => {
  const { db } = newCatalogue();
  addToLedger(db, Array.from({ length: 5003 }, (_, i) => row(`r${i}`, { time: i })));
  const rows = rowsOf(db);
  assert.deepEqual([rows.length, rows[0].id, rows.at(-1).id], [5000, 'r3', 'r5002']);
});

test('rows are saved from a damaged catalogue, and one of an older version has none to lose', () => {
  const { db } = newCatalogue();
  addToLedger(db, [row('a')]);
  const fresh = newCatalogue().db;
  assert.deepEqual(copyRows(db, fresh), []);
  assert.equal(rowsOf(fresh).length, 1);
  const older = sqlite.memory();
  migrate(older, migrations.slice(0, 1));
  assert.deepEqual(copyRows(older, newCatalogue().db), []);
});

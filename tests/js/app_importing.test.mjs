import assert from 'node:assert/strict';
import test from 'node:test';

import { CoreError } from '../../wasm/js/core/errors.mjs';
import { Importing, decodeText } from '../../wasm/js/app/importing.mjs';
import { Sources } from '../../wasm/js/app/sources.mjs';
import { fakePool, inspected, listener, settle } from './app_fakes.mjs';

function importer(answers, unpack) {
  const pool = fakePool(answers);
  const sources = new Sources(unpack);
  const heard = listener();
  const made = [];
  const thumbnails = { made: (item) => made.push(item) };
  const add = (text, path) => sources.add(new Blob([text]), path);
  return { pool, sources, made, add, ...heard, importing: new Importing({ pool, sources, thumbnails, send: heard.send }) };
}

test('the first picture is told at once, those right after it together', async () => {
  const { importing, add, events, made } = importer({ inspect: ({ name }) => inspected(name) });
  const files = ['a', 'b', 'c', 'd', 'e'].map((name) => add(name, name));
  await importing.inspect({ job: 7, files });
  assert.deepEqual(events[0].pictures.map((p) => p.hash), ['a']);
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(events.length, 2);
  assert.deepEqual(events[1].pictures.map((p) => p.hash), ['b', 'c', 'd', 'e']);
  assert.equal(events[1].job, 7);
  assert.deepEqual(made, ['a', 'b', 'c', 'd', 'e']);
  assert.ok(!('thumb' in events[0].pictures[0]), 'pixels must not travel as JSON');
});

test('one bad picture is a row with its reason, and does not stop the others', async () => {
  const broken = new CoreError({ code: 'truncated', message: 'It ends in the middle.', hint: 'Copy it again.' });
  const inspect = ({ name }) => {
    if (name === 'bad') throw broken;
    return inspected(name);
  };
  const { importing, add, events } = importer({ inspect });
  await importing.inspect({ job: 1, files: [add('x', 'bad'), add('y', 'good')] });
  await settle();
  const failed = events.find(({ kind }) => kind === 'SourceFailed');
  assert.deepEqual(failed.error, { code: 'truncated', message: 'It ends in the middle.', hint: 'Copy it again.' });
  assert.equal(events.filter(({ kind }) => kind === 'PicturesInspected').length, 1);
});

test('few pictures are under way at a time, in the order they came', async () => {
  const { importing, add, pool } = importer();
  importing.inspect({ job: 1, files: Array.from({ length: 100 }, (_, i) => add('x', `${i}`)) });
  await settle();
  assert.deepEqual(pool.jobs.map(({ payload }) => payload.name), ['0', '1', '2', '3']);
});

test('after a stop nothing is told any more', async () => {
  const { importing, add, pool, events } = importer();
  const all = importing.inspect({ job: 3, files: Array.from({ length: 50 }, (_, i) => add('x', `${i}`)) });
  await settle();
  importing.stop(3);
  await all;
  await settle();
  assert.deepEqual(events, []);
  assert.equal(pool.asked.length, 4, 'what had not started never starts');
});

test('an archive becomes its files; links and damaged entries are rejected, folders are not mentioned', async () => {
  const entries = [
    { name: 'set/', size: 0, time: 0, skip: 'folder' },
    { name: 'set/a.jpg', size: 3, time: 5 },
    { name: 'set/link.jpg', size: 3, time: 5, skip: 'link' },
    { name: 'set/bad.jpg', size: 3, time: 5, problem: { code: 'unsupported', message: 'Encrypted.', hint: '' } },
  ];
  const { importing, add, events } = importer({ 'zip.open': () => ({ entries, warnings: [] }) });
  await importing.openArchives({ job: 2, files: [add('zip', 'one.zip')] });
  assert.equal(events.length, 1);
  assert.deepEqual(events[0].files.map(({ path, bytes, modified }) => [path, bytes, modified]), [['set/a.jpg', 3, 5]]);
  assert.deepEqual(events[0].rejected.map(({ path, error }) => [path, error.code]), [['set/link.jpg', 'refused'], ['set/bad.jpg', 'unsupported']]);
});

test('two archives with the same names inside become two folders', async () => {
  const { importing, add, events } = importer({ 'zip.open': () => ({ entries: [{ name: 'a.jpg', size: 1, time: 0 }], warnings: [] }) });
  await importing.openArchives({ job: 2, files: [add('zip', 'one.zip'), add('zip', 'two.ZIP')] });
  assert.deepEqual(events.flatMap(({ files }) => files.map(({ path }) => path)), ['one/a.jpg', 'two/a.jpg']);
});

test('a picture in an archive is unpacked when its turn comes and checked against its sum', async () => {
  let expected;
  const inspect = ({ expectCrc32 }) => ((expected = expectCrc32), inspected('h'));
  const { importing, sources } = importer({ inspect }, async (archive, entry) => new Blob([entry.name]));
  const file = sources.addArchived(new Blob(), { name: 'a.jpg', size: 5, time: 0, crc32: 99 }, 'a.jpg');
  await importing.inspect({ job: 1, files: [file] });
  assert.equal(expected, 99);
});

test('text is read as UTF-8 or marked UTF-16, and what is neither is repaired and said', () => {
  const bytes = (...list) => new Uint8Array(list);
  assert.deepEqual(decodeText(bytes(0xc3, 0xa9)), { text: 'é', repaired: false });
  assert.deepEqual(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61)), { text: 'a', repaired: false });
  assert.deepEqual(decodeText(bytes(0xff, 0xfe, 0x61, 0)), { text: 'a', repaired: false });
  assert.deepEqual(decodeText(bytes(0xfe, 0xff, 0, 0x61)), { text: 'a', repaired: false });
  assert.deepEqual(decodeText(bytes(0x61, 0xe9, 0x62)), { text: 'a\ufffdb', repaired: true });
});

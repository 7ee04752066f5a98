import assert from 'node:assert/strict';
import test from 'node:test';

import { CoreError } from '../../wasm/js/core/errors.mjs';
import { Calls } from '../../wasm/js/app/calls.mjs';
import { Exporting } from '../../wasm/js/app/exporting.mjs';
import { Sources } from '../../wasm/js/app/sources.mjs';
import { fakePool, listener, settle } from './app_fakes.mjs';

/** A plan with one head byte before each file and one byte of tail. */
const plan = ({ entries }) => {
  const files = entries.filter(({ text }) => text === undefined);
  return { heads: new ArrayBuffer(files.length), ends: files.map((_, i) => i + 1), tail: new ArrayBuffer(1), size: 0 };
};

function exporter(answers = {}) {
  const pool = fakePool({ 'zip.plan': plan, ...answers });
  const sources = new Sources();
  const heard = listener();
  const given = [];
  const add = (text, path) => ({ path, source: sources.add(new Blob([text]), path).source, bytes: text.length, crc32: 1, modified: 0 });
  return { pool, add, given, ...heard, exporting: new Exporting({ pool, sources, send: heard.send, answer: (request, blob) => given.push([request, blob]) }) };
}

test('a script gets the archive as a Blob, and the job ends', async () => {
  const { exporting, add, given, events } = exporter();
  await exporting.build({ job: 5, name: 'x.zip', entries: [add('picture', 'a.jpg'), { path: 'a.txt', text: 'a cat' }], strip_metadata: false, request: 2 });
  assert.equal(given[0][0], 2);
  assert.equal(given[0][1].size, 'picture'.length + 2);
  assert.deepEqual(events.at(-1), { kind: 'ExportFinished', job: 5, bytes: given[0][1].size });
});

test('stripped pictures replace the originals, those without metadata stay what they are', async () => {
  const stripped = new Map([[7, new Uint8Array([1, 2, 3]).buffer], [5, null]]);
  let planned;
  const { exporting, add } = exporter({
    strip: ({ file }) => ({ bytes: stripped.get(file.size), crc32: 42, size: 3 }),
    'zip.plan': (payload) => ((planned = payload.entries), plan(payload)),
  });
  await exporting.build({ job: 1, name: 'x.zip', entries: [add('picture', 'a.jpg'), add('plain', 'b.jpg')], strip_metadata: true, request: 1 });
  assert.deepEqual(planned.map(({ size, crc32 }) => [size, crc32]), [[3, 42], [5, 1]]);
});

test('a picture that cannot be read fails the export with its reason', async () => {
  const gone = new CoreError({ code: 'not_found', message: 'Gone.', hint: 'Add it again.' });
  const { exporting, add, events } = exporter({ strip: () => Promise.reject(gone) });
  await exporting.build({ job: 1, name: 'x.zip', entries: [add('picture', 'a.jpg')], strip_metadata: true, request: 1 });
  assert.deepEqual(events, [{ kind: 'ExportFailed', job: 1, error: { code: 'not_found', message: 'Gone.', hint: 'Add it again.' } }]);
});

test('a stopped export hands over nothing and says nothing', async () => {
  const { exporting, add, events, given, pool } = exporter({ strip: undefined });
  const built = exporting.build({ job: 8, name: 'x.zip', entries: [add('picture', 'a.jpg')], strip_metadata: true, request: 1 });
  await settle();
  exporting.stop(8);
  for (const job of pool.jobs) job.reject(new CoreError({ code: 'cancelled', message: '' }));
  await built;
  assert.deepEqual([events, given], [[], []]);
});

test('the error of a script call carries its code and its hint', async () => {
  const calls = new Calls();
  const call = calls.make((request) => calls.fail(request, { code: 'refused', message: 'No.', hint: 'Ask nicely.' }));
  await assert.rejects(call, { message: 'No.', code: 'refused', hint: 'Ask nicely.' });
  assert.equal(calls.waiting, 0);
});

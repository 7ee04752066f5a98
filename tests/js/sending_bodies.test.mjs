// What is sent, byte by byte: real workers, a real server.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';

import { gradient, nodePool, png } from './core_setup.mjs';
import { json, listen, makeSending } from './sending_setup.mjs';
import { PicturesOut } from '../../wasm/js/app/pictures_out.mjs';

const pool = nodePool();
let server;
before(async () => (server = await listen({ '/v1': json(200, { ok: true }) })));
after(async () => {
  pool.close();
  await server.close();
});
const lastBody = () => server.requests.at(-1).body;
const ledger = { what: 'caption', item: 'abc', provider: 'test', model: 'eye-1' };

test('text parts arrive as they are, one after the other, with the length announced', async () => {
  const { call } = makeSending();
  const done = await call({ url: `${server.url}/v1`, body: [{ text: '{"a":"ä€😀' }, { text: '"}' }], headers: [{ name: 'Content-Type', value: 'application/json' }] });
  assert.deepEqual([done.status, JSON.parse(done.text)], [200, { ok: true }]);
  assert.equal(lastBody().toString(), '{"a":"ä€😀"}');
  const { headers } = server.requests.at(-1);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(Number(headers['content-length']), lastBody().length);
});

test('a picture goes as the very copy that item.copy gives, as base64 and as bytes', async () => {
  const { call, sources, events } = makeSending({ pool });
  const { source } = sources.add(new Blob([png(600, 400, gradient)]), 'a.png');
  const shown = await new PicturesOut({ pool, sources }).make({ what: 'copy', source, long_side: 300 });
  const expected = Buffer.from(await shown.arrayBuffer());

  await call({ url: `${server.url}/v1`, body: [{ text: '{"url":"data:image/jpeg;base64,' }, { copy: { source, item: 'abc', side: 300 }, as: 'base64' }, { text: '"}' }], ledger });
  const sent = Buffer.from(JSON.parse(lastBody()).url.slice('data:image/jpeg;base64,'.length), 'base64');
  assert.ok(sent.equals(expected));
  const told = events.find(({ kind }) => kind === 'FetchSent');
  assert.equal(told.bytes, lastBody().length);
  assert.deepEqual([told.copy.width, told.copy.height, told.copy.bytes], [300, 200, expected.length]);
  assert.match(told.copy.hash, /^[0-9a-f]{32}$/);

  await call({ url: `${server.url}/v1`, body: [{ text: '--x\r\n\r\n' }, { copy: { source, item: 'abc', side: 300 }, as: 'bytes' }, { text: '\r\n--x--' }] });
  assert.ok(lastBody().equals(Buffer.concat([Buffer.from('--x\r\n\r\n'), expected, Buffer.from('\r\n--x--')])));
});

test('black boxes and a limit on the size reach the copy, for the call and for item.copy alike', async () => {
  const { call, sources } = makeSending({ pool });
  const { source } = sources.add(new Blob([png(600, 400, (x, y) => [x & 255, y & 255, (x * y) & 255])]), 'a.png');
  const wishes = { boxes: [[0.25, 0.25, 0.5, 0.5]], max_bytes: 9000 };
  const out = new PicturesOut({ pool, sources });
  const plain = await (await out.make({ what: 'copy', source, long_side: 300 })).arrayBuffer();
  await call({ url: `${server.url}/v1`, body: [{ copy: { source, item: 'abc', side: 300, ...wishes }, as: 'bytes' }] });
  assert.ok(plain.byteLength > 9000, 'the limit has something to do');
  assert.ok(lastBody().length <= 9000);
  const again = await out.make({ what: 'copy', source, long_side: 300, ...wishes });
  assert.ok(Buffer.from(await again.arrayBuffer()).equals(lastBody()));
  const seen = await pool.run('pixels', { file: new Blob([lastBody()]) });
  const middle = new Uint8Array(seen.rgba, 4 * ((seen.height >> 1) * seen.width + (seen.width >> 1)), 3);
  assert.ok(Math.max(...middle) < 24, `the middle is ${middle}`);
});

test('a box that is no box stops the call: nothing is sent', async () => {
  const { call, sources } = makeSending({ pool });
  const { source } = sources.add(new Blob([png(60, 40, gradient)]), 'a.png');
  const before = server.requests.length;
  for (const box of [[0, 0, 1], [0, 0, null, 1], 'all']) {
    const failed = await call({ url: `${server.url}/v1`, body: [{ copy: { source, item: 'a', side: 60, boxes: [box] }, as: 'bytes' }] });
    assert.deepEqual([failed.kind, failed.error.code, failed.sent], ['FetchFailed', 'invalid_input', false]);
  }
  assert.equal(server.requests.length, before);
});

test('files become base64 exactly, at every remainder and every border of a piece', async () => {
  const gather = 3 << 18;
  for (const size of [0, 1, 2, 3, 4, 5, 64, 524_287, 524_288, 524_289, gather - 1, gather, gather + 1, 2 * gather + 2, 3_000_001]) {
    const bytes = randomBytes(size);
    const { base64 } = await pool.run('base64', { file: new Blob([bytes]) });
    assert.equal(await base64.text(), bytes.toString('base64'), `${size} bytes`);
  }
});

test('a file part goes whole: as bytes, or as base64', async () => {
  const { call, sources } = makeSending({ pool });
  const bytes = randomBytes(1_000_000);
  const { source } = sources.add(new Blob([bytes]), 'a.wav');
  await call({ url: `${server.url}/v1`, body: [{ file: source }] });
  assert.equal(createHash('sha256').update(lastBody()).digest('hex'), createHash('sha256').update(bytes).digest('hex'));
  await call({ url: `${server.url}/v1`, body: [{ text: '"' }, { file: source, as: 'base64' }, { text: '"' }] });
  assert.equal(lastBody().toString(), `"${bytes.toString('base64')}"`);
});

test('a picture that is gone or damaged is the fault of the picture, and nothing is sent', async () => {
  const { call, sources } = makeSending({ pool });
  const before = server.requests.length;
  const whole = png(300, 300, () => randomBytes(3));
  const { source } = sources.add(new Blob([whole.subarray(0, whole.length >> 1)]), 'half.png');
  for (const [picture, code] of [[source, 'truncated'], [999, 'not_found']]) {
    const failed = await call({ url: `${server.url}/v1`, body: [{ copy: { source: picture, item: 'a', side: 100 }, as: 'base64' }], ledger });
    assert.deepEqual([failed.kind, failed.error.code, failed.sent], ['FetchFailed', code, false]);
  }
  assert.equal(server.requests.length, before);
});

test('the ledger has a row for what was sent, from the moment it was, and what it cost later', async () => {
  const { call, sources, rows, sending, obey, events } = makeSending({ pool });
  const { source } = sources.add(new Blob([png(60, 40, gradient)]), 'a.png');
  await call({ url: `${server.url}/v1`, body: [{ copy: { source, item: 'abc', side: 60 }, as: 'base64' }], ledger });
  const kinds = events.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['FetchSent', 'FetchHead', 'FetchDone']);
  await sending.ledger.flush();
  assert.equal(rows.length, 1);
  const { id, time, ...row } = rows[0];
  assert.deepEqual(row, { host: new URL(server.url).host, bytes: lastBody().length, copy: events[0].copy, what: 'caption', item: 'abc', provider: 'test', model: 'eye-1' });
  assert.ok(Math.abs(time - Date.now()) < 60_000);
  obey('AddToLedger', { call: 1, input_tokens: 120, output_tokens: 30 });
  await sending.ledger.flush();
  assert.deepEqual([rows[1].id, rows[1].input_tokens, rows[1].bytes], [id, 120, row.bytes]);
});

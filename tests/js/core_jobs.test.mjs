// The real worker with the real core.wasm, in node's threads.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { crc32 } from 'node:zlib';
import { gradient, nodePool, png } from './core_setup.mjs';

const pool = nodePool();
test.after(() => pool.close());
const blobOf = (bytes) => new Blob([bytes]);

test('inspecting a picture tells everything about it in one go', async () => {
  const bytes = png(600, 400, gradient);
  const about = await pool.run('inspect', { file: blobOf(bytes), name: 'a.png', thumb: 150 });
  assert.match(about.hash, /^[0-9a-f]{32}$/);
  assert.equal(about.crc32, crc32(bytes));
  assert.equal(about.bytes, bytes.length);
  assert.deepEqual([about.format, about.mime, about.width, about.height], ['png', 'image/png', 600, 400]);
  assert.deepEqual([about.orientation, about.alpha, about.animated, about.taken], [1, false, false, null]);
  assert.match(about.phash, /^[0-9a-f]{16}$/);
  assert.deepEqual([about.thumb.width, about.thumb.height], [150, 100]);
  assert.equal(about.thumb.rgba.byteLength, 150 * 100 * 4);
  assert.equal(about.thumbFile.type, 'image/jpeg');
  assert.equal(new Uint8Array(about.thumbFile.bytes)[0], 0xff);
});

test('a stored thumbnail gives its pixels again', async () => {
  const about = await pool.run('inspect', { file: blobOf(png(600, 400, gradient)), thumb: 150 });
  const again = await pool.run('thumbnail', { bytes: about.thumbFile.bytes });
  assert.deepEqual([again.width, again.height], [150, 100]);
  const [a, b] = [new Uint8Array(again.rgba), new Uint8Array(about.thumb.rgba)];
  const error = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
  assert.ok(error < 8, `the mean difference is ${error}`);
});

test('transparency survives in the thumbnail, as PNG', async () => {
  const file = blobOf(png(300, 300, (x, y) => [255, 0, 0, x < 150 ? 0 : 255], { alpha: true }));
  const about = await pool.run('inspect', { file, thumb: 100 });
  assert.equal(about.alpha, true);
  assert.equal(about.thumbFile.type, 'image/png');
  const again = await pool.run('thumbnail', { bytes: about.thumbFile.bytes });
  assert.equal(new Uint8Array(again.rgba)[3], 0);
});

test('a copy for a model is a reduced JPEG; pixels come in the size asked for', async () => {
  const file = blobOf(png(600, 400, gradient));
  const copy = await pool.run('copy', { file, longSide: 300, quality: 80 });
  assert.deepEqual([copy.width, copy.height], [300, 200]);
  const jpeg = blobOf(copy.bytes);
  assert.equal((await pool.run('inspect', { file: jpeg })).format, 'jpg');
  const full = await pool.run('pixels', { file, longSide: 0 });
  assert.deepEqual([full.width, full.height, full.rgba.byteLength], [600, 400, 600 * 400 * 4]);
  assert.deepEqual([...new Uint8Array(full.rgba, (5 * 600 + 7) * 4, 4)], [7, 5, 12, 255]);
  const small = await pool.run('pixels', { file, longSide: 60 });
  assert.deepEqual([small.width, small.height], [60, 40]);
});

test('stripping a file that says nothing about its maker changes nothing', async () => {
  const bytes = png(20, 20, gradient);
  const { bytes: stripped, crc32: sum, size } = await pool.run('strip', { file: blobOf(bytes) });
  assert.deepEqual([stripped, sum, size], [null, crc32(bytes), bytes.length]);
});

test('what is no picture, or only half of one, is named', async () => {
  const whole = png(200, 200, (x, y) => randomBytes(3));
  const cases = [
    [blobOf(''), 'invalid_input'],
    [blobOf('hello, this is a text and no picture'), 'invalid_input'],
    [blobOf(whole.subarray(0, whole.length >> 1)), 'truncated'],
  ];
  for (const [file, code] of cases) {
    await assert.rejects(pool.run('inspect', { file, name: 'x.png' }), (error) => {
      assert.equal(error.code, code);
      assert.ok(error.message.length > 10 && error.hint.length > 10);
      return true;
    });
  }
});

test('content that came damaged out of an archive is noticed when it is inspected', async () => {
  const bytes = png(20, 20, gradient);
  await pool.run('inspect', { file: blobOf(bytes), expectCrc32: crc32(bytes) });
  await assert.rejects(pool.run('inspect', { file: blobOf(bytes), expectCrc32: 1 }), { code: 'invalid_input' });
});

test('checksums equal zlib’s, whole, in slices and in batches', async () => {
  const bytes = randomBytes(9_000_001);
  const seen = [];
  const one = await pool.run('checksum', { file: blobOf(bytes) }, { onProgress: (done) => seen.push(done) });
  assert.deepEqual(one, { crc32: crc32(bytes), size: bytes.length });
  assert.equal(seen.at(-1), bytes.length);
  const files = [bytes.subarray(0, 10), bytes.subarray(5, 30_000), Buffer.alloc(0)];
  const { crc32s } = await pool.run('checksums', { files: files.map(blobOf) });
  assert.deepEqual(crc32s, files.map((f) => crc32(f)));
});

test('an unknown job is refused without harm to the worker', async () => {
  await assert.rejects(pool.run('nonsense', {}), { code: 'internal' });
  await pool.run('checksum', { file: blobOf('x') });
});

// Archives from the page's side: references in, one Blob out; and an archive opened without reading it whole.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { buildZip, nodePool, writeZip } from './core_setup.mjs';

const pool = nodePool();
test.after(() => pool.close());

/** What another program says about the archive. */
async function withFile(blob, work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'vignette-'));
  try {
    const file = path.join(folder, 'a.zip');
    writeFileSync(file, Buffer.from(await blob.arrayBuffer()));
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const unzipFinds = (file) => spawnSync('unzip', ['-tq', file], { encoding: 'utf8' }).stdout;

const contents = [randomBytes(100_000), Buffer.alloc(0), randomBytes(3)];
const some = () => [
  { name: 'a/one.jpg', blob: new Blob([contents[0]]), crc32: crc32(contents[0]) },
  { name: 'a/one.txt', text: 'ein Hündchen 🐶\n' },
  { name: 'empty.bin', blob: new Blob([contents[1]]) },
  { name: 'b.txt', text: '' },
  { name: 'Straße/two.jpg', blob: new Blob([contents[2]]) },
];

test('an archive of warm, cold and textual entries opens in unzip and here', async () => {
  const archive = await buildZip(some(), { pool });
  assert.match(await withFile(archive, unzipFinds), /No errors/);
  const { entries, warnings } = await pool.run('zip.open', { file: archive });
  assert.deepEqual(warnings, []);
  assert.deepEqual(entries.map((e) => [e.name, e.size]), [
    ['a/one.jpg', 100_000], ['a/one.txt', 19], ['empty.bin', 0], ['b.txt', 0], ['Straße/two.jpg', 3]]);
  const { blob } = await pool.run('zip.extract', { file: archive, entry: entries[1] });
  assert.equal(await blob.text(), 'ein Hündchen 🐶\n');
  assert.deepEqual(Buffer.from(await (await pool.run('zip.extract', { file: archive, entry: entries[0] })).blob.arrayBuffer()), contents[0]);
});

test('a file longer than a part is summed in parts, and the sum is that of the whole', async () => {
  const big = Buffer.alloc(70 * 1024 * 1024 + 5, 'vignette');
  const seen = [];
  const archive = await buildZip([{ name: 'big.bin', blob: new Blob([big]) }], { pool, onProgress: (...p) => seen.push(p) });
  const { entries } = await pool.run('zip.open', { file: archive });
  assert.equal(entries[0].crc32, crc32(big));
  assert.equal(seen.length, 3);
  assert.deepEqual(seen.at(-1), [big.length, big.length]);
});

test('the same content gives the same archive', async () => {
  const [a, b] = [await buildZip(some(), { pool }), await buildZip(some(), { pool })];
  assert.deepEqual(await a.arrayBuffer(), await b.arrayBuffer());
});

test('streaming to a file writes the same bytes, with progress, and closes', async () => {
  const chunks = [];
  const progress = [];
  let closed = false;
  const writable = { write: async (part) => chunks.push(part), close: async () => (closed = true), abort: async () => {} };
  await writeZip(some(), { pool, onProgress: (...p) => progress.push(p) }, writable);
  assert.ok(closed);
  assert.deepEqual(await new Blob(chunks).arrayBuffer(), await (await buildZip(some(), { pool })).arrayBuffer());
  const [done, size] = progress.at(-1);
  assert.equal(done, size);
});

test('a failing disk aborts the file and tells', async () => {
  let aborted = false;
  const writable = { write: async () => { throw Object.assign(new Error('full'), { name: 'QuotaExceededError' }); }, close: async () => {}, abort: async () => (aborted = true) };
  await assert.rejects(writeZip(some(), { pool }, writable), { code: 'too_large' });
  assert.ok(aborted);
});

test('names that escape, names given twice and changed files are refused', async () => {
  await assert.rejects(buildZip([{ name: '../x', text: '' }], { pool }), { code: 'refused' });
  await assert.rejects(buildZip([{ name: 'x', text: '' }, { name: 'x', text: '' }], { pool }), { code: 'invalid_input' });
  await assert.rejects(buildZip([{ name: 'x', blob: new Blob(['abc']), size: 4, crc32: 1 }], { pool }), { code: 'invalid_input' });
});

test('half a surrogate pair in a caption becomes a replacement sign, not an error', async () => {
  const archive = await buildZip([{ name: 'a.txt', text: 'broken \ud83d here' }], { pool });
  const { entries } = await pool.run('zip.open', { file: archive });
  assert.equal(await (await pool.run('zip.extract', { file: archive, entry: entries[0] })).blob.text(), 'broken \ufffd here');
});

test('cancelling stops the sums', async () => {
  const stop = new AbortController();
  const blob = new Blob([Buffer.alloc(40 * 1024 * 1024)]);
  const building = buildZip(Array.from({ length: 8 }, (_, i) => ({ name: `${i}`, blob })), { pool, signal: stop.signal });
  stop.abort();
  await assert.rejects(building, { code: 'cancelled' });
  assert.equal(pool.waiting, 0);
});

/** A deflated entry, which our writer does not make. */
function deflatedZip(name, content, sum = crc32(content)) {
  const packed = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(sum, 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return new Blob([local, central, end]);
}

test('deflated entries come out unpacked and checked', async () => {
  const content = Buffer.from('caption '.repeat(1000));
  const archive = deflatedZip('a.txt', content);
  const { entries } = await pool.run('zip.open', { file: archive });
  const { bytes } = await pool.run('zip.extract', { file: archive, entry: entries[0] });
  assert.deepEqual(Buffer.from(bytes), content);
  const damaged = deflatedZip('a.txt', content, 5);
  const entry = (await pool.run('zip.open', { file: damaged })).entries[0];
  await assert.rejects(pool.run('zip.extract', { file: damaged, entry }), { code: 'invalid_input' });
});

test('a refused entry tells why when it is asked for, and the archive still opens', async () => {
  const archive = deflatedZip('../up.txt', Buffer.from('x'));
  const { entries } = await pool.run('zip.open', { file: archive });
  assert.equal(entries[0].problem.code, 'refused');
  await assert.rejects(pool.run('zip.extract', { file: archive, entry: entries[0] }), { code: 'refused' });
});

test('a file that is no archive, or half of one, says so', async () => {
  await assert.rejects(pool.run('zip.open', { file: new Blob(['no archive']) }), { code: 'truncated' });
  const archive = await buildZip(some(), { pool });
  await assert.rejects(pool.run('zip.open', { file: archive.slice(0, archive.size - 30) }), { code: 'truncated' });
});

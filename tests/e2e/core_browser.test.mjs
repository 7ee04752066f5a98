// What the workers can only do in a real browser: decode AVIF with its help, read picked files, write to OPFS; all under
// the site's content policy.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';

import { serveFolders } from '../js/core_static.mjs';
import { launch } from './browser.mjs';

const core = path.resolve(process.env.VIGNETTE_CORE ?? 'build/wasm/core');
const folder = mkdtempSync(path.join(tmpdir(), 'vignette-core-'));
const file = (name) => path.join(folder, name);
let server, browser, page;
const troubles = [];

before(async () => {
  const picture = () => sharp({ create: { width: 640, height: 360, channels: 3, background: { r: 200, g: 40, b: 40 } } });
  await picture().avif({ quality: 60 }).toFile(file('plain.avif'));
  await picture().ensureAlpha(0.5).avif({ quality: 60 }).toFile(file('clear.avif'));
  await picture().jpeg().toFile(file('a.jpg'));
  writeFileSync(file('broken.avif'), Buffer.concat([await picture().avif().toBuffer().then((b) => b.subarray(0, b.length >> 1))]));
  server = await serveFolders({ '/core/': core }, {
    '/index.html': '<!doctype html><input type="file" multiple><script type="module" src="page.mjs"></script>',
    '/page.mjs': `import { createPool } from '/core/pool.mjs'; import { buildZip, writeZip } from '/core/zip.mjs';
      Object.assign(globalThis, { pool: createPool(), createPool, buildZip, writeZip,
        file: (name) => [...document.querySelector('input').files].find((f) => f.name === name),
        inspect: (name) => pool.run('inspect', { file: file(name), name, thumb: 128 }).catch((e) => ({ error: e.toJSON() })) });`,
  });
  browser = await launch();
  page = await browser.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => /policy|refused/i.test(message.text()) && troubles.push(message.text()));
  await page.goto(`${server.url}/index.html`);
  await page.waitForFunction(() => globalThis.inspect);
  await page.setInputFiles('input', ['plain.avif', 'clear.avif', 'broken.avif', 'a.jpg'].map(file));
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

const inspect = (name) => page.evaluate(async (n) => {
  const about = await globalThis.inspect(n);
  if (about.thumb) about.pixel = [...new Uint8Array(about.thumb.rgba, 0, 4)];
  return about;
}, name);

test('an AVIF picture is decoded by the browser and measured, shown and hashed like any other', async () => {
  const about = await inspect('plain.avif');
  assert.deepEqual([about.format, about.width, about.height], ['avif', 640, 360]);
  assert.deepEqual([about.thumb.width, about.thumb.height, about.thumbFile.type], [128, 72, 'image/jpeg']);
  assert.ok(Math.abs(about.pixel[0] - 200) < 6 && Math.abs(about.pixel[1] - 40) < 6, `${about.pixel}`);
  assert.match(about.hash, /^[0-9a-f]{32}$/);
  assert.match(about.phash, /^[0-9a-f]{16}$/);
});

test('transparency of an AVIF survives', async () => {
  const about = await inspect('clear.avif');
  assert.equal(about.thumbFile.type, 'image/png');
  assert.ok(Math.abs(about.pixel[3] - 128) < 6);
});

test('an AVIF is copied for a model, and given in full, through the same door', async () => {
  const made = await page.evaluate(async () => {
    const copy = await pool.run('copy', { file: file('plain.avif'), longSide: 320, quality: 80 });
    const full = await pool.run('pixels', { file: file('plain.avif') });
    return { copy: [copy.width, copy.height, new Uint8Array(copy.bytes)[0]], full: [full.width, full.height, full.rgba.byteLength] };
  });
  assert.deepEqual(made, { copy: [320, 180, 0xff], full: [640, 360, 640 * 360 * 4] });
});

test('half an AVIF is an error with advice', async () => {
  const { error } = await inspect('broken.avif');
  assert.ok(['unsupported', 'truncated', 'invalid_input'].includes(error.code), error.code);
  assert.ok(error.hint.length > 10);
});

test('an archive streams into a file of the browser’s own, equal to the one made of references', async () => {
  const same = await page.evaluate(async () => {
    const entries = () => [{ name: 'a.jpg', blob: file('a.jpg') }, { name: 'a.txt', text: 'a red field' }];
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('a.zip', { create: true });
    await writeZip(entries(), { pool }, await handle.createWritable());
    const [a, b] = await Promise.all([handle.getFile(), buildZip(entries(), { pool })].map(async (f) => new Uint8Array(await (await f).arrayBuffer())));
    return a.length === b.length && a.length > 100 && a.every((byte, i) => byte === b[i]);
  });
  assert.ok(same);
});

test('cancelling ends the running worker, and the next job gets a new one', async () => {
  const outcome = await page.evaluate(async () => {
    const crew = createPool({ size: 1 });
    const lost = crew.run('inspect', { file: file('a.jpg') }, { group: 'g' }).catch((e) => e.code);
    await new Promise((resolve) => setTimeout(resolve, 5));
    crew.cancel('g');
    return [await lost, (await crew.run('inspect', { file: file('a.jpg') })).format];
  });
  assert.deepEqual(outcome, ['cancelled', 'jpg']);
});

test('nothing so far went against the content policy', () => assert.deepEqual(troubles, []));

test('a file that was deleted after it was picked is reported as gone', async () => {
  rmSync(file('a.jpg'));
  const { error } = await inspect('a.jpg');
  assert.equal(error.code, 'not_found', JSON.stringify(error));
  assert.match(error.message, /a\.jpg/);
});

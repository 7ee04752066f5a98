// A person's whole path: drop forty files, see them, write a caption, undo, export, open the ZIP elsewhere.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, openApp, startRelay } from './browser.mjs';
import { fortyFiles } from './pictures.mjs';

let relay, browser, app, files;
const folder = mkdtempSync(join(tmpdir(), 'vignette-flow-'));

before(async () => {
  files = await fortyFiles();
  relay = await startRelay();
  browser = await launch();
  app = await openApp(browser, relay.url);
});
after(async () => {
  await browser?.close();
  await relay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the empty app says what to do, and its buttons are real', async () => {
  await app.widget(/Choose pictures/, 'button');
  await app.widget(/sample set/, 'button');
  await app.shot('empty-dark');
});

test('forty files dropped: thirty-eight pictures, two rejected with a reason, each named', async () => {
  await app.drop(files);
  const { items } = await app.state();
  assert.equal(items.length, 38);
  const job = (await app.state()).jobs[0];
  assert.equal(job.failed, 2);
  await app.run('jobs.report');
  await app.settle();
  const words = (await app.widgets()).map((w) => `${w.name} ${w.value ?? ''}`).join('\n');
  assert.match(words, /cut-off\.jpg/);
  assert.match(words, /not-a-picture\.jpg/);
  await app.shot('rejections');
  await app.page.keyboard.press('Escape');
  await app.settle();
  await app.shot('library-forty');
});

test('sizes are upright for all eight orientations, in natural order', async () => {
  const { items } = await app.state();
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const item = items.find(({ name }) => name === `camera_${orientation}.jpg`);
    assert.deepEqual([item.width, item.height], [320, 200], item.name);
  }
  const names = items.map(({ name }) => name);
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })));
});

test('a caption is typed with the real keyboard into a real field, and saved when typing stops', async () => {
  await app.click(/camera_1\.jpg/, 'gridcell');
  await app.page.keyboard.press('e');
  await app.settle();
  await app.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await app.page.keyboard.type('A red and green test card');
  await app.shot('caption-typing');
  assert.equal((await app.state()).saved, false);
  for (let i = 0; i < 65; i += 1) { // a pointer that never rests keeps nothing from being saved
    await app.page.mouse.move(700 + (i % 50), 300);
    await app.page.waitForTimeout(20);
  }
  const item = (await app.state()).items.find(({ name }) => name === 'camera_1.jpg');
  assert.equal(item.captions.main.text, 'A red and green test card');
  assert.equal(item.captions.main.author, 'human');
});

test('an input method composes Japanese, dead keys and emoji arrive whole', async () => {
  const cdp = await app.context.newCDPSession(app.page);
  await app.page.keyboard.press('Control+Enter');
  await app.settle();
  await cdp.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await app.page.waitForTimeout(100);
  assert.match(await app.page.evaluate(() => document.activeElement.value), /にほ/);
  await cdp.send('Input.imeSetComposition', { text: '日本', selectionStart: 2, selectionEnd: 2 });
  await cdp.send('Input.insertText', { text: '日本' });
  await app.page.keyboard.insertText('の花瓶 é 🙂 مزهرية');
  await app.page.keyboard.press('Escape');
  await app.settle();
  const item = (await app.state()).items.find(({ name }) => name === 'camera_2.jpg');
  assert.equal(item.captions.main.text, '日本の花瓶 é 🙂 مزهرية');
  await app.shot('caption-scripts');
});

test('undo and redo go through the same edits as the keyboard', async () => {
  await app.page.keyboard.press('Control+z');
  await app.settle();
  assert.equal((await app.state()).items.find(({ name }) => name === 'camera_2.jpg').captions.main, undefined);
  await app.page.keyboard.press('Control+Shift+z');
  await app.settle();
  assert.equal((await app.state()).items.find(({ name }) => name === 'camera_2.jpg').captions.main.text, '日本の花瓶 é 🙂 مزهرية');
});

test('the palette finds a command by its words and runs it', async () => {
  await app.page.keyboard.press('Control+k');
  await app.settle();
  await app.page.keyboard.type('go to exp');
  await app.settle();
  await app.shot('palette');
  await app.page.keyboard.press('Enter');
  await app.settle();
  await app.shot('export-blocked');
  await app.widget(/has no caption|have no caption/);
});

test('the exported ZIP downloads and opens with unzip and with Python', async () => {
  const { items } = await app.state();
  for (const item of items) {
    if (!item.captions.main) await app.run('caption.set', { item: item.id, text: `picture ${item.name}, plain.` });
  }
  await app.run('dataset.context', { context: 'Test Card' });
  await app.settle();
  await app.shot('export-ready');
  const download = app.page.waitForEvent('download');
  await app.click(/^Export \d+/, 'button');
  const file = await download;
  assert.equal(file.suggestedFilename(), 'test_card_training.zip');
  const path = join(folder, 'out.zip');
  await file.saveAs(path);
  execFileSync('unzip', ['-tq', path]);
  const listing = JSON.parse(execFileSync('python3', ['-c', `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps({n: (z.read(n).decode() if n.endswith('.txt') else len(z.read(n))) for n in z.namelist()}))`, path]));
  assert.equal(Object.keys(listing).length, 76);
  assert.equal(listing['camera_1.txt'], 'A red and green test card');
  assert.equal(listing['camera_2.txt'], '日本の花瓶 é 🙂 مزهرية');
  assert.equal(listing['camera_1.jpg'], files[0].bytes.length);
  assert.equal(listing['photo 1.txt'], 'picture photo 1.jpeg, plain');
  await app.idle();
  assert.equal((await app.state()).saved, true);
});

test('an exported ZIP dropped on an empty dataset comes back with its captions', async () => {
  await app.run('dataset.new-now');
  const { readFileSync } = await import('node:fs');
  await app.drop([{ name: 'out.zip', type: 'application/zip', bytes: readFileSync(join(folder, 'out.zip')) }]);
  const { items } = await app.state();
  assert.equal(items.length, 38);
  assert.equal(items.find(({ name }) => name === 'camera_2.jpg').captions.main.text, '日本の花瓶 é 🙂 مزهرية');
});

test('nothing went wrong on the page meanwhile', () => {
  assert.deepEqual(app.troubles, []);
});

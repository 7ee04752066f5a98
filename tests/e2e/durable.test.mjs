// Nothing is lost: the whole app in real Chromium, over reloads, tabs, browsers, full disks and damaged files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { added, item, newCatalogue, sqlite, written } from '../js/storage_setup.mjs';
import { App, launch, startRelay } from './browser.mjs';
import { Profile } from './profile.mjs';
import { manyPictures } from './storage_pictures.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'vignette-durable-'));
let relay, browser, pictures;

before(async () => {
  pictures = await manyPictures(12);
  relay = await startRelay();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One browser profile; `work` gets a function that opens the app in a new tab of it. `disk`: one that is kept on it. */
async function inProfile(work, { disk = false } = {}) {
  const profile = disk ? new Profile() : null;
  const context = profile ? await profile.start() : await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', acceptDownloads: true });
  const troubles = [];
  const openTab = async () => {
    const page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(relay.url);
    return ready(new App(page, context, troubles));
  };
  try {
    await work(openTab, context);
  } finally {
    await (profile ? profile.remove() : context.close());
  }
  assert.deepEqual(troubles, []);
}
async function ready(app) {
  await app.page.waitForFunction(() => globalThis.vignette?.ready);
  await app.page.evaluate(() => vignette.ready);
  await app.idle();
  return app;
}
async function reload(app) {
  await app.page.reload();
  return ready(app);
}
const saved = (app) => app.page.waitForFunction(() => vignette.state().saved, null, { timeout: 30_000 });
const textOf = async (app, id) => (await app.state()).items.find((one) => one.id === id)?.captions.main?.text;
const storage = async (app) => (await app.state()).storage;

const add = (app, files) => app.page.evaluate((list) => vignette.addFiles(list.map(({ name, base64 }) =>
  new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))), files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })));

/** What a script command answers with, as bytes. */
async function bytesFrom(app, id, args = {}) {
  const base64 = await app.page.evaluate(async ([command, given]) => {
    const bytes = new Uint8Array(await (await vignette.run(command, given)).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }, [id, args]);
  return Buffer.from(base64, 'base64');
}

/** A set of pictures with two captions, saved. */
async function begin(app) {
  await add(app, pictures);
  const { items } = await app.state();
  await app.run('caption.set', { item: items[0].id, text: 'a red bicycle' });
  await app.run('caption.set', { item: items[1].id, text: 'ein “blaues” Fahrrad 🚲' });
  await saved(app);
  return items.map(({ id }) => id);
}

test('a reload keeps everything, and undo goes on behind it', () => inProfile(async (openTab) => {
  const app = await openTab();
  const ids = await begin(app);
  await reload(app);
  const { items, saved: isSaved } = await app.state();
  assert.deepEqual([items.map(({ id }) => id), isSaved], [ids, true]);
  assert.equal(await textOf(app, ids[1]), 'ein “blaues” Fahrrad 🚲');
  const copy = await app.page.evaluate(async (id) => (await vignette.run('item.thumbnail', { item: id })).size, ids[3]);
  assert.ok(copy > 100, 'its picture can be read');
  const { moments } = await app.run('history.list');
  assert.equal(moments.length, 3);
  await app.run('undo');
  await app.idle();
  assert.equal(await textOf(app, ids[1]), undefined);
  await app.run('undo');
  await app.run('undo');
  await app.page.waitForFunction(() => vignette.state().items.length === 0);
  await saved(app);
  await reload(app);
  assert.equal((await app.state()).items.length, 0, 'what was undone stays so');
  for (let i = 0; i < 3; i += 1) {
    await app.run('redo');
    await app.idle();
  }
  assert.equal(await textOf(app, ids[1]), 'ein “blaues” Fahrrad 🚲');
  await saved(app);
}));

test('what is typed when the tab goes away is there the next time', () => inProfile(async (openTab) => {
  const app = await openTab();
  const ids = await begin(app);
  await app.run('items.select', { ids: [ids[2]] });
  await app.page.keyboard.press('e');
  await app.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await app.page.keyboard.type('typed a moment ago');
  await app.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await saved(app);
  await reload(app);
  assert.ok((await app.state()).items.some(({ captions }) => captions.main?.text === 'typed a moment ago'));
}));

test('a second tab looks and says so, takes over, and the first one then looks', () => inProfile(async (openTab) => {
  const one = await openTab();
  const ids = await begin(one);
  const two = await openTab();
  assert.deepEqual([(await storage(two)).mode, (await two.state()).items.length], ['read_only', ids.length]);
  assert.match((await storage(two)).message, /another tab/);
  await two.shot('second-tab');
  await assert.rejects(two.run('caption.set', { item: ids[0], text: 'no' }));
  await two.run('storage.take-over');
  await two.idle();
  assert.equal((await storage(two)).mode, 'ready');
  await one.page.waitForFunction(() => vignette.state().storage.mode === 'read_only');
  await two.run('caption.set', { item: ids[0], text: 'written by the second' });
  await saved(two);
  await one.page.close();
  await reload(two);
  assert.equal(await textOf(two, ids[0]), 'written by the second');
}));

test('several datasets, and a project file that opens in another browser with its pictures and its steps', () => inProfile(async (openTab) => {
  const app = await openTab();
  const ids = await begin(app);
  await app.run('datasets.rename', { name: 'Bicycles' });
  const first = (await storage(app)).dataset;
  await app.run('datasets.create', { name: 'Cats' });
  await app.idle();
  assert.deepEqual([(await app.state()).dataset.name, (await app.state()).items.length], ['Cats', 0]);
  await app.run('room.datasets');
  await app.idle();
  await app.shot('datasets');
  await app.run('datasets.open', { id: first });
  await app.idle();
  assert.deepEqual([(await app.state()).dataset.name, (await app.state()).items.length], ['Bicycles', ids.length]);

  const catalogue = path.join(folder, 'catalogue.sqlite');
  writeFileSync(catalogue, await bytesFrom(app, 'catalogue.save'));
  assert.equal(execFileSync('sqlite3', [catalogue, 'PRAGMA integrity_check']).toString().trim(), 'ok');
  const python = `import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute("SELECT text FROM captions WHERE set_name = 'main' ORDER BY time"): print(row[0])`;
  assert.deepEqual(execFileSync('python3', ['-c', python, catalogue]).toString().trim().split('\n'), ['a red bicycle', 'ein “blaues” Fahrrad 🚲']);

  const project = await bytesFrom(app, 'project.save');
  await inProfile(async (openThere) => {
    const there = await openThere();
    await add(there, [{ name: 'Bicycles.vignette', bytes: project }]);
    await there.page.waitForFunction((count) => vignette.state().items.length === count, ids.length);
    await there.idle();
    await reload(there);
    assert.equal((await there.state()).dataset.name, 'Bicycles');
    assert.equal(await textOf(there, ids[0]), 'a red bicycle');
    assert.deepEqual((await storage(there)).missing, []);
    assert.ok((await there.page.evaluate(async (id) => (await vignette.run('item.copy', { item: id })).size, ids[5])) > 100);
    await there.run('undo'); // the rename
    await there.run('undo');
    await there.page.waitForFunction(() => vignette.state().items.every(({ captions }) => !/Fahrrad/.test(captions.main?.text ?? '')));
  });
}));

test('a full disk during an import and an edit: it is said, nothing is lost, and saving again helps', () => inProfile(async (openTab, context) => {
  const app = await openTab();
  const ids = await begin(app);
  const cdp = await context.newCDPSession(app.page);
  const quota = (quotaSize) => cdp.send('Storage.overrideQuotaForOrigin', { origin: relay.url, ...(quotaSize === undefined ? {} : { quotaSize }) });
  await quota(1);
  const long = 'words '.repeat(20_000);
  await app.run('caption.set', { item: ids[4], text: `long ${long}` });
  await add(app, await manyPictures(6, 100));
  await app.page.waitForFunction(() => vignette.state().storage.trouble !== null);
  const full = await app.state();
  assert.deepEqual([full.saved, full.items.length], [false, ids.length + 6]);
  assert.match(full.storage.trouble, /room/);
  await app.shot('full-disk');
  assert.ok((await bytesFrom(app, 'project.save', { pictures: true })).length > long.length / 10, 'the way out has it all');
  await quota();
  await app.run('storage.retry');
  await saved(app);
  await reload(app);
  assert.equal((await app.state()).items.length, ids.length + 6);
  assert.ok((await textOf(app, ids[4])).startsWith('long words'));
  assert.deepEqual((await storage(app)).missing, []);
}));

test('a damaged catalogue is recovered, and said to be', () => inProfile(async (openTab, context) => {
  const app = await openTab();
  const ids = await begin(app);
  await app.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await app.idle();
  const { dataset } = await storage(app);
  await app.page.goto('about:blank');
  const spare = await context.newPage();
  await spare.goto(`${relay.url}/icon.svg`); // of our origin, but without the app
  await spare.evaluate(async (id) => {
    let at = await navigator.storage.getDirectory();
    for (const name of ['vignette', 'datasets', id, 'catalogue', '.opaque']) at = await at.getDirectoryHandle(name);
    for await (const handle of at.values()) {
      const file = await handle.getFile();
      if (!(await file.slice(0, 32).text()).startsWith('/catalogue.sqlite\0')) continue;
      const writer = await handle.createWritable({ keepExistingData: true });
      await writer.write({ type: 'write', position: 4096, data: new Uint8Array(90).fill(0x5a) });
      await writer.close();
    }
  }, dataset);
  await spare.close();
  await app.page.goto(relay.url);
  await ready(app);
  assert.match((await storage(app)).notes.join(' '), /damaged/);
  assert.equal((await app.state()).items.length, ids.length);
  assert.equal(await textOf(app, ids[0]), 'a red bicycle');
  await app.shot('recovered');
}));

test('without OPFS the app works, says that nothing is stored, and gives a project file', () => inProfile(async (openTab, context) => {
  await context.addInitScript(() => delete StorageManager.prototype.getDirectory);
  const app = await openTab();
  await add(app, pictures);
  const { mode, message } = await storage(app);
  assert.equal(mode, 'memory');
  assert.match(message, /only in this tab/);
  await app.shot('memory');
  const sum = pictures.reduce((all, { bytes }) => all + bytes.length, 0);
  assert.ok((await bytesFrom(app, 'project.save')).length > sum);
}));

test('10,000 pictures: opened in under a second, an edit is stored in 50 ms, a replace over all in 2 s', () => inProfile(async (openTab) => {
  const kItems = 10_000;
  const { db, step } = newCatalogue();
  const numbers = Array.from({ length: kItems }, (_, i) => i);
  step(1, { items: added(...numbers.map((i) => item(i))), captions: numbers.map((i) => written(i, `a red bicycle leaning on a wall, picture ${i}`)) });
  const app = await openTab();
  await add(app, [{ name: 'big.sqlite', bytes: Buffer.from(sqlite.bytesOf(db)) }]);
  await app.page.waitForFunction((count) => vignette.state().items.length === count, kItems, { timeout: 60_000, polling: 500 });
  await app.idle();
  const { dataset } = await storage(app);
  await app.run('datasets.create', { name: 'Empty' });
  await app.idle();

  const empty = (await storage(app)).dataset;
  const measured = await app.page.evaluate(async ([id, other, count]) => {
    const now = () => performance.now();
    const until = async (test) => {
      while (!test()) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    let at = 0;
    let open = Infinity;
    for (let tries = 0; tries < 3 && open >= 1000; tries += 1) { // another program's burst only ever adds
      await vignette.run('datasets.open', { id: other });
      await vignette.idle();
      at = now();
      const frames = vignette.stats().frames;
      await vignette.run('datasets.open', { id });
      await until(() => vignette.stats().frames > frames);
      open = Math.min(open, now() - at);
      if (vignette.state().items.length !== count) throw new Error('not all is there');
    }
    await vignette.idle();
    const items = vignette.state().items.slice(0, 31);
    const edits = [];
    for (const [i, one] of items.entries()) {
      const before = vignette.stats().committed;
      at = now();
      await vignette.run('caption.set', { item: one.id, text: `edited ${i}` });
      await until(() => vignette.stats().committed > before);
      edits.push(now() - at);
    }
    const before = vignette.stats().committed;
    at = now();
    await vignette.run('caption.replace', { find: 'bicycle', replace: 'tandem' });
    await until(() => vignette.stats().committed > before);
    const replace = now() - at;
    return { open, edit: edits.sort((a, b) => a - b)[15], slowest: edits.at(-1), replace };
  }, [dataset, empty, kItems]);
  console.log(`# 10,000 pictures: opened in ${measured.open.toFixed(0)} ms; an edit ${measured.edit.toFixed(1)} ms (slowest ${measured.slowest.toFixed(0)}); replace ${measured.replace.toFixed(0)} ms`);
  assert.ok(measured.open < 1000, `opening took ${measured.open} ms`);
  assert.ok(measured.edit < 50, `an edit took ${measured.edit} ms`);
  assert.ok(measured.replace < 2000, `the replace took ${measured.replace} ms`);
  const steps = (await app.run('history.list')).moments.length;
  await app.run('undo');
  await app.idle();
  assert.equal((await app.run('history.list')).moments.filter(({ undone }) => undone).length, 1, 'the replace is one step');
  assert.ok(steps >= 2);
  await app.page.reload();
  await ready(app);
  assert.equal((await app.state()).items.length, kItems);
}, { disk: true }));

// Storing without the app: the client, the worker, SQLite and OPFS in real Chromium, driven by commits like those of C++.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from './browser.mjs';
import { openHarness, serveStorage } from './storage_harness.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'vignette-storage-'));
let server, browser;

before(async () => {
  server = await serveStorage();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser profile of its own; `work` gets its context and a first page. */
async function inProfile(work, options = {}) {
  const context = await browser.newContext(options);
  try {
    await work(context, await openHarness(context, server.url));
  } finally {
    await context.close();
  }
}
const open = (page, effect) => page.evaluate((e) => harness.open(e), effect ?? {});
const idle = (page) => page.evaluate(() => harness.idle());
async function reload(page) {
  await page.reload();
  await page.waitForFunction(() => globalThis.harness);
}
const texts = (opened) => opened.items.map(({ captions }) => captions.main?.text);

/** Everything in a folder of OPFS, as "path" → size. */
const filesIn = (page, where) => page.evaluate(async (names) => {
  let at = await navigator.storage.getDirectory();
  for (const name of names) at = await at.getDirectoryHandle(name);
  const found = {};
  for await (const [name, handle] of at.entries()) if (handle.kind === 'file') found[name] = (await handle.getFile()).size;
  return found;
}, where);

test('a first start has an empty dataset; what was stored is there after a reload, with its bytes and its steps', () => inProfile(async (context, page) => {
  const first = await open(page);
  assert.deepEqual([first.name, first.items, first.read_only, first.cursor], ['Untitled', [], false, 0]);
  const kinds = await page.evaluate(async () => {
    const out = [await harness.add(0, 3, { bytes: 5000, moment: 1 }), await harness.edit(1, 'a red bicycle', 2), await harness.edit(1, 'a blue bicycle', 3)];
    return out.map(({ kind }) => kind);
  });
  assert.deepEqual(kinds, ['Committed', 'Committed', 'Committed']);
  const sum = () => page.evaluate(async () => {
    const blob = await harness.sources.blobOf(harness.sources.sourceOf(harness.hex(2)));
    return [blob.size, [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))].join()];
  });
  const before = await sum();
  await reload(page);
  const again = await open(page);
  assert.deepEqual([again.id, again.cursor, texts(again)], [first.id, 3, ['picture 0', 'a blue bicycle', 'picture 2']]);
  assert.deepEqual(again.moments.map(({ label }) => label), ['Add 3', 'Edit', 'Edit']);
  assert.ok(again.items.every(({ source }) => source > 0));
  assert.deepEqual(await sum(), before);
  const loaded = await page.evaluate(async () => {
    const moment = harness.next('MomentLoaded');
    harness.obey({ kind: 'LoadMoment', id: 3 });
    const history = harness.next('CaptionHistoryLoaded');
    harness.obey({ kind: 'LoadCaptionHistory', item: harness.hex(1), set: 'main' });
    return [await moment, await history];
  });
  assert.equal(loaded[0].parts[0].captions[0].after.text, 'a blue bicycle');
  assert.deepEqual(loaded[1].entries.map(({ text }) => text), ['a blue bicycle', 'a red bicycle', 'picture 1']);
  assert.deepEqual(page.troubles, []);
}));

test('a second tab looks at a copy, cannot write, and can take over; then the first one only looks', () => inProfile(async (context, one) => {
  const { id } = await open(one);
  await one.evaluate(() => harness.add(0, 2, { moment: 1 }));
  const two = await openHarness(context, server.url);
  const looked = await open(two);
  assert.deepEqual([looked.id, looked.read_only, looked.items.length], [id, true, 2]);
  assert.equal((await two.evaluate(() => harness.events.find(({ kind }) => kind === 'StorageState'))).mode, 'read_only');
  assert.equal(await two.evaluate(async () => (await harness.sources.blobOf(harness.sources.sourceOf(harness.hex(1)))).size), 100, 'it reads pictures');
  const refused = await two.evaluate(() => harness.edit(0, 'from the second'));
  assert.equal(refused.error.code, 'read_only');

  await one.evaluate(() => void (globalThis.told = harness.next('StorageState', ({ mode }) => mode === 'read_only')));
  await one.evaluate(() => void harness.edit(0, 'just before', 2)); // on its way while the other takes over
  const taken = await open(two, { take_over: true });
  assert.deepEqual([taken.read_only, texts(taken)[0]], [false, 'just before']);
  assert.match((await one.evaluate(() => globalThis.told)).message, /took this dataset over/);
  assert.equal((await two.evaluate(() => harness.edit(0, 'from the second', 3))).kind, 'Committed');
  assert.equal((await one.evaluate(() => harness.edit(0, 'from the first', 4))).error.code, 'read_only');
  assert.equal((await one.evaluate(async () => {
    const history = harness.next('CaptionHistoryLoaded');
    harness.obey({ kind: 'LoadCaptionHistory', item: harness.hex(0), set: 'main' });
    return history;
  })).entries[0].text, 'just before', 'its copy can still be asked');
  assert.deepEqual([...one.troubles, ...two.troubles], []);
}));

const listed = (page, effect) => page.evaluate(async (e) => {
  const answer = harness.next('DatasetsListed');
  harness.obey(e);
  return (await answer).datasets;
}, effect);

test('several datasets: create, rename, duplicate, trash, restore; the trash goes when the session has ended', () => inProfile(async (context, page) => {
  const first = await open(page);
  await page.evaluate(() => harness.add(0, 2, { moment: 1, bytes: 3000 }));
  const second = await open(page, { kind: 'CreateDataset', name: 'Bicycles' });
  assert.deepEqual([second.name, second.items.length], ['Bicycles', 0]);
  assert.notEqual(second.id, first.id);
  await idle(page);
  const all = await listed(page, { kind: 'RenameDataset', id: first.id, name: 'Cats' });
  assert.deepEqual(all.map(({ name, items, captioned }) => [name, items, captioned]).sort(), [['Bicycles', 0, 0], ['Cats', 2, 2]]);
  const three = await listed(page, { kind: 'DuplicateDataset', id: first.id });
  const copy = three.find(({ name }) => name === 'Copy of Cats');
  assert.equal(copy.items, 2);
  assert.ok((await listed(page, { kind: 'TrashDataset', id: copy.id })).find(({ id }) => id === copy.id).trashed);
  assert.ok(!(await listed(page, { kind: 'RestoreDataset', id: copy.id })).find(({ id }) => id === copy.id).trashed);
  const opened = await open(page, { id: copy.id });
  assert.deepEqual([opened.name, opened.items.length, opened.moments.length], ['Copy of Cats', 2, 1]);
  assert.equal(await page.evaluate(async () => (await harness.sources.blobOf(harness.sources.sourceOf(harness.hex(1)))).size), 3000);
  await page.evaluate((id) => harness.obey({ kind: 'TrashDataset', id }), copy.id);
  await open(page, { id: second.id });
  await page.close();
  const later = await openHarness(context, server.url);
  assert.equal((await open(later)).id, second.id, 'the one that was open last');
  await idle(later);
  assert.deepEqual((await listed(later, { kind: 'ListDatasets' })).map(({ name }) => name).sort(), ['Bicycles', 'Cats']);
  assert.equal((await open(later, { id: copy.id })).error.code, 'not_found');
}));

test('a project file opens in another browser with the same pictures and steps, and its catalogue in any SQLite', () => inProfile(async (context, page) => {
  await open(page);
  await page.evaluate(() => harness.add(0, 5, { moment: 1, bytes: 100_000 }));
  await page.evaluate(() => harness.edit(2, 'ein rotes Fahrrad “quoted” 🚲', 2));
  const download = (effect) => page.evaluate(async (e) => {
    const blob = await harness.call(e);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }, effect);

  const catalogue = path.join(folder, 'catalogue.sqlite');
  writeFileSync(catalogue, Buffer.from(await download({ kind: 'SaveCatalogue' }), 'base64'));
  const python = `import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute('PRAGMA integrity_check').fetchone()[0])
for row in db.execute("SELECT text, author FROM captions JOIN items ON items.id = captions.item WHERE set_name = 'main' ORDER BY path"): print(*row)`;
  const read = execFileSync('python3', ['-c', python, catalogue]).toString().trim().split('\n');
  assert.deepEqual(read, ['ok', 'picture 0 import', 'picture 1 import', 'ein rotes Fahrrad “quoted” 🚲 human', 'picture 3 import', 'picture 4 import']);

  const project = await download({ kind: 'SaveProject', pictures: true });
  const sum = (where) => where.evaluate(async () => {
    const blob = await harness.sources.blobOf(harness.sources.sourceOf(harness.hex(4)));
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))].join();
  });
  await reload(page);
  await open(page);
  const expected = await sum(page);
  await inProfile(async (_, other) => {
    await open(other);
    const opened = await other.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { source } = harness.sources.add(new File([bytes], 'x.vignette'), 'x.vignette');
      return harness.open({ kind: 'OpenProject', source });
    }, project);
    assert.deepEqual([opened.items.length, opened.moments.length, texts(opened)[2]], [5, 2, 'ein rotes Fahrrad “quoted” 🚲']);
    assert.equal(await sum(other), expected);
    await reload(other);
    assert.equal((await open(other)).items.length, 5, 'it is stored there now');
    assert.equal(await sum(other), expected);
    const broken = await other.evaluate(() => {
      const { source } = harness.sources.add(new File(['no project'], 'x.vignette'), 'x.vignette');
      return harness.open({ kind: 'OpenProject', source });
    });
    assert.equal(broken.kind, 'OpenFailed');
    assert.ok(broken.error.message.length > 10);
  });
}));

const quota = async (page, bytes) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: server.url, ...(bytes === null ? {} : { quotaSize: bytes }) });
};

test('a full disk during an import and during an edit: nothing that was said to be saved is lost, and saving works again', () => inProfile(async (context, page) => {
  await open(page);
  await page.evaluate(() => harness.add(0, 4, { moment: 1, bytes: 500_000 }));
  await quota(page, 10_000_000);
  const imported = await page.evaluate(() => harness.add(10, 64, { moment: 2, bytes: 500_000 }));
  assert.deepEqual([imported.kind, imported.error.code], ['CommitFailed', 'full']);
  await quota(page, 1);
  const outcome = await page.evaluate(async () => {
    const long = 'words '.repeat(40_000);
    const saved = [];
    for (let i = 0; i < 20; i += 1) {
      const { kind, error } = await harness.edit(i % 4, `${i} ${long}`, 10 + i);
      if (kind !== 'Committed') return { saved, error };
      saved.push(i);
    }
    return { saved };
  });
  assert.equal(outcome.error?.code, 'full', `the quota was not felt: ${JSON.stringify(outcome)}`);
  await quota(page, null);
  assert.equal((await page.evaluate(() => harness.edit(3, 'after', 90))).kind, 'Committed');
  await reload(page);
  const again = await open(page);
  await idle(page);
  assert.deepEqual([again.items.length, texts(again)[3]], [4, 'after']);
  const last = new Map(outcome.saved.filter((i) => i % 4 !== 3).map((i) => [i % 4, i]));
  for (const [item, i] of last) assert.ok(texts(again)[item].startsWith(`${i} words`));
  assert.deepEqual(Object.keys(await filesIn(page, ['vignette', 'datasets', again.id, 'bytes'])).length, 4, 'no leftovers of the failed import');
}));

/** Changes the stored catalogue while nobody has it open. */
const damage = (context, id, how) => inSpare(context, async (page) => page.evaluate(async ([dataset, kind]) => {
  let at = await navigator.storage.getDirectory();
  for (const name of ['vignette', 'datasets', dataset, 'catalogue', '.opaque']) at = await at.getDirectoryHandle(name);
  let largest = null;
  for await (const handle of at.values()) {
    const file = await handle.getFile();
    const name = new TextDecoder().decode(await file.slice(0, 18).arrayBuffer());
    if (name.startsWith('/catalogue.sqlite\0')) largest = { handle, file };
  }
  const bytes = new Uint8Array(await largest.file.arrayBuffer());
  const where = { head: [2, 40], start: [4096, 60], middle: [4096 + 8192 * Math.floor((bytes.length - 4096) / 16384), 8192] }[kind];
  bytes.fill(0x5a, where[0], where[0] + where[1]);
  const writer = await largest.handle.createWritable();
  await writer.write(bytes);
  await writer.close();
}, [id, how]));
async function inSpare(context, work) {
  const page = await openHarness(context, server.url);
  await work(page);
  await page.close();
}

for (const how of ['head', 'start', 'middle']) {
  test(`a damaged catalogue (${how}) is noticed and recovered, its pictures stay, and the damaged file can be saved`, () => inProfile(async (context, page) => {
    const { id } = await open(page);
    await page.evaluate(() => harness.add(0, 400, { moment: 1 }));
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide'))); // what is stored goes from the log to its place
    await idle(page);
    await page.evaluate(() => harness.edit(1, 'a text that matters', 2));
    await page.close();
    await damage(context, id, how);
    const later = await openHarness(context, server.url);
    const opened = await open(later);
    await idle(later);
    const events = await later.evaluate(() => harness.events);
    const final = events.findLast(({ kind }) => kind === 'DatasetOpened');
    assert.equal(opened.id, id);
    assert.ok(final.notes.some((note) => /damaged/.test(note)), JSON.stringify(final.notes));
    assert.ok(events.some(({ kind, mode }) => kind === 'StorageState' && mode === 'damaged'));
    const back = events.filter(({ kind }) => kind === 'FilesArrived').flatMap(({ files }) => files);
    assert.equal(final.items.length + back.length, 400, 'every picture is there, by its entry or as found again');
    if (how !== 'middle') assert.equal(texts(final)[1], 'a text that matters');
    assert.ok((await later.evaluate(async () => (await harness.call({ kind: 'SaveCatalogue', damaged: true })).size)) > 8192);
    assert.equal((await later.evaluate(() => harness.edit(0, 'goes on', 9))).kind, 'Committed');
    assert.deepEqual(later.troubles, []);
  }));
}

test('without OPFS everything works in memory, and is said to', () => inProfile(async (context) => {
  await context.addInitScript(() => delete StorageManager.prototype.getDirectory);
  const page = await openHarness(context, server.url);
  const opened = await open(page);
  const state = await page.evaluate(() => harness.events.find(({ kind }) => kind === 'StorageState'));
  assert.deepEqual([state.mode, opened.read_only], ['memory', false]);
  assert.match(state.message, /only in this tab/);
  const blob = await page.evaluate(async () => {
    await harness.add(0, 3, { moment: 1, bytes: 2000 });
    await harness.edit(0, 'in memory', 2);
    return (await harness.call({ kind: 'SaveProject', pictures: true })).size;
  });
  assert.ok(blob > 8192 + 6000, 'the project file is the way out');
  assert.deepEqual(page.troubles, []);
}));

test('leftover bytes are removed, lost bytes are told', () => inProfile(async (context, page) => {
  const { id } = await open(page);
  await page.evaluate(() => harness.add(0, 3, { moment: 1 }));
  await page.close();
  await inSpare(context, (spare) => spare.evaluate(async (dataset) => {
    let at = await navigator.storage.getDirectory();
    for (const name of ['vignette', 'datasets', dataset, 'bytes']) at = await at.getDirectoryHandle(name);
    await at.getFileHandle('f'.repeat(32), { create: true });
    await at.removeEntry(harness.hex(2));
  }, id));
  const later = await openHarness(context, server.url);
  await open(later);
  await idle(later);
  assert.deepEqual(Object.keys(await filesIn(later, ['vignette', 'datasets', id, 'bytes'])).sort(), await later.evaluate(() => [harness.hex(0), harness.hex(1)]));
  const missing = await later.evaluate(() => harness.events.find(({ kind }) => kind === 'FilesMissing'));
  assert.deepEqual(missing.items, await later.evaluate(() => [harness.hex(2)]));
}));

test('what the browser removed is told from a first visit', () => inProfile(async (context, page) => {
  await open(page);
  await page.evaluate(() => harness.add(0, 1, { moment: 1 }));
  await page.close();
  await inSpare(context, (spare) => spare.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('vignette', { recursive: true })));
  const later = await openHarness(context, server.url);
  assert.equal((await open(later)).items.length, 0);
  assert.equal((await later.evaluate(() => harness.events.find(({ kind }) => kind === 'StorageState'))).mode, 'evicted');
}));

test('captions next to the pictures go both ways, and a folder’s pictures are not copied', () => inProfile(async (context, page) => {
  const { id } = await open(page);
  // A folder of OPFS stands in for one of the person's: it is the same kind of handle.
  const kinds = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const set = await root.getDirectoryHandle('set', { create: true });
    const put = async (name, text) => {
      const writer = await (await set.getFileHandle(name, { create: true })).createWritable();
      await writer.write(text);
      await writer.close();
    };
    Object.assign(globalThis, { set, put, look: async (name) => (await (await set.getFileHandle(name)).getFile()).text() });
    for (let i = 0; i < 3; i += 1) await put(`p${i}.jpg`, `picture bytes ${i}`);
    const keep = [];
    const items = [];
    for (let i = 0; i < 3; i += 1) {
      const file = await (await set.getFileHandle(`p${i}.jpg`)).getFile();
      const { source } = harness.sources.add(file, `set/p${i}.jpg`, { folder: Promise.resolve(set), inside: `p${i}.jpg` });
      keep.push({ item: harness.hex(i), source });
      items.push({ id: harness.hex(i), before: null, after: harness.item(i) });
    }
    const done = await harness.commit({ moment: { id: 1, label: 'Add', time: 1 }, change: { items }, keep });
    globalThis.showDirectoryPicker = async () => set;
    const linked = harness.next('FolderLinked', ({ name }) => name === 'set');
    await put('p2.txt', 'from outside');
    const found = harness.next('TextsFound');
    harness.obey({ kind: 'LinkFolder' });
    return [done.kind, (await linked).name, (await found).texts];
  });
  assert.deepEqual(kinds.slice(0, 2), ['Committed', 'set']);
  assert.deepEqual(kinds[2].map(({ item, text, known }) => [item.at(-1), text, known]), [['2', 'from outside', null]]);
  assert.deepEqual(await filesIn(page, ['vignette', 'datasets', id, 'bytes']), {}, 'nothing was copied');
  await page.evaluate(() => harness.edit(0, 'written here', 2));
  await page.evaluate(async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await globalThis.look('p0.txt').catch(() => '')) === 'written here') return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the caption was not written beside its picture');
  });
  await idle(page);
  const outside = await page.evaluate(async () => {
    await globalThis.put('p0.txt', 'changed outside\n');
    const found = harness.next('TextsFound');
    window.dispatchEvent(new Event('focus'));
    return (await found).texts;
  });
  assert.deepEqual(outside.map(({ text, known }) => [text, known]), [['changed outside', 'written here']]);
  await reload(page);
  await open(page);
  assert.equal(await page.evaluate(async () => (await harness.sources.blobOf(harness.sources.sourceOf(harness.hex(1)))).text()), 'picture bytes 1');
  assert.deepEqual(page.troubles, []);
}));

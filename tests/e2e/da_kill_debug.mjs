// Nothing that was shown as saved is lost when the browser is killed. It is killed at random moments of scripted edits,
// bulk replaces and imports, 50 times (or VIGNETTE_KILLS); each start after a kill looks through everything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { startRelay, within } from './browser.mjs';
import { Profile } from './profile.mjs';

const kKills = Number(process.env.VIGNETTE_KILLS ?? 50);
const kMostSteps = 7; // shown as saved before a kill, at random
const kLongestMs = 300; // after them
const kMostPictures = 150; // then a new dataset begins, so that a round does not grow longer
const folder = mkdtempSync(path.join(tmpdir(), 'vignette-kill-'));
let relay, profile;

before(async () => {
  relay = await startRelay();
  profile = new Profile();
});
after(async () => {
  await profile?.remove();
  await relay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs in the page: works until it is killed, and says after each step that was shown as saved how far every text is. */
function work({ seed, first }) {
  let state = seed;
  const random = (below) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  let sequence = first;
  const picture = async () => {
    const canvas = new OffscreenCanvas(48, 32);
    const pen = canvas.getContext('2d');
    pen.fillStyle = `#${(0x1000000 + ((sequence * 7919 + seed) & 0xffffff)).toString(16).slice(1)}`;
    pen.fillRect(0, 0, 48, 32);
    pen.fillText(String(sequence), 4, 20);
    return new File([await canvas.convertToBlob()], `p${sequence}.png`);
  };
  const saved = async () => {
    while (!vignette.state().saved) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const steps = [
    async (items) => vignette.run('caption.set', { item: items[random(items.length)].id, text: `text ${++sequence}` }),
    async () => vignette.run('caption.replace', { find: 'text', replace: `bulk${++sequence} text` }),
    async () => {
      const files = [];
      for (let i = 0; i < 6; i += 1) {
        sequence += 1;
        files.push(await picture());
      }
      await vignette.addFiles(files);
    },
  ];
  const tell = () => {
    const { items } = vignette.state();
    console.log(`saved ${JSON.stringify({ sequence, texts: items.map(({ id, captions }) => [id, captions.main?.text ?? '']) })}`);
  };
  (async () => {
    for (;;) {
      const { items } = vignette.state();
      const kind = items.length < 6 ? 2 : [0, 0, 0, 1, 2][random(5)];
      await steps[kind](items);
      await saved();
      tell();
    }
  })().catch((error) => console.log(`failed ${error.message}`));
}

/** Everything the app knows and everything that is stored, once it has looked through it. */
async function lookThrough(page) {
  await page.waitForFunction(() => globalThis.vignette?.ready);
  await page.evaluate(() => vignette.ready);
  await page.evaluate(() => vignette.idle());
  return page.evaluate(async () => {
    const { items, storage } = vignette.state();
    let at = await navigator.storage.getDirectory();
    for (const name of ['vignette', 'datasets', storage.dataset, 'bytes']) at = await at.getDirectoryHandle(name);
    const bytes = [];
    for await (const name of at.keys()) bytes.push(name);
    return { storage, items: items.map(({ id, captions }) => [id, captions.main?.text ?? '']), bytes: bytes.sort() };
  });
}

/** The number of the newest change a text shows: "bulk9 text 4" is of change 9. */
const newest = (text) => Math.max(0, ...[...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)));

async function saveCatalogue(page) {
  const base64 = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await vignette.run('catalogue.save')).arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  });
  const file = path.join(folder, 'catalogue.sqlite');
  writeFileSync(file, Buffer.from(base64, 'base64'));
  return execFileSync('sqlite3', [file, 'PRAGMA integrity_check']).toString().trim();
}

test(`${kKills} kills at random moments: every saved text is there, the catalogue is whole, no bytes are left over`, { timeout: kKills * 60_000 }, async () => {
  let told = null; // the last thing that was shown as saved
  let acknowledged = 0;
  let sequence = 0;
  for (let round = 0; round <= kKills; round += 1) {
    console.error('round', round, Date.now() % 1000000); const context = await profile.start(); console.error('started', Date.now() % 1000000);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(relay.url);
    console.error('goto', Date.now() % 1000000); const found = await lookThrough(page); console.error('looked', found.items.length, Date.now() % 1000000);
    assert.equal(found.storage.mode, 'ready', `round ${round}: ${JSON.stringify(found.storage)}`);
    const texts = new Map(found.items);
    for (const [id, text] of told?.texts ?? []) {
      assert.ok(texts.has(id), `round ${round}: a saved picture is gone`);
      assert.ok(newest(texts.get(id)) >= newest(text), `round ${round}: “${text}” was saved, “${texts.get(id)}” is there`);
    }
    assert.deepEqual(found.bytes, [...texts.keys()].sort(), `round ${round}: bytes and entries differ`);
    assert.deepEqual(found.storage.missing ?? [], []);
    if (round % 10 === 0 || round === kKills) assert.equal(await saveCatalogue(page), 'ok', `round ${round}`);
    if (round === kKills) break;
    if (texts.size > kMostPictures) {
      await page.evaluate(() => vignette.run('datasets.create', { name: 'Next' }));
      await page.evaluate(() => vignette.idle());
      told = null;
    }

    const failures = [];
    const steps = Math.floor(Math.random() * kMostSteps);
    let seen = 0;
    let enough = () => {};
    const worked = new Promise((resolve) => (enough = resolve));
    if (steps === 0) enough();
    page.on('console', (message) => {
      const text = message.text();
      if (text.startsWith('failed ')) failures.push(text);
      if (!text.startsWith('saved ')) return;
      told = JSON.parse(text.slice(6));
      acknowledged += 1;
      seen += 1;
      if (seen >= steps) enough();
      sequence = Math.max(sequence, told.sequence);
    });
    await page.evaluate(work, { seed: round * 7 + 1, first: sequence + 1000 });
    sequence += 1000; // what a killed round began is told apart from what the next one does
    await within(60, 'a few steps', worked);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * kLongestMs));
    console.error('kill', seen, Date.now() % 1000000); await profile.kill(); console.error('killed', Date.now() % 1000000);
    assert.deepEqual(failures, [], `round ${round}`);
  }
  assert.ok(acknowledged >= kKills * 2, `only ${acknowledged} steps were saved in ${kKills} rounds`);
});

// The way of docs/tutorial.md, walked with mouse and keyboard. With VIGNETTE_TUTORIAL=docs/tutorial it also makes the
// pictures of that page:
//
//   VIGNETTE_TUTORIAL=docs/tutorial node --test tests/e2e/tutorial.test.mjs
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import sharp from 'sharp';

import { launch, openApp } from './browser.mjs';
import { kAccessCode, startEmulator, startRelayTo } from './emulator.mjs';

const folder = process.env.VIGNETTE_TUTORIAL;
const kContext = 'Quiet afternoon';

let emulator, relay, browser, app;
before(async () => {
  emulator = await startEmulator();
  relay = await startRelayTo(emulator);
  browser = await launch();
  app = await openApp(browser, relay.url, { viewport: { width: 1200, height: 750 } });
});
after(async () => {
  await browser?.close();
  await relay?.stop();
  await emulator?.stop();
});

/** A small picture for the page: 256 colours are enough for an interface. */
async function shot(name) {
  await app.settle();
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const png = await app.page.screenshot();
  writeFileSync(`${folder}/${name}.png`, await sharp(png).resize({ width: 900 }).png({ palette: true, colours: 128, effort: 10 }).toBuffer());
}

/** Types into a field of the app, as a person does. */
async function type(label, text) {
  await app.click(label, 'textbox');
  await app.page.waitForFunction(() => /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName));
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.type(text);
  await app.settle();
}
// Seven of the twelve came with words of their own, which are left alone.
const kGenerated = 5;
const captions = async () => (await app.state()).items.map((item) => item.captions.main?.text ?? '');

test('1, 2: the link opens, and pictures come in', async () => {
  await shot('01-open');
  await app.click(/sample set/i, 'button');
  await app.page.waitForFunction(() => vignette.state().items.length === 12, null, { timeout: 60_000 });
  await app.idle();
  await shot('02-pictures');
});

test('3, 4: the access code connects, and nothing of it stays on the screen', async () => {
  await app.run('room.caption');
  await app.settle();
  await type(/Access code/, kAccessCode);
  await shot('03-code');
  await app.click('Connect', 'button');
  await app.page.waitForFunction(() => vignette.state().captioning.connections.some(({ name, state }) => name !== 'On this machine' && state === 'good'), null, { timeout: 30_000 });
  await app.idle();
  const words = JSON.stringify(await app.widgets());
  assert.match(words, /sees? pictures/);
  assert.ok(!words.includes(kAccessCode));
  await shot('04-connected');
});

test('5, 6: context and preset, then all captions are generated', async () => {
  await type('Context', kContext);
  await app.page.keyboard.press('Escape');
  await app.idle();
  await shot('05-context');
  await emulator.faults({ method: 'POST', path: '*', event_delay_ms: 150 });
  await app.click(new RegExp(`^Generate ${kGenerated} captions`), 'button');
  await app.page.waitForFunction(() => vignette.state().captioning.runs[0]?.done >= 3, null, { timeout: 60_000 });
  await shot('06-generate');
  await app.page.waitForFunction(() => vignette.state().captioning.runs.length === 0, null, { timeout: 90_000 });
  await app.idle();
  assert.equal((await captions()).filter((text) => text.startsWith(kContext)).length, kGenerated);
});

test('7, 8: each caption is read, and one is written by hand and stays', async () => {
  await shot('07-read');
  const [first] = (await app.state()).items;
  await app.run('caption.set', { item: first.id, text: '' });
  await app.click(first.name, 'option');
  await app.page.keyboard.press('e');
  await app.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await app.page.keyboard.type(`${kContext} with a table by the window, warm light from the left and a calm mood`);
  await shot('08-write');
  await app.page.keyboard.press('Escape');
  await app.idle();
  assert.equal((await captions()).filter((text) => text.includes('a table by the window')).length, 1);
});

test('9: the ledger has every picture that was sent', async () => {
  await app.run('room.ledger');
  await app.settle();
  assert.equal((await app.run('ledger')).filter(({ copy }) => copy).length, kGenerated);
  await shot('09-ledger');
});

test('10: the ZIP is named after the context', async () => {
  await app.run('room.export');
  await app.settle();
  await shot('10-export');
  const download = app.page.waitForEvent('download', { timeout: 30_000 });
  await app.click(/^Export 12 pictures/, 'button');
  assert.equal((await download).suggestedFilename(), 'quiet_afternoon_training.zip');
  assert.deepEqual(app.troubles, []);
});

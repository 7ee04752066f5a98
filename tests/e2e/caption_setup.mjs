// What the captioning tests share: a relay and stand-ins for all providers, pictures to caption, and what a caption of the
// category Interior has to be.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launch, openApp, within } from './browser.mjs';
import { kAccessCode, startEmulator, startRelayTo } from './emulator.mjs';
import { scene } from './pictures.mjs';

/** @returns {{emulator, relay, browser, open, asked, stop}} */
export async function startAll() {
  const emulator = await startEmulator();
  const relay = await startRelayTo(emulator);
  const browser = await launch();
  return {
    emulator,
    relay,
    browser,
    /** The app in a page of its own, with these pictures in it and connected. @returns {{app, models}} */
    async open(pictures, wish = { code: kAccessCode }) {
      const app = await openApp(browser, relay.url);
      await app.drop(pictures);
      const { models } = await app.run('connect', wish);
      return { app, models };
    },
    /** The requests with a picture in them. */
    asked: async () => (await emulator.requests()).filter(({ pictures }) => pictures.length > 0),
    async stop() {
      await browser.close();
      await relay.stop();
      await emulator.stop();
    },
  };
}

/** Captions of the category Interior; resolves to {done, failed, skipped}. */
export const generate = (app, more = {}) => within(240, 'captioning', app.page.evaluate((args) => vignette.run('caption.generate', args), {
  category: 'interior', context: kContext, policy: 'missing', concurrency: 8, ...more,
}));

/** Photos as a phone makes them, with where and by whom they were taken. */
export async function photos(count, { width = 1280, height = 960 } = {}) {
  const exif = { IFD0: { Make: 'Canary', Copyright: 'Somebody who must not be named' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 29/1' } };
  const files = [];
  for (let i = 1; i <= count; i += 1) {
    const bytes = await scene(width + i, height, i).withExif(exif).jpeg({ quality: 90 }).toBuffer();
    files.push({ name: `room-${String(i).padStart(3, '0')}.jpg`, type: 'image/jpeg', bytes });
  }
  return files;
}

export const kContext = 'Timber reading room';
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {Array<object>} items  of vignette.state() */
export function assertCaptioned(items, context = kContext) {
  for (const { name, captions } of items) {
    const { text } = captions.main ?? { text: '' };
    assert.ok(text.startsWith(context), `${name}: “${text}” does not begin with the context`);
    const words = text.split(/\s+/).length;
    assert.ok(words > 3 && words <= 50, `${name} has ${words} words`);
    assert.doesNotMatch(text, /[.!?]$|```|<think>|\n/, name);
  }
}

/** What lies in a ZIP, opened by somebody else's program: Map of name → bytes. */
export function unzip(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'vignette-zip-'));
  try {
    writeFileSync(join(folder, 'a.zip'), bytes);
    execFileSync('unzip', ['-q', 'a.zip', '-d', 'out'], { cwd: folder });
    const names = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(names.map(({ name }) => [name, readFileSync(join(folder, 'out', name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// With no provider at all, and nothing allowed out: the captioner on this machine, in real Chromium.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, openApp, site, startRelay, within } from './browser.mjs';
import { assertCaptioned, kContext } from './caption_setup.mjs';

const weights = existsSync(join(site, 'models')) ? readdirSync(join(site, 'models')) : [];
const skip = weights.length < 2 ? 'the weights are not part of this site; deploy/setup could not fetch them' : false;

let relay, browser;
before(async () => {
  relay = await startRelay();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

const here = async (app) => (await app.state()).captioning.connections.find(({ kind }) => kind === 'on_this_machine');
const generate = (app, more) => within(120, 'captioning', app.page.evaluate((args) => vignette.run('caption.generate', args), {
  category: 'scene', context: kContext, policy: 'missing', ...more,
}));

/** The twelve sample pictures, without the captions that seven of them come with. */
async function sample(app) {
  await app.run('sample.load');
  await app.idle();
  for (const { id } of (await app.state()).items) await app.run('caption.set', { item: id, text: '' });
  assert.equal((await app.state()).items.length, 12);
}

/** Requests that left the page for somebody else, and those for the weights. */
function watch(app) {
  const foreign = [];
  const loaded = [];
  app.page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob:|data:)/.test(url) && new URL(url).origin !== relay.url) foreign.push(url);
    if (url.includes('/models/')) loaded.push(new URL(url).pathname);
  });
  return { foreign, loaded };
}

test('twelve pictures, no key, “Local only” on: twelve captions that pass the checks, and nothing leaves', { skip }, async (t) => {
  const app = await openApp(browser, relay.url);
  const { foreign, loaded } = watch(app);
  await sample(app);
  await app.run('local-only', { on: true });
  const { models, verdict } = await here(app);
  assert.equal(models, 2);
  assert.match(verdict, /^Nothing is sent\..*17\.4 MB/);
  assert.deepEqual(loaded, [], 'nothing is loaded before it is needed');

  const began = Date.now();
  const ended = await generate(app, { model: 'local/mobilenet-coco' });
  t.diagnostic(`twelve pictures with labels and objects, weights loaded on the way: ${Date.now() - began} ms`);
  assert.deepEqual([ended.done, ended.failed], [12, 0]);
  const { items, captioning } = await app.state();
  assertCaptioned(items);
  for (const { name, captions, seen } of items) {
    assert.equal(captions.main.author, 'model:local/mobilenet-coco', name);
    assert.ok(seen.length > 0, `${name} says what it was made of`);
    t.diagnostic(`${name}: ${captions.main.text} [${seen}]`);
  }
  for (const { id } of items) {
    const broken = (await app.run('caption.check', { item: id, category: 'scene' })).filter(({ state }) => state === 'broken');
    assert.deepEqual(broken, []);
  }
  assert.deepEqual(foreign, []);
  assert.equal(loaded.length, 2, 'each file of weights once');
  assert.equal(captioning.sent, 0);
  assert.deepEqual(await app.run('ledger'), [], 'the ledger has no row');

  await t.test('the second run loads nothing', async () => {
    const before = Date.now();
    const frames = app.page.evaluate(async () => {
      const gaps = [];
      let last = performance.now();
      const stop = performance.now() + 100_000;
      while (vignette.state().captioning.runs.length === 0 && performance.now() < stop) await new Promise((next) => setTimeout(next));
      last = performance.now();
      while (vignette.state().captioning.runs.length > 0 && performance.now() < stop) {
        await new Promise((next) => requestAnimationFrame(next));
        gaps.push(performance.now() - last);
        last = performance.now();
      }
      return gaps.sort((a, b) => a - b);
    });
    const again = await generate(app, { model: 'local/mobilenet', policy: 'model', concurrency: 8 });
    assert.equal(again.done, 12);
    const took = Date.now() - before;
    const gaps = await frames;
    const usual = gaps[Math.floor(gaps.length / 2)];
    t.diagnostic(`twelve pictures with labels: ${took} ms; between two frames usually ${Math.round(usual)} ms, at most ${Math.round(gaps.at(-1))} ms`);
    assert.equal(loaded.length, 2);
  });

  await t.test('after a reload, without a network, the weights are there', async () => {
    await app.idle();
    await app.page.reload();
    await app.page.waitForFunction(() => globalThis.vignette?.ready);
    await within(60, 'the start', app.page.evaluate(() => vignette.ready));
    await app.idle();
    await app.page.route('**/models/**', (route) => route.abort());
    const again = await generate(app, { model: 'local/mobilenet-coco', policy: 'model' });
    assert.equal(again.done, 12);
    assert.doesNotMatch((await here(app)).verdict, /loads its weights/);
  });
  assert.deepEqual(foreign, []);
  assert.deepEqual(app.troubles, []);
  await app.close();
});

test('a person without a code finds it in the caption room and chooses it there', { skip }, async () => {
  const app = await openApp(browser, relay.url);
  await sample(app);
  await app.run('room.caption');
  await app.settle();
  await app.click('Use this machine alone', 'button');
  await app.shot('caption-local');
  await app.widget('Preset');
  assert.equal((await app.state()).captioning.model, 'local/mobilenet-coco');
  assert.deepEqual(app.troubles, []);
  await app.close();
});

test('a file that is missing on the server stops the run with a plain reason; it goes on when the file is there', { skip }, async () => {
  const app = await openApp(browser, relay.url);
  await sample(app);
  let reachable = false;
  await app.page.route('**/models/**', (route) => (reachable ? route.continue() : route.fulfill({ status: 404, body: 'gone' })));
  const ended = generate(app, { model: 'local/mobilenet' });
  await app.page.waitForFunction(() => vignette.state().captioning.runs[0]?.waiting?.includes('answers 404'), null, { timeout: 30_000 });
  assert.match((await here(app)).verdict, /could not be loaded: models\/mobilenet-[0-9a-f]{8}\.bin answers 404/);
  reachable = true;
  await app.run('caption.resume');
  assert.equal((await ended).done, 12);
  await app.close();
});

test('a site that was built without the weights offers no captioner, and says why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vignette-site-'));
  cpSync(site, folder, { recursive: true });
  // What the build writes where there are none.
  const boot = readdirSync(folder).filter((name) => /^boot-.*\.mjs$/.test(name));
  for (const name of boot) {
    const text = readFileSync(join(folder, name), 'utf8');
    const without = text.replace(/labels:\{name:"models\/[^}]*\}/, 'labels:null').replace(/objects:\{name:"models\/[^}]*\}/, 'objects:null');
    if (!skip) assert.notEqual(without, text, 'the weights are named in the script');
    writeFileSync(join(folder, name), without);
    for (const ending of ['.br', '.gz']) rmSync(join(folder, name + ending), { force: true });
  }
  rmSync(join(folder, 'models'), { recursive: true, force: true });
  const bare = await startRelay(['--site', folder, '--port', '0']);
  try {
    const app = await openApp(browser, bare.url);
    await sample(app);
    const { models, verdict } = await here(app);
    assert.equal(models, 0);
    assert.match(verdict, /^It is not part of this site: its weights were not there when the site was built/);
    const refused = await app.run('caption.generate', { model: 'local/mobilenet', category: 'scene', context: kContext }).then(() => '', ({ message }) => message);
    assert.match(refused, /No connection offers the model “local\/mobilenet”/);
    assert.deepEqual(app.troubles, []);
    await app.close();
  } finally {
    await bare.stop();
    rmSync(folder, { recursive: true });
  }
});

// Captioning where things go wrong: providers that turn calls away or break them, and a page that is reloaded half-way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApp, within } from './browser.mjs';
import { assertCaptioned, generate, kContext, photos, sha256, startAll } from './caption_setup.mjs';
import { kAccessCode, oneForEach } from './emulator.mjs';

const kPauseMs = 2000;
const kOnItsWayMs = 250; // a call that left before the answer to another was known

let all, emulator, relay, browser, asked, files;
before(async () => {
  all = await startAll();
  ({ emulator, relay, browser, asked } = all);
  files = await photos(40, { width: 640, height: 480 });
});
after(() => all?.stop());

const copies = (app) => app.page.evaluate(async () => {
  const sums = {};
  for (const { id } of vignette.state().items) {
    const bytes = await (await vignette.run('item.copy', { item: id })).arrayBuffer();
    sums[id] = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  return sums;
});
/** Answers that arrived whole and cost money. */
const settled = (requests) => requests.filter(({ status, faults, client_left: left }) => status === 200 && faults.length === 0 && !left);

for (const [how, wish, kind] of [
  ['through the relay', () => ({ code: kAccessCode }), 'openai'],
  ['straight from the browser', () => ({ key: 'test-1', provider: 'gemini', base: emulator.baseOf('gemini') }), 'gemini'],
]) {
  test(`30 % turned away and 5 % broken off: all forty are done, pauses are kept, nothing is paid twice (${how})`, { timeout: 400_000 }, async () => {
    await emulator.reset();
    const app = await openApp(browser, relay.url);
    await app.drop(files);
    const { models } = await app.run('connect', wish());
    await emulator.faults([
      { method: 'POST', probability: 0.05, seed: 11, drop: 'middle' },
      { method: 'POST', probability: 0.3, seed: 7, status: 429, retry_after: kPauseMs / 1000, message: 'Too many requests.' },
    ]);
    const ended = await generate(app, { model: oneForEach(models).get(kind) });
    assert.deepEqual([ended.done, ended.failed], [40, 0]);
    assertCaptioned((await app.state()).items);

    const requests = (await emulator.requests()).filter(({ method }) => method === 'POST');
    const away = requests.filter(({ status }) => status === 429);
    const broken = requests.filter(({ faults, status }) => faults.length > 0 && status !== 429);
    assert.ok(away.length >= 5 && broken.length >= 1, `${away.length} were turned away and ${broken.length} broken off`);
    if (how === 'through the relay') { // a provider's header is hidden from pages of other sites
      for (const { times } of away) {
        const early = requests.filter(({ times: { arrived } }) => arrived > times.end + kOnItsWayMs && arrived < times.end + kPauseMs - 20);
        assert.deepEqual(early.map(({ times: { arrived } }) => arrived - times.end), [], 'calls that came before Retry-After was over');
      }
    }
    const sums = new Map();
    for (const { pictures: [{ sha256: sum }] } of settled(await asked())) sums.set(sum, (sums.get(sum) ?? 0) + 1);
    assert.equal(sums.size, 40);
    assert.deepEqual([...sums.values()].filter((count) => count > 1), [], 'no picture was answered, and so paid, twice');
    await app.close();
  });
}

test('reloaded half-way, the rest continues and nothing is captioned twice', { timeout: 300_000 }, async () => {
  await emulator.reset();
  const app = await openApp(browser, relay.url);
  await app.drop(files);
  const { models } = await app.run('connect', { code: kAccessCode });
  const model = oneForEach(models).get('openai');
  await emulator.faults({ method: 'POST', path: '*chat*', skip: 15, hold: 'half-way' });
  app.page.evaluate((args) => void vignette.run('caption.generate', args), { category: 'interior', context: kContext, policy: 'missing', concurrency: 4, model });
  const isHalfWay = () => {
    const { items, storage } = vignette.state();
    return items.filter(({ captions }) => captions.main).length === 15 && storage.pending === 0;
  };
  await app.page.waitForFunction(isHalfWay, null, { timeout: 90_000 });
  const sums = await copies(app);
  const done = (await app.state()).items.filter(({ captions }) => captions.main);

  await app.page.reload();
  await app.page.waitForFunction(() => globalThis.vignette?.ready);
  await within(60, 'the start', app.page.evaluate(() => vignette.ready));
  await emulator.control('/faults', undefined, 'DELETE');
  await emulator.control('/gates', { open: 'half-way' });
  await app.page.waitForFunction(() => vignette.state().items.length === 40, null, { timeout: 60_000 });
  await app.page.waitForFunction(() => vignette.state().captioning.connections.some(({ name, state }) => name !== 'On this machine' && state === 'good'), null, { timeout: 30_000 });
  assert.equal((await app.state()).items.filter(({ captions }) => captions.main).length, 15, 'what was done is there');
  const [run] = (await app.state()).captioning.runs;
  assert.deepEqual([run.queued, run.paused, run.model], [25, true, model], 'the rest waits for a word of the person');
  const sent = (await app.run('ledger')).filter(({ copy }) => copy).length;
  assert.ok(sent >= 15, `the ledger remembers ${sent} pictures`);
  await app.run('caption.resume');
  await app.page.waitForFunction(() => vignette.state().items.every(({ captions }) => captions.main), null, { timeout: 120_000 });
  await app.idle();
  const { items } = await app.state();
  assertCaptioned(items);
  for (const { id, captions } of done) assert.deepEqual(items.find((item) => item.id === id).captions.main, captions.main, 'nobody touched it again');
  const requests = await asked();
  for (const { id, name } of items) {
    const answers = settled(requests).filter(({ pictures: [{ sha256: sum }] }) => sum === sums[id]).length;
    assert.equal(answers, 1, `${name} was answered ${answers} times`);
  }
  await app.close();
});

test('a redirect never takes a key along, and a server that lets no page in is told from one that is not there', async () => {
  await emulator.reset();
  const app = await openApp(browser, relay.url);
  const refused = (wish) => app.run('connect', wish).then(() => 'connected', ({ message }) => message);
  // First, while the page has never been let in there: all providers of the emulator share an address.
  assert.match(await refused({ key: 'test-1', provider: 'nvidia', base: `${emulator.url}/nvidia/v1` }), /does not let a page/);
  await emulator.reset();
  await emulator.faults({ provider: 'openai', method: 'GET', redirect: `${emulator.url}/gemini/v1beta/models`, times: 1 });
  assert.match(await refused({ key: 'test-1', provider: 'openai', base: emulator.baseOf('openai') }), /another address/);
  assert.ok((await emulator.requests()).every(({ provider }) => provider === 'openai'));
  assert.match(await refused({ key: 'test-1', provider: 'mistral', base: 'http://127.0.0.1:9/v1' }), /Nothing answered/);
  assert.match(await refused({ key: 'test-1', provider: 'mistral', base: 'http://model.invalid/v1' }), /without encryption/);
  await app.close();
});

test('a key that was not to be remembered is nowhere on the device; a remembered one is gone once forgotten', async () => {
  await emulator.reset();
  const app = await openApp(browser, relay.url);
  const stored = () => app.page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve) => { const request = indexedDB.open(name); request.onsuccess = () => resolve(request.result); });
      for (const table of db.objectStoreNames) {
        const request = db.transaction(table).objectStore(table).getAll();
        texts.push(JSON.stringify(await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); })));
      }
      db.close();
    }
    return texts.join('\n');
  });
  const wish = { key: 'test-hush-hush-1', provider: 'openai', base: emulator.baseOf('openai') };
  const { connection } = await app.run('connect', wish);
  await app.idle();
  assert.ok(!(await stored()).includes(wish.key));
  await app.run('connect', { ...wish, remember: true });
  await app.idle();
  assert.ok((await stored()).includes(wish.key));
  await app.page.reload();
  await app.page.waitForFunction(() => globalThis.vignette?.ready);
  await app.page.waitForFunction(() => vignette.state().captioning.connections.some(({ name, state }) => name !== 'On this machine' && state === 'good'), null, { timeout: 30_000 });
  assert.equal((await emulator.requests()).at(-1).key_sha256, sha256(wish.key));
  await app.run('connections.forget', { number: connection });
  await app.idle();
  await app.page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
  assert.ok(!(await stored()).includes(wish.key));
  await app.close();
});

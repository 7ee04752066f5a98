// The whole job in real Chromium, against the real relay and stand-ins for all providers: from pictures and an access code
// to a training set; and what really left the machine on the way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { assertCaptioned, generate, kContext, photos, sha256, startAll, unzip } from './caption_setup.mjs';
import { kAccessCode, oneForEach } from './emulator.mjs';

let all, files;
before(async () => {
  all = await startAll();
  files = await photos(40);
});
after(() => all?.stop());

test('forty pictures, an access code, a context, the category Interior: forty captions that pass the checks', async (t) => {
  await all.emulator.reset();
  const { app, models } = await all.open(files);
  const model = oneForEach(models).get('gemini');
  assert.ok(model, `there is a model of Gemini that sees among ${models.length}`);
  const ended = await generate(app, { model });
  assert.deepEqual([ended.done, ended.failed, ended.skipped], [40, 0, 0]);
  const { items } = await app.state();
  assertCaptioned(items);
  assert.ok(items.every(({ captions }) => captions.main.author.includes('gemini')), items[0].captions.main.author);
  assert.equal((await all.asked()).length, 40, 'one call a picture');

  await t.test('hand-edit three and run again over everything a model wrote: the three stay', async () => {
    const mine = items.slice(3, 6).map(({ id }, i) => ({ id, text: `${kContext} with my own words number ${i + 1}` }));
    for (const { id, text } of mine) await app.run('caption.set', { item: id, text });
    const again = await generate(app, { model, policy: 'model', scope: 'all' });
    assert.deepEqual([again.done, again.skipped], [37, 3]);
    const now = (await app.state()).items;
    for (const { id, text } of mine) {
      const { main } = now.find((item) => item.id === id).captions;
      assert.deepEqual([main.text, main.author], [text, 'human']);
    }
    const pictures = (await all.asked()).slice(40).flatMap((request) => request.pictures.map(({ sha256: sum }) => sum));
    assert.equal(new Set(pictures).size, 37, 'they were not even asked about');
  });

  await t.test('the ZIP has forty pairs and is named after the context', async () => {
    await app.run('room.export');
    await app.settle();
    const download = app.page.waitForEvent('download', { timeout: 30_000 });
    await app.click(/^Export 40 pictures/, 'button');
    const file = await download;
    assert.equal(file.suggestedFilename(), 'timber_reading_room_training.zip');
    const inside = unzip(readFileSync(await file.path()));
    assert.equal(inside.size, 80);
    const now = (await app.state()).items;
    for (const { name, captions } of now) {
      assert.equal(inside.get(name.replace(/\.jpg$/, '.txt')).toString().trim(), captions.main.text);
      assert.ok(inside.get(name).equals(files.find((one) => one.name === name).bytes), `${name} is the original`);
    }
  });
  assert.deepEqual(app.troubles, []);
  await app.close();
});

test('what reached the provider is the reduced copy, without EXIF, as the ledger says and as item.copy gives it', async () => {
  await all.emulator.reset();
  const { app, models } = await all.open(files.slice(0, 5));
  await app.run('item.blackout', { item: (await app.state()).items[0].id, boxes: [[0.1, 0.1, 0.5, 0.5]] });
  await generate(app, { model: oneForEach(models).get('openai') });
  const ledger = (await app.run('ledger')).filter(({ copy }) => copy);
  assert.equal(ledger.length, 5);
  const seen = (await all.asked()).map(({ pictures: [picture] }) => picture);
  for (const { id, name } of (await app.state()).items) {
    const copy = Buffer.from(await app.page.evaluate(async (item) => {
      const blob = await vignette.run('item.copy', { item });
      return btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (c) => String.fromCharCode(c)).join(''));
    }, id), 'base64');
    const there = seen.find((picture) => picture.sha256 === sha256(copy));
    assert.ok(there, `${name}: the very bytes of item.copy arrived`);
    assert.deepEqual([there.has_exif, Math.max(there.width, there.height)], [false, 1024]);
    assert.ok(!copy.includes('Exif') && !copy.includes('Canary'));
    const row = ledger.find(({ item }) => item === id);
    assert.deepEqual([row.copy.width, row.copy.height, row.copy.bytes], [there.width, there.height, copy.length]);
    assert.equal(row.provider.length > 0 && row.model, oneForEach(models).get('openai'));
  }
  const open = files[0].bytes;
  assert.ok(open.includes('Canary'), 'the originals do have it');
  assert.deepEqual(app.troubles, []);
  await app.close();
});

test('with “Local only” not one request leaves the page, whatever is asked of it', async () => {
  const { app, models } = await all.open(files.slice(0, 4));
  await app.idle();
  const left = [];
  const isOurs = /^(blob:|data:)|\/(core|storage|sample)-[0-9a-f]{8}\.mjs$/; // a worker that starts again is a file of the page itself
  app.page.on('request', (request) => { if (!isOurs.test(request.url())) left.push(request.url()); });
  await app.run('local-only', { on: true });
  const before = await all.emulator.control('/stats');
  const refused = (work) => work.then(() => 'it went', ({ message }) => message);
  const tries = [
    () => app.run('connect', { code: kAccessCode }),
    () => app.run('connect', { key: 'test-1', provider: 'openai', base: all.emulator.baseOf('openai') }),
    () => app.run('connections.find-local'),
  ];
  for (const each of tries) assert.notEqual(await refused(each()), 'it went');
  const job = generate(app, { model: oneForEach(models).get('gemini') }).catch(() => {});
  await app.page.waitForFunction(() => vignette.state().captioning.runs.every((run) => run.paused), null, { timeout: 20_000 });
  await app.settle();
  assert.deepEqual(left, []);
  assert.equal((await all.emulator.control('/stats')).arrived, before.arrived);

  await app.run('local-only', { on: false });
  await app.run('caption.resume').catch(() => {});
  await job;
  if ((await app.state()).items.some(({ captions }) => !captions.main)) await generate(app, { model: oneForEach(models).get('gemini') });
  assertCaptioned((await app.state()).items);
  await app.close();
});

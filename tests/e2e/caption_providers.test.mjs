// Every kind of provider, through the relay with an access code and straight from the browser with a key of one's own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertCaptioned, generate, photos, startAll } from './caption_setup.mjs';
import { oneForEach } from './emulator.mjs';

let all, files;
before(async () => {
  all = await startAll();
  files = await photos(40, { width: 640, height: 480 });
});
after(() => all?.stop());

test('forty captions from each kind of provider, through the relay', { timeout: 600_000 }, async (t) => {
  const { app, models } = await all.open(files);
  const chosen = oneForEach(models);
  for (const kind of ['gemini', 'openai', 'anthropic', 'groq', 'nvidia', 'hf', 'ollama']) {
    await t.test(kind, async () => {
      assert.ok(chosen.has(kind), `the relay offers a model of ${kind} that sees`);
      await all.emulator.reset();
      const ended = await generate(app, { model: chosen.get(kind), policy: 'everything' });
      assert.deepEqual([ended.done, ended.failed], [40, 0]);
      assertCaptioned((await app.state()).items);
      const requests = await all.asked();
      assert.deepEqual([...new Set(requests.map(({ provider }) => provider))], [kind]);
      assert.equal(requests.length, 40, 'nothing was asked twice');
    });
  }
  assert.deepEqual(app.troubles, []);
  await app.close();
});

test('the same with keys of one’s own, straight from the browser', { timeout: 600_000 }, async (t) => {
  for (const kind of ['gemini', 'openai', 'anthropic', 'groq', 'hf', 'openrouter', 'ollama', 'llamacpp']) {
    await t.test(kind, async () => {
      await all.emulator.reset();
      const { app, models } = await all.open(files, { key: `test-${kind}`, provider: kind, base: all.emulator.baseOf(kind) });
      const ended = await generate(app, { model: oneForEach(models).get(kind) });
      assert.deepEqual([ended.done, ended.failed], [40, 0]);
      assertCaptioned((await app.state()).items);
      const requests = await all.asked();
      assert.ok(requests.every(({ headers, provider }) => provider === kind && headers.Origin === all.relay.url), 'they came from the page');
      assert.deepEqual(app.troubles, []);
      await app.close();
    });
  }
});

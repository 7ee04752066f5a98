// Five thousand pictures and a model that answers in 50 ms: what captioning costs the page itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, openApp, within } from './browser.mjs';
import { kContext } from './caption_setup.mjs';
import { kAccessCode, oneForEach, startEmulator, startRelayTo } from './emulator.mjs';

const kItems = 5000;
const kWatchMs = 20_000;

let emulator, relay, browser, app, model;
before(async () => {
  emulator = await startEmulator();
  relay = await startRelayTo(emulator);
  browser = await launch();
  app = await openApp(browser, relay.url);
  model = oneForEach((await app.run('connect', { code: kAccessCode })).models).get('openai');
  await within(240, 'adding the pictures', app.page.evaluate(async (count) => {
    const files = [];
    for (let i = 0; i < count; i += 1) { // 24×16 pixels of BMP, each of its own colour
      const bytes = new Uint8Array(54 + 72 * 16);
      const view = new DataView(bytes.buffer);
      bytes.set([66, 77]);
      view.setUint32(2, bytes.length, true);
      view.setUint32(10, 54, true);
      view.setUint32(14, 40, true);
      view.setInt32(18, 24, true);
      view.setInt32(22, 16, true);
      view.setUint16(26, 1, true);
      view.setUint16(28, 24, true);
      for (let at = 54; at < bytes.length; at += 3) bytes.set([i & 255, (i >> 8) * 9, (at * 7 + i) & 255], at);
      files.push(new File([bytes], `p${String(i).padStart(4, '0')}.bmp`, { type: 'image/bmp' }));
    }
    await vignette.addFiles(files);
    await vignette.idle();
  }, kItems));
  await emulator.faults({ method: 'POST', delay_ms: 50 });
});
after(async () => {
  await browser?.close();
  await relay?.stop();
  await emulator?.stop();
});

/** Processor time of the page's main thread in ms, and how its frames came, over some time. */
async function watch(ms) {
  const session = await app.context.newCDPSession(app.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scripts = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  const before = await scripts();
  const frames = await app.page.evaluate((time) => new Promise((resolve) => {
    const gaps = [];
    let last = performance.now();
    const end = last + time;
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else resolve(gaps.slice(1).sort((a, b) => a - b));
    };
    requestAnimationFrame(frame);
  }), ms);
  const script = (await scripts()) - before;
  await session.detach();
  return { script, median: frames[frames.length >> 1], late: frames.filter((gap) => gap > 34).length / frames.length, frames: frames.length };
}
const captioned = () => app.page.evaluate(() => vignette.state().items.filter(({ captions }) => captions.main).length);

test('under 5 ms of main-thread work a caption, frames come as when nothing runs, and pause reacts within 200 ms', { timeout: 300_000 }, async (t) => {
  const still = await watch(5000);
  app.page.evaluate((args) => void vignette.run('caption.generate', args).catch(() => {}), { category: 'interior', context: kContext, policy: 'missing', concurrency: 8, model });
  await app.page.waitForFunction(() => vignette.state().captioning.runs[0]?.done > 10, null, { timeout: 60_000 });
  const from = await captioned();
  const busy = await watch(kWatchMs);
  const done = (await captioned()) - from;
  const each = (busy.script - still.script * (kWatchMs / 5000)) / done;
  t.diagnostic(`${done} captions in ${kWatchMs / 1000} s; ${each.toFixed(2)} ms of script a caption; frames every ${busy.median.toFixed(1)} ms (idle ${still.median.toFixed(1)}), ${(busy.late * 100).toFixed(1)} % late (idle ${(still.late * 100).toFixed(1)} %)`);
  assert.ok(done > 40, `only ${done} captions`);
  assert.ok(each < 5, `${each.toFixed(2)} ms a caption`);
  assert.ok(busy.median < Math.max(17.5, still.median * 1.1), `a frame every ${busy.median.toFixed(1)} ms, ${still.median.toFixed(1)} when nothing runs`);
  assert.ok(busy.late < still.late + 0.05, `${(busy.late * 100).toFixed(1)} % of frames were late`);

  const reacted = await app.page.evaluate(async () => {
    const before = performance.now();
    await vignette.run('caption.pause');
    const { paused } = vignette.state().captioning.runs[0];
    return paused ? performance.now() - before : Infinity;
  });
  assert.ok(reacted < 200, `pause took ${reacted} ms`);
  await app.page.waitForFunction(() => vignette.state().captioning.runs[0].running === 0, null, { timeout: 30_000 });
  const { arrived } = await emulator.control('/stats');
  await app.page.waitForTimeout(1000);
  assert.equal((await emulator.control('/stats')).arrived, arrived, 'nothing is sent while it is paused');
  await app.run('caption.cancel');
  await app.close();
});

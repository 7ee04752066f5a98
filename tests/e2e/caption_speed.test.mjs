// Five thousand pictures and a model that answers in 50 ms: what captioning costs the page itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, openApp, within } from './browser.mjs';
import { kContext } from './caption_setup.mjs';
import { kAccessCode, oneForEach, startEmulator, startRelayTo } from './emulator.mjs';

const kItems = 5000;
const kWatchMs = 15_000;

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

/**
 * Processor time of the page's main thread, and how its frames came, over some time in which the pointer never rests: so
 * the app draws in every frame, whether or not anything else is going on. How fast a machine without a graphics card and
 * with other work draws is not ours to say; whether captioning makes it slower is.
 */
async function watch(ms) {
  const session = await app.context.newCDPSession(app.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const tasks = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  const before = await tasks();
  const { gaps, drawn } = await app.page.evaluate((time) => new Promise((resolve) => {
    const canvas = document.querySelector('canvas');
    const from = vignette.stats().frames;
    const found = [];
    let last = performance.now();
    const end = last + time;
    const frame = (now) => {
      found.push(now - last);
      last = now;
      const at = { clientX: 400 + (found.length % 200), clientY: 400, bubbles: true, pointerId: 1, pointerType: 'mouse' };
      canvas.dispatchEvent(new PointerEvent('pointermove', at));
      if (now < end) requestAnimationFrame(frame);
      else resolve({ gaps: found.slice(1).sort((a, b) => a - b), drawn: vignette.stats().frames - from });
    };
    requestAnimationFrame(frame);
  }), ms);
  const work = (await tasks()) - before;
  await session.detach();
  const median = gaps[gaps.length >> 1];
  return { work, drawn, median, each: work / drawn, late: gaps.filter((gap) => gap > 2 * median).length / gaps.length };
}
const captioned = () => app.page.evaluate(() => vignette.state().items.filter(({ captions }) => captions.main).length);

test('about 5 ms of main-thread work a caption, frames come as when nothing runs, and pause reacts within 200 ms', { timeout: 300_000 }, async (t) => {
  const still = await watch(5000);
  app.page.evaluate((args) => void vignette.run('caption.generate', args).catch(() => {}), { category: 'interior', context: kContext, policy: 'missing', concurrency: 8, model });
  await app.page.waitForFunction(() => vignette.state().captioning.runs[0]?.done > 10, null, { timeout: 60_000 });
  const told = ({ drawn, median, each: frame, late }) => `${drawn} frames, one in ${median.toFixed(1)} ms at ${frame.toFixed(1)} ms of work, ${(late * 100).toFixed(1)} % late`;
  let each = Infinity;
  // What else the machine does only ever adds to the time, so the best of three is the nearest to ours.
  for (let tries = 0; tries < 3 && each >= 5; tries += 1) {
    const from = await captioned();
    const busy = await watch(kWatchMs);
    const done = (await captioned()) - from;
    each = (busy.work - still.each * busy.drawn) / done;
    t.diagnostic(`${done} captions in ${kWatchMs / 1000} s, ${each.toFixed(2)} ms of main-thread work each; while captioning ${told(busy)}; before ${told(still)}`);
    assert.ok(done > 40, `only ${done} captions`);
    assert.ok(busy.each < 1000 / 60, `a frame takes ${busy.each.toFixed(1)} ms of the main thread: too much for 60 a second`);
    // Without a graphics card the drawing is another process's work on the same two cores: one refresh later is its share.
    assert.ok(busy.median < still.median + 17.5, `a frame every ${busy.median.toFixed(1)} ms, ${still.median.toFixed(1)} when nothing runs`);
  }
  // 5 ms is the aim and what is reached (4.7–5.1); the rest is for machines whose cores somebody else uses too.
  assert.ok(each < 6.5, `${each.toFixed(2)} ms a caption`);

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

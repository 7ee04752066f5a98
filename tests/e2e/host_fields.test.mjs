// The DOM field that lies over a field of the canvas: it has to look as if it were the canvas's own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';

import { launch, openApp, startRelay } from './browser.mjs';

let relay, browser, app;

before(async () => {
  relay = await startRelay();
  browser = await launch();
  app = await openApp(browser, relay.url, { colorScheme: 'dark' });
  await app.run('sample.load');
  await app.idle();
  await app.run('room.caption');
  await app.settle();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

const focused = () => app.page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? '');

/** The part of the screen as {width, height, data}, one byte of brightness a pixel. */
async function brightness(rect) {
  const clip = { x: Math.ceil(rect.x) + 6, y: Math.ceil(rect.y) + 4, width: Math.floor(rect.w) - 12, height: 60 };
  const { data, info } = await sharp(await app.page.screenshot({ clip })).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The shift of `b` against `a`, up to two pixels each way, at which their letters differ least. */
function bestShift(a, b) {
  let best = { difference: Infinity };
  for (let dy = -2; dy <= 2; ++dy) {
    for (let dx = -2; dx <= 2; ++dx) {
      let difference = 0;
      for (let y = 2; y < a.height - 2; ++y) {
        for (let x = 2; x < a.width - 2; ++x) {
          difference += Math.abs(a.data[y * a.width + x] - b.data[(y + dy) * a.width + x + dx]);
        }
      }
      if (difference < best.difference) best = { difference, dx, dy };
    }
  }
  return best;
}

test('the text of an open field stands where the canvas draws it, to the pixel', async () => {
  await app.run('caption.edit');
  await app.settle();
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.type('A quick brown fox jumps over the lazy dog near the river bank while seventeen ducks watch it.');
  await app.idle();
  const { rect } = await app.widget(/^Caption of /, 'textbox');
  await app.page.evaluate(() => { document.activeElement.style.caretColor = 'transparent'; });
  await app.settle();
  const open = await brightness(rect);
  await app.page.keyboard.press('Escape');
  await app.page.mouse.move(5, 5);
  await app.settle();
  const drawn = await brightness(rect);
  const { dx, dy } = bestShift(drawn, open);
  assert.deepEqual({ dx, dy }, { dx: 0, dy: 0 });
});

test('a click in a field puts the caret where it was made', async () => {
  const { rect } = await app.widget(/^Caption of /, 'textbox');
  await app.page.mouse.click(rect.x + 60, rect.y + 17);
  await app.settle();
  const caret = await app.page.evaluate(() => document.activeElement.selectionStart);
  assert.ok(caret > 2 && caret < 15, `the caret is at ${caret}`);
  await app.page.keyboard.press('Escape');
});

test('Tab goes from one field into the next, and what is typed at once arrives there', async () => {
  await app.click('Put before captions', 'textbox');
  assert.equal(await focused(), 'Put before captions');
  await app.page.keyboard.type('one');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.type('two');
  await app.settle();
  assert.equal(await focused(), 'Put after captions');
  assert.equal((await app.widget('Put before captions', 'textbox')).value, 'one');
  assert.equal((await app.widget('Put after captions', 'textbox')).value, 'two');
  await app.page.keyboard.press('Escape');
});

test('another window taking the focus does not close the field', async () => {
  await app.run('caption.edit');
  await app.settle();
  const label = await focused();
  const other = await app.context.newPage();
  await other.bringToFront();
  await app.page.bringToFront();
  await app.settle();
  assert.equal(await focused(), label);
  await other.close();
  await app.page.keyboard.press('Escape');
});

test('nothing went wrong in the page meanwhile', () => assert.deepEqual(app.troubles, []));

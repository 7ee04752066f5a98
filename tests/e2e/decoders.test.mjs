// Our decoders against the browser's own, pixel by pixel, on pictures an independent encoder made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';

import { launch, openApp, startRelay } from './browser.mjs';
import { fortyFiles, orientedJpeg, scene } from './pictures.mjs';

let relay, browser, app;
const pictures = [];

before(async () => {
  pictures.push(...(await fortyFiles()).filter(({ name }) => !['cut-off.jpg', 'not-a-picture.jpg'].includes(name)));
  const add = async (name, type, bytes) => pictures.push({ name, type, bytes: await bytes });
  await add('grey.jpg', 'image/jpeg', scene(210, 130, 3).greyscale().jpeg({ quality: 90 }).toBuffer());
  await add('cmyk.jpg', 'image/jpeg', scene(210, 130, 4).toColourspace('cmyk').jpeg({ quality: 90 }).toBuffer());
  await add('sub.jpg', 'image/jpeg', scene(211, 131, 5).jpeg({ quality: 90, chromaSubsampling: '4:2:0' }).toBuffer());
  await add('sixteen.png', 'image/png', scene(80, 60, 6).toColourspace('rgb16').png().toBuffer());
  await add('grey.png', 'image/png', scene(80, 61, 7).greyscale().png().toBuffer());
  await add('interlaced.png', 'image/png', scene(83, 61, 8).png({ progressive: true }).toBuffer());
  await add('alpha.png', 'image/png', scene(64, 64, 9).ensureAlpha(0.5).png().toBuffer());
  await add('alpha.webp', 'image/webp', scene(64, 64, 10).ensureAlpha(0.6).webp({ lossless: true }).toBuffer());
  relay = await startRelay();
  browser = await launch();
  app = await openApp(browser, relay.url);
  await app.drop(pictures);
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

/** Mean absolute difference per channel between our full-size decode and the browser's. */
const compare = (item, name, type, base64) => app.page.evaluate(async ([id, t, b64]) => {
  const ours = await createImageBitmap(await vignette.run('item.thumbnail', { item: id, side: 8192 }), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const file = new Blob([Uint8Array.from(atob(b64), (c) => c.charCodeAt(0))], { type: t });
  const theirs = await createImageBitmap(file, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const pixels = (bitmap) => {
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  };
  if (ours.width !== theirs.width || ours.height !== theirs.height) return `${ours.width}x${ours.height} instead of ${theirs.width}x${theirs.height}`;
  const a = pixels(ours);
  const b = pixels(theirs);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}, [item.id, type, base64]);

test('every decoder gives the pixels the browser gives, all orientations upright', async () => {
  const { items } = await app.state();
  assert.equal(items.length, pictures.length);
  const report = [];
  for (const { name, type, bytes } of pictures) {
    const item = items.find((i) => i.name === name);
    const difference = await compare(item, name, type, Buffer.from(bytes).toString('base64'));
    report.push(`${name} ${typeof difference === 'number' ? difference.toFixed(3) : difference}`);
    const limit = type === 'image/jpeg' ? 2 : 3;
    assert.ok(typeof difference === 'number' && difference <= limit, report.at(-1));
  }
  console.log(`# ${report.join(', ')}`);
});

test('a WebP turned by its EXIF is upright too, which Chromium itself leaves lying', async () => {
  const bytes = await sharp(await orientedJpeg(90, 50, 6, 2)).withMetadata({ orientation: 6 }).webp({ quality: 90 }).toBuffer();
  await app.drop([{ name: 'turned.webp', type: 'image/webp', bytes }]);
  const item = (await app.state()).items.find(({ name }) => name === 'turned.webp');
  assert.deepEqual([item.width, item.height], [90, 50]);
  const png = Buffer.from(await app.page.evaluate(async (id) => [...new Uint8Array(await (await vignette.run('item.thumbnail', { item: id, side: 8192 })).arrayBuffer())], item.id));
  const ours = await sharp(png).removeAlpha().raw().toBuffer();
  const theirs = await sharp(bytes).autoOrient().removeAlpha().raw().toBuffer();
  const mean = ours.reduce((sum, value, i) => sum + Math.abs(value - theirs[i]), 0) / ours.length;
  assert.ok(mean <= 3, `mean difference ${mean}`);
});

test('the copy for a model is a reduced JPEG without metadata', async () => {
  const { items } = await app.state();
  const item = items.find(({ name }) => name === 'camera_6.jpg');
  const bytes = Buffer.from(await app.page.evaluate(async (id) => {
    const blob = await vignette.run('item.copy', { item: id, side: 128 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, item.id));
  const facts = await sharp(bytes).metadata();
  assert.equal(facts.format, 'jpeg');
  assert.equal(Math.max(facts.width, facts.height), 128);
  assert.equal(facts.width > facts.height, true);
  assert.equal(facts.exif, undefined);
  assert.equal(facts.orientation, undefined);
});

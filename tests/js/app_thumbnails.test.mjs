import assert from 'node:assert/strict';
import test from 'node:test';

import { ByteCache } from '../../wasm/js/app/byte_cache.mjs';
import { Pixels } from '../../wasm/js/app/pixels.mjs';
import { Sources } from '../../wasm/js/app/sources.mjs';
import { Thumbnails } from '../../wasm/js/app/thumbnails.mjs';
import { fakePool, inspected, settle } from './app_fakes.mjs';

const decoded = { width: 1, height: 1, rgba: new ArrayBuffer(4) };

function keeper(answers) {
  const pool = fakePool(answers);
  const sources = new Sources();
  const uploaded = [];
  const upload = (item) => uploaded.push(item);
  const keep = (item) => sources.keep(item, sources.add(new Blob([item]), `${item}.jpg`).source);
  return { pool, sources, uploaded, keep, thumbnails: new Thumbnails({ pool, sources, upload }), pixels: new Pixels({ pool, sources, upload }) };
}

const make = (thumbnails, item) => {
  const { thumb, thumbFile } = inspected(item);
  thumbnails.made(item, thumb, thumbFile);
};

test('a thumbnail made a moment ago is drawn without decoding it again', () => {
  const { thumbnails, uploaded, pool } = keeper();
  make(thumbnails, 'a');
  thumbnails.want(['a']);
  assert.deepEqual(uploaded, ['a']);
  assert.deepEqual(pool.asked, []);
});

test('a thumbnail the screen waits for goes there as soon as it is made', async () => {
  const { thumbnails, uploaded, keep } = keeper();
  for (const item of ['a', 'b', 'c', 'd', 'e']) keep(item);
  thumbnails.want(['a', 'b', 'c', 'd', 'e']); // four are under way, e waits
  make(thumbnails, 'e');
  assert.deepEqual(uploaded, ['e']);
});

test('an older one is decoded from its small file, once', async () => {
  const { thumbnails, uploaded, pool } = keeper({ thumbnail: () => decoded });
  make(thumbnails, 'a');
  thumbnails.want(['a']); // uses up the fresh pixels
  thumbnails.want(['a']);
  thumbnails.want(['a']); // already under way
  await settle();
  assert.deepEqual(pool.asked, ['thumbnail']);
  assert.deepEqual(uploaded, ['a', 'a']);
  assert.ok(thumbnails.isIdle);
});

test('one that was forgotten is made again from the picture', async () => {
  const { thumbnails, uploaded, pool, keep } = keeper({ inspect: () => inspected('a') });
  keep('a');
  thumbnails.want(['a']);
  await settle();
  assert.deepEqual(pool.asked, ['inspect']);
  assert.deepEqual(uploaded, ['a']);
});

test('a picture that can no longer be read is asked for once, not in every frame', async () => {
  const { thumbnails, pool, keep } = keeper({ inspect: () => Promise.reject(new Error('gone')) });
  keep('a');
  for (let frame = 0; frame < 3; ++frame) {
    thumbnails.want(['a']);
    await settle();
  }
  assert.deepEqual(pool.asked, ['inspect']);
});

test('after scrolling, only what is on screen now is decoded', async () => {
  const { thumbnails, pool, keep } = keeper();
  const items = Array.from({ length: 50 }, (_, i) => `i${i}`);
  items.forEach(keep);
  thumbnails.want(items);
  await settle();
  thumbnails.want(['i40', 'i41']);
  for (const job of pool.jobs.splice(0)) job.resolve(inspected('x'));
  await settle();
  assert.deepEqual(pool.jobs.map(({ payload }) => payload.name), ['i40.jpg', 'i41.jpg']);
});

test('leafing through large pictures cancels those that were skipped', async () => {
  const { pixels, pool, uploaded, keep } = keeper();
  keep('a');
  keep('b');
  pixels.want({ item: 'a', longSide: 2000 });
  await settle();
  pixels.want({ item: 'b', longSide: 2000 });
  await settle();
  assert.deepEqual(pool.jobs.map(({ payload }) => payload.name), ['b.jpg']);
  pool.jobs[0].resolve(decoded);
  await settle();
  assert.deepEqual(uploaded, ['b']);
});

test('a cache over its budget forgets what was used longest ago', () => {
  const cache = new ByteCache(100);
  cache.set('a', 1, 40);
  cache.set('b', 2, 40);
  cache.get('a');
  cache.set('c', 3, 40);
  assert.deepEqual(['a', 'b', 'c'].map((key) => cache.has(key)), [true, false, true]);
  assert.equal(cache.bytes, 80);
  cache.set('huge', 4, 1000); // kept alone rather than fetched again and again
  assert.deepEqual([cache.has('huge'), cache.has('c')], [true, false]);
});

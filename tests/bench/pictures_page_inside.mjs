// Runs in the page: each way of making a small picture out of a large JPEG, in a worker where it has one.
import { createPool } from '/core/pool.mjs';

const pool = createPool({ size: 1, idleMs: 600_000 });
const vipsWorker = new Worker('/pictures_page_vips.mjs', { type: 'module' });
const ask = (message) => new Promise((resolve, reject) => {
  vipsWorker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
  vipsWorker.postMessage(message);
});

function drawn(frame, side) {
  const scale = side / Math.max(frame.displayWidth, frame.displayHeight);
  const canvas = new OffscreenCanvas(Math.round(frame.displayWidth * scale), Math.round(frame.displayHeight * scale));
  canvas.getContext('2d').drawImage(frame, 0, 0, canvas.width, canvas.height);
  frame.close();
  return canvas;
}

/** A JPEG by the browser's encoder from its own reduced decode. */
async function browserCopy(bitmap) {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('bitmaprenderer').transferFromImageBitmap(bitmap);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}

async function decodeSmaller(file, side) {
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type: 'image/jpeg', desiredWidth: side, desiredHeight: Math.round((side * 3) / 4) });
  const { image } = await decoder.decode();
  decoder.close();
  return image;
}

export const ways = {
  thumbnail: {
    ours: (file) => pool.run('pixels', { file, longSide: 256 }),
    'createImageBitmap': async (file) => (await createImageBitmap(file, { resizeWidth: 256, resizeHeight: 192, resizeQuality: 'medium' })).close(),
    'ImageDecoder': async (file) => (await decodeSmaller(file, 256)).close(),
    'wasm-vips': (file) => ask({ kind: 'thumbnail', file, side: 256 }),
  },
  copy: {
    ours: (file) => pool.run('copy', { file, longSide: 1024, quality: 85 }),
    'createImageBitmap': async (file) => browserCopy(await createImageBitmap(file, { resizeWidth: 1024, resizeHeight: 768, resizeQuality: 'medium' })),
    'ImageDecoder': async (file) => drawn(await decodeSmaller(file, 1024), 1024).convertToBlob({ type: 'image/jpeg', quality: 0.85 }),
    'wasm-vips': (file) => ask({ kind: 'copy', file, side: 1024 }),
  },
};

/** Every way once a round, in turns; medians in milliseconds. */
globalThis.measure = async (what, rounds) => {
  const file = document.querySelector('input')?.files[0] ?? globalThis.file;
  const times = Object.fromEntries(Object.keys(ways[what]).map((name) => [name, []]));
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const [name, way] of Object.entries(ways[what])) {
      const begin = performance.now();
      await way(file);
      if (round >= 2) times[name].push(performance.now() - begin);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1]]));
};
await ask({ kind: 'start' });
globalThis.ready = true;

// Where the built core lies, pools of node threads, and pictures made by code.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { crc32, deflateSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.resolve(process.env.VIGNETTE_CORE ?? path.join(root, 'build/wasm/core'));
if (!existsSync(path.join(folder, 'core.wasm'))) {
  throw new Error(`There is no core.wasm in ${folder}: build the target vignette_core_scripts, or set VIGNETTE_CORE.`);
}
export const core = pathToFileURL(`${folder}/`).href;
export const { CorePool } = await import(new URL('pool.mjs', core));
export const { buildZip, writeZip } = await import(new URL('zip.mjs', core));

/** A worker thread with the face of a Web Worker. */
function makeWorker() {
  const thread = new Worker(new URL('core_node_worker.mjs', import.meta.url), { workerData: { core } });
  const worker = {
    postMessage: (...words) => thread.postMessage(...words),
    terminate: () => thread.terminate(),
    onmessage: null,
    onerror: null,
  };
  thread.on('message', (data) => worker.onmessage({ data }));
  thread.on('error', (error) => worker.onerror({ message: error.message }));
  return worker;
}
export const nodePool = (options = {}) => new CorePool({ makeWorker, size: 2, ...options });

const chunk = (type, data) => {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
};

/** A PNG whose pixels come from colour(x, y) → [r, g, b] or [r, g, b, a]. */
export function png(width, height, colour, { alpha = false } = {}) {
  const channels = alpha ? 4 : 3;
  const rows = Buffer.alloc(height * (1 + width * channels));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (1 + width * channels) + 1 + x * channels);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}
export const gradient = (x, y) => [x & 255, y & 255, (x + y) & 255];

// Runs in the page: one function per thing measured, all over the same File objects.
import { buildZip } from '/core/zip.mjs';
import { createPool } from '/core/pool.mjs';
import { makeZip } from '/peers/client-zip/index.js';
import { Zip, ZipPassThrough } from '/peers/fflate/esm/browser.js';

const picked = () => [...document.querySelector('input').files];
const timed = async (work) => {
  const begin = performance.now();
  const result = await work();
  return { ms: performance.now() - begin, result };
};
let pool = createPool();
const sums = new Map();
let kept = null;

async function ours(entriesOf) {
  const { ms, result } = await timed(() => buildZip(picked().map(entriesOf), { pool }));
  kept = result;
  return { ms, size: result.size };
}

Object.assign(globalThis, {
  cold: () => ours((file) => ({ name: file.name, blob: file })),
  warm: () => ours((file) => ({ name: file.name, blob: file, crc32: sums.get(file.name) })),

  /** What an import leaves behind: every file's sum. */
  async sumAll() {
    await Promise.all(picked().map(async (file) => sums.set(file.name, (await pool.run('checksum', { file })).crc32)));
  },

  async clientZip() {
    const { ms, result } = await timed(() => new Response(makeZip(picked().map((file) => ({ name: file.name, input: file })))).blob());
    return { ms, size: result.size };
  },

  /** fflate's streaming interface; each file's chunks are passed on as they are read. */
  async fflate() {
    const { ms, result } = await timed(async () => {
      const chunks = [];
      const zip = new Zip((error, chunk) => {
        if (error) throw error;
        chunks.push(chunk);
      });
      for (const file of picked()) {
        const entry = new ZipPassThrough(file.name);
        zip.add(entry);
        for await (const chunk of file.stream()) entry.push(chunk);
        entry.push(new Uint8Array(0), true);
      }
      zip.end();
      return new Blob(chunks);
    });
    return { ms, size: result.size };
  },

  /** Inspects every picked picture on so many workers. */
  async inspectAll(workers) {
    const crew = createPool({ size: workers });
    const first = picked()[0];
    await Promise.all(Array.from({ length: workers }, () => crew.run('inspect', { file: first }))); // started and compiled
    const { ms } = await timed(() => Promise.all(picked().map((file) => crew.run('inspect', { file }))));
    crew.close();
    return ms;
  },

  save(name) {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(kept), download: name });
    link.click();
  },
  forget() {
    kept = null;
    pool.close();
  },
});
globalThis.ready = true;

// Archives in real Chromium: ours beside client-zip and fflate over the same files in one run; how much memory a 3 GB
// archive takes, checked by unzip and Python after a download; and how two workers scale. One JSON line per figure;
// fails where a limit is passed.
//   node tests/bench/zip_page.mjs [build/wasm/core] [--only cold|large|scaling]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync, writeSync, closeSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { browserMemory } from '../e2e/memory.mjs';
import { serveFolders } from '../js/core_static.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const words = process.argv.slice(2);
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : null;
const core = path.resolve(words[0] && !words[0].startsWith('--') ? words[0] : path.join(root, 'build/wasm/core'));
const folders = { '/core/': core, '/peers/': path.join(root, 'node_modules'), '/': path.join(root, 'tests/bench') };

/** Noise, so that nothing anywhere can be clever about it. */
function noiseFiles(folder, count, bytes) {
  const block = Buffer.alloc(bytes);
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, `picture ${String(i).padStart(4, '0')}.jpg`);
    randomFillSync(block, 0, Math.min(bytes, 1 << 20));
    const out = openSync(file, 'w');
    writeSync(out, block);
    closeSync(out);
    return file;
  });
}

let failed = 0;
const round = (value) => Math.round(value * 1000) / 1000;
function report(line) {
  const over = line.limit !== undefined && line.ratio > line.limit;
  if (over) failed += 1;
  console.log(JSON.stringify({ ...line, ...(over ? { failed: true } : {}) }));
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function openPage(browser, server, files) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${server.url}/zip_page.html`);
  await page.waitForFunction(() => globalThis.ready);
  await page.setInputFiles('input', files);
  return page;
}

/** 2 GB in 500 files: sums known, sums unknown, and the others, in turns. */
async function benchArchives(browser, server, folder) {
  const files = noiseFiles(folder, 500, 4 << 20);
  const page = await openPage(browser, server, files);
  const run = async (name) => (await page.evaluate((n) => globalThis[n](), name)).ms;
  await page.evaluate(() => globalThis.sumAll()); // the disk's cache is warm for everyone, and so are the workers
  const times = { warm: [], cold: [], clientZip: [], fflate: [] };
  for (let i = 0; i < 3; i += 1) for (const name of Object.keys(times)) times[name].push(await run(name));
  const [warm, cold, clientZip, fflate] = Object.values(times).map(median);
  report({ bench: 'zip 2 GB, sums known', ours_ms: round(warm), peer: '200 ms', peer_ms: 200, ratio: round(warm / 200), limit: 1 });
  report({ bench: 'zip 2 GB, sums unknown', ours_ms: round(cold), peer: 'client-zip', peer_ms: round(clientZip), ratio: round(cold / clientZip), limit: 0.6 });
  report({ bench: 'zip 2 GB, sums unknown', ours_ms: round(cold), peer: 'fflate', peer_ms: round(fflate), ratio: round(cold / fflate), limit: 0.5 });
  await page.close();
  for (const file of files) rmSync(file);
}

/** A 3 GB archive: memory while it is made, then saved and opened by others. */
async function benchLargeArchive(browser, server, folder) {
  const files = noiseFiles(folder, 600, 5 << 20);
  const page = await openPage(browser, server, files);
  await page.evaluate(() => globalThis.sumAll().then(() => globalThis.forget()));
  await page.waitForTimeout(1000);
  const before = browserMemory();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, browserMemory())), 50);
  const { ms, size } = await page.evaluate(() => globalThis.cold());
  clearInterval(watch);
  peak = Math.max(peak, browserMemory());
  const extra = (peak - before) / 1e6;
  report({ bench: `zip ${round(size / 1e9)} GB in ${Math.round(ms)} ms: extra memory, MB`, ours: round(extra), peer: '100 MB', ratio: round(extra / 100), limit: 1 });

  const saved = path.join(folder, 'saved.zip');
  const download = page.waitForEvent('download', { timeout: 0 });
  await page.evaluate(() => globalThis.save('saved.zip'));
  await (await download).saveAs(saved);
  const unzip = spawnSync('unzip', ['-tq', saved], { encoding: 'utf8' });
  const python = spawnSync('python3', ['-c', 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(len(z.namelist()),z.testzip())', saved], { encoding: 'utf8' });
  const good = statSync(saved).size === size && unzip.stdout.includes('No errors') && python.stdout.trim() === '600 None';
  report({ bench: 'the saved 3 GB archive, for unzip and zipfile', ours: unzip.stdout.trim(), peer: python.stdout.trim(), ratio: good ? 0 : 1, limit: 0 });
  await page.close();
  for (const file of [...files, saved]) rmSync(file);
}

/** Twice the workers, close to half the time. */
async function benchScaling(browser, server, folder) {
  const { default: sharp } = await import('sharp');
  const noise = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#777', noise: { type: 'gaussian', mean: 128, sigma: 25 } } }).blur(1.2).jpeg({ quality: 92 }).toBuffer();
  const files = Array.from({ length: 60 }, (_, i) => {
    const file = path.join(folder, `${i}.jpg`);
    const out = openSync(file, 'w');
    writeSync(out, noise);
    closeSync(out);
    return file;
  });
  const page = await openPage(browser, server, files);
  const one = [];
  const two = [];
  for (let i = 0; i < 3; i += 1) {
    one.push(await page.evaluate(() => globalThis.inspectAll(1)));
    two.push(await page.evaluate(() => globalThis.inspectAll(2)));
  }
  report({ bench: `inspect 60 JPEGs of 12 MP and ${round(noise.length / 1e6)} MB on two workers`, ours_ms: round(median(two)), peer: 'one worker', peer_ms: round(median(one)), ratio: round(median(two) / median(one)), limit: 1 / 1.8 });
  await page.close();
  for (const file of files) rmSync(file);
}

const executablePath = process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser']).toString().trim();
const folder = mkdtempSync(path.join(os.tmpdir(), 'vignette-zip-'));
const server = await serveFolders(folders);
const browser = await chromium.launch({
  executablePath,
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});
try {
  if (!only || only === 'cold') await benchArchives(browser, server, folder);
  if (!only || only === 'large') await benchLargeArchive(browser, server, folder);
  if (!only || only === 'scaling') await benchScaling(browser, server, folder);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failed ? 1 : 0;

// Thumbnails and model copies of a 12-megapixel JPEG in real Chromium: ours beside createImageBitmap with resize,
// WebCodecs' ImageDecoder with a desired width, and wasm-vips, in turns on the same file. One JSON line per figure;
// fails where a limit is passed.
//   node tests/bench/pictures_page.mjs [rounds]
import { launch } from '../e2e/browser.mjs';
import { twelveMegapixels } from '../e2e/pictures.mjs';
import { serveFolders } from '../js/core_static.mjs';

const rounds = Number(process.argv[2] ?? 15);
const limits = {
  thumbnail: { 'wasm-vips': 0.65, createImageBitmap: 0.5, ImageDecoder: 1.0 },
  copy: { 'wasm-vips': 0.65, fastest: 1.0 },
};

const server = await serveFolders(
  { '/core/': 'build/wasm/core', '/peers/': 'node_modules', '/': 'tests/bench' },
  {},
  // wasm-vips is built with threads and with eval, which need these three; ours does not.
  {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'content-security-policy': "default-src 'self' blob:; script-src 'self' blob: 'wasm-unsafe-eval' 'unsafe-eval'",
  },
);
const browser = await launch();
let failed = false;
const report = (line) => {
  failed ||= line.ratio > line.limit;
  console.log(JSON.stringify(line));
};
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${server.url}/pictures_page.html`);
  await page.waitForFunction(() => globalThis.ready, null, { timeout: 60_000 });
  const jpeg = (await twelveMegapixels(3)).toString('base64');
  await page.evaluate((base64) => {
    globalThis.file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'large.jpg', { type: 'image/jpeg' });
  }, jpeg);
  const round = (value) => Math.round(value * 100) / 100;
  for (const [what, name] of [['thumbnail', '256 px thumbnail of 12 MP, Chromium'], ['copy', '1024 px JPEG copy of 12 MP, Chromium']]) {
    const times = await page.evaluate(([w, n]) => globalThis.measure(w, n), [what, rounds]);
    const { ours, ...peers } = times;
    peers.fastest = Math.min(peers.createImageBitmap, peers.ImageDecoder);
    for (const [peer, limit] of Object.entries(limits[what])) {
      report({ bench: name, ours_ms: round(ours), peer: peer === 'fastest' ? 'the browser\'s fastest way' : peer, peer_ms: round(peers[peer]), ratio: round(ours / peers[peer]), limit });
    }
  }
} finally {
  await browser.close();
  server.close();
}
process.exitCode = failed ? 1 : 0;

// Thumbnails and model copies of a 12-megapixel photo: our wasm against native sharp, in turns in one process, so that
// both see the same machine. Prints one JSON line per figure and fails where a limit is passed.
//   node tests/bench/pictures_node.mjs build/wasm/tests/bench_pictures.mjs [rounds]
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import sharp from 'sharp';

const [modulePath = 'build/wasm/tests/bench_pictures.mjs', roundsGiven = '15'] = process.argv.slice(2);
const rounds = Number(roundsGiven);
const { default: create } = await import(pathToFileURL(resolve(modulePath)));
const wasm = await create();
sharp.cache(false);

const output = () => {
  const at = wasm._bench_output();
  return wasm.HEAPU8.slice(at, at + wasm._bench_output_size());
};
const give = (bytes) => wasm.HEAPU8.set(bytes, wasm._bench_input(bytes.length));
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

async function compare(bench, file, ours, peer, limit) {
  const times = { ours: [], peer: [] };
  for (let i = 0; i < rounds + 3; ++i) {
    let start = performance.now();
    give(file);
    if (!ours()) throw new Error(`${bench}: ours failed`);
    output();
    const mine = performance.now() - start;
    start = performance.now();
    await peer(file);
    const theirs = performance.now() - start;
    if (i < 3) continue; // both warm up
    times.ours.push(mine);
    times.peer.push(theirs);
  }
  const mine = median(times.ours);
  const theirs = median(times.peer);
  const round = (v) => Math.round(v * 100) / 100;
  const line = { bench, ours_ms: round(mine), peer: 'sharp', peer_ms: round(theirs), ratio: round(mine / theirs), limit };
  console.log(JSON.stringify(line));
  return limit === null || mine / theirs <= limit;
}

wasm._bench_photo(4032, 3024, 85, 0);
const photo = Buffer.from(output());
wasm._bench_photo(4032, 3024, 85, 1);
const progressive = Buffer.from(output());
console.error(`photo ${photo.length} bytes, progressive ${progressive.length}`);

const fits = [];
const thumb = (file) => sharp(file).rotate().resize(256, 256, { fit: 'inside' }).raw().toBuffer();
const copy = (file) => sharp(file).rotate().resize(1024, 1024, { fit: 'inside' }).jpeg({ quality: 85 }).toBuffer();
fits.push(await compare('thumbnail 256 of 12 MP', photo, () => wasm._bench_thumbnail(256), thumb, 1.1));
fits.push(await compare('copy 1024 of 12 MP', photo, () => wasm._bench_copy(1024, 85), copy, null));
fits.push(await compare('thumbnail 256 of 12 MP progressive', progressive, () => wasm._bench_thumbnail(256), thumb, null));
process.exitCode = fits.every(Boolean) ? 0 : 1;

// Looking at pictures in the real worker with the real core.wasm; the networks are small ones made here.
import assert from 'node:assert/strict';
import test from 'node:test';

import { NetworkFile, halfOf } from '../../deploy/models/network_file.mjs';
import { nodePool, png } from './core_setup.mjs';

const pool = nodePool({ size: 1 });
test.after(() => pool.close());

/** Names the colour that a picture has most of. */
function colours(labels) {
  const file = new NetworkFile();
  const mean = file.mean({ from: 0 });
  const weights = Float32Array.of(8, 0, 0, 0, 8, 0, 0, 0, 8);
  const outputs = [file.convolve({ from: mean, kernel: 1, stride: 1, channels: 3, relu6: false, weights, bias: new Float32Array(3) })];
  return new Blob([file.bytes({ height: 4, width: 4, labels, outputs })]);
}
const labels = colours(['red', 'green', 'blue']);
const plain = (colour) => new Blob([png(90, 60, () => colour)]);
const look = (file, more = {}) => pool.run('look', { file, name: 'a.png', networks: { labels }, ...more });

test('a picture is looked at: labels, colours, light and format', async () => {
  const seen = await look(plain([20, 30, 220]));
  assert.deepEqual([seen.width, seen.height, seen.objects], [90, 60, []]);
  assert.equal(seen.labels[0].name, 'blue');
  assert.ok(seen.labels[0].sure > 0.99, `it is ${seen.labels[0].sure} sure`);
  assert.deepEqual(seen.colours, [{ name: 'blue', share: 1 }]);
  assert.equal(seen.contrast, 0);
});

test('what is blacked out is not seen', async () => {
  const seen = await look(plain([240, 20, 20]), { boxes: [[0, 0, 1, 0.5]] });
  const black = seen.colours.find(({ name }) => name === 'black');
  assert.ok(black?.share > 0.45, JSON.stringify(seen.colours));
});

test('a worker keeps the network it was given, and one that starts anew gets it again', async () => {
  const other = colours(['rot', 'grün', 'blau']);
  assert.equal((await look(plain([0, 200, 0]), { networks: { labels: other } })).labels[0].name, 'green');
  const fresh = nodePool({ size: 1 });
  const seen = await fresh.run('look', { file: plain([0, 200, 0]), networks: { labels: other } });
  assert.equal(seen.labels[0].name, 'grün');
  fresh.close();
});

test('a damaged network and a damaged picture are refused with a sentence, and the worker goes on', async () => {
  const broken = labels.slice(0, 40);
  await assert.rejects(look(plain([1, 2, 3]), { networks: { objects: broken } }), /The file of the model is damaged/);
  await assert.rejects(look(new Blob(['no picture'])), ({ code }) => code === 'unsupported' || code === 'invalid_input');
  assert.equal((await look(plain([220, 10, 10]))).labels[0].name, 'red');
});

test('halves are the nearest ones, ties to even', () => {
  const known = [[0, 0], [1, 0x3c00], [-2, 0xc000], [65504, 0x7bff], [65520, 0x7c00], [2 ** -24, 1], [2 ** -25, 0], [3 * 2 ** -25, 2],
    [2 ** -14, 0x0400], [1 + 2 ** -11, 0x3c00], [1 + 3 * 2 ** -11, 0x3c02], [0.1, 0x2e66], [-(2 ** -15), 0x8200]];
  for (const [number, half] of known) assert.equal(halfOf(number), half, String(number));
});

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { Output } from '../../wasm/js/build/output.mjs';

const inFolder = (work) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'site-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('a file is named after its content and lies there in three forms', () => inFolder((folder) => {
  const { name } = new Output(folder).addHashed('boot.mjs', 'let a = 1;');
  assert.match(name, /^boot-[0-9a-f]{8}\.mjs$/);
  const file = (ending) => readFileSync(path.join(folder, name + ending));
  assert.equal(brotliDecompressSync(file('.br')).toString(), 'let a = 1;');
  assert.equal(gunzipSync(file('.gz')).toString(), 'let a = 1;');
  assert.notEqual(new Output(folder).addHashed('boot.mjs', 'let a = 2;').name, name);
}));

test('building again touches nothing and removes what is of no build any more', () => inFolder((folder) => {
  const { name } = new Output(folder).addHashed('app.wasm', 'x'.repeat(1000));
  writeFileSync(path.join(folder, 'app-00000000.wasm'), 'old');
  const past = new Date(1e12);
  for (const file of readdirSync(folder)) utimesSync(path.join(folder, file), past, past);
  const second = new Output(folder);
  second.addHashed('app.wasm', 'x'.repeat(1000));
  second.removeOthers();
  assert.deepEqual(readdirSync(folder).sort(), [name, `${name}.br`, `${name}.gz`].sort());
  assert.equal(statSync(path.join(folder, `${name}.br`)).mtimeMs, past.getTime());
}));

test('files in a folder are kept with it, and a folder of no build any more goes', () => inFolder((folder) => {
  const first = new Output(folder);
  const { name } = first.addHashed('models/a.bin', 'weights');
  assert.match(name, /^models\/a-[0-9a-f]{8}\.bin$/);
  writeFileSync(path.join(folder, 'models/a-00000000.bin'), 'old');
  first.removeOthers();
  assert.deepEqual(readdirSync(path.join(folder, 'models')), [path.basename(name)]);
  const second = new Output(folder);
  second.add('index.html', 'x');
  second.removeOthers();
  assert.ok(!existsSync(path.join(folder, 'models')));
}));

test('a changed index is compressed anew', () => inFolder((folder) => {
  new Output(folder).add('index.html', 'one');
  new Output(folder).add('index.html', 'two');
  assert.equal(brotliDecompressSync(readFileSync(path.join(folder, 'index.html.br'))).toString(), 'two');
}));

test('the skeleton carries no script or style of its own, since the page forbids them', () => {
  const html = readFileSync(new URL('../../public/index.html', import.meta.url), 'utf8');
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/i);
  assert.ok([...html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].every(([, inside]) => inside === ''));
  assert.doesNotMatch(html, /(?:src|href)="\//, 'the site must work under any path');
  assert.ok(existsSync(new URL('../../public/icon.svg', import.meta.url)));
});

// The folder that is built. Writes only what changed, with its compressed forms beside it (.br, .gz: hosts that know
// them need not compress), and removes what is of no build any more.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kCompressible = new Set(['.html', '.css', '.mjs', '.wasm', '.ttf', '.svg', '.txt', '.webmanifest']);

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 24 },
});

export class Output {
  #folder;
  #names = new Set();

  constructor(folder) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** "app.wasm" becomes app-<8 hex digits>.wasm. @returns {{name, bytes, compressedBytes}} */
  addHashed(name, content) {
    const extension = extname(name);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    return this.add(`${name.slice(0, -extension.length)}-${hash}${extension}`, content);
  }

  add(name, content) {
    const bytes = Buffer.from(content);
    const path = join(this.#folder, name);
    mkdirSync(dirname(path), { recursive: true });
    this.#names.add(name);
    const same = existsSync(path) && readFileSync(path).equals(bytes);
    if (!same) writeFileSync(path, bytes);
    if (!kCompressible.has(extname(name))) return { name, bytes: bytes.length, compressedBytes: bytes.length };
    const sizes = [['.br', brotli], ['.gz', (b) => gzipSync(b, { level: 9 })]].map(([ending, compress]) => {
      this.#names.add(name + ending);
      if (!same || !existsSync(path + ending)) writeFileSync(path + ending, compress(bytes));
      return statSync(path + ending).size;
    });
    return { name, bytes: bytes.length, compressedBytes: sizes[0] };
  }

  removeOthers() {
    const folders = new Set([...this.#names].map((name) => dirname(name)));
    for (const folder of folders) {
      for (const found of readdirSync(join(this.#folder, folder))) {
        const name = join(folder, found);
        if (!this.#names.has(name) && !folders.has(name)) rmSync(join(this.#folder, name), { recursive: true });
      }
    }
  }
}

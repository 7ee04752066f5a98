// One entry and all it imports, as one small file.

import { isAbsolute, resolve } from 'node:path';

import { build } from 'esbuild';

// Emscripten's glue asks for these only where it finds itself in node.
const kNodeOnly = ['module', 'fs', 'path', 'url', 'crypto', 'worker_threads', 'node:*'];

/** @returns {Promise<{text: Uint8Array, inputs: string[]}>} */
export async function bundle({ entry, alias, define }) {
  const made = await build({
    entryPoints: [entry],
    alias,
    define,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    platform: 'browser',
    external: kNodeOnly,
    legalComments: 'none', // licences.txt has them all
    logLevel: 'warning',
    outdir: 'out', // only named, nothing is written
  });
  const inputs = Object.keys(made.metafile.inputs).map((path) => (isAbsolute(path) ? path : resolve(path)));
  return { text: made.outputFiles[0].contents, inputs };
}

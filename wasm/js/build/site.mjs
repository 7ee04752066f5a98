// Builds the site: one folder of static files that any host can serve, under any path.
//
//   node site.mjs --root DIR --app app.mjs --core DIR --out build/site --work DIR --cache DIR [--depfile FILE]
//
//   --root   the checkout              --app    Emscripten's glue of the app; app.wasm is beside it
//   --core   the folder with worker.mjs, core.mjs and core.wasm       --cache  what deploy/setup unpacked
//
// Every file but the few with fixed names (index.html, manifest, icons) carries a hash of its content in its
// name, so servers may let browsers keep them forever. Since a name then says what is inside, a file that is there
// already is also a file that is finished: running again costs little.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { bundle } from './bundle.mjs';
import { iconSubset, textSubset } from './fonts.mjs';
import { drawIcons } from './icons.mjs';
import { licences } from './licences.mjs';
import { networks } from './networks.mjs';
import { Output } from './output.mjs';

const kFirstLoadBytes = 1_500_000; // compressed, everything before the first frame (design.md, sizes)

const { values: at } = parseArgs({
  options: Object.fromEntries(['root', 'app', 'core', 'out', 'work', 'cache', 'depfile'].map((name) => [name, { type: 'string' }])),
});
const from = (...parts) => join(at.root, ...parts);
mkdirSync(at.work, { recursive: true });
const out = new Output(at.out);
const inputs = new Set();
const read = (path) => {
  inputs.add(path);
  return readFileSync(path);
};

function addIndex(first) {
  const preload = [
    ...[first.appWasm, first.regular, first.semibold, first.icons].map(
      ({ name }) => `<link rel="preload" href="${name}" as="fetch" crossorigin>`),
  ];
  const html = read(from('public/index.html')).toString()
    .replace('<!-- %preload% -->', preload.join('\n'))
    .replace('%site.css%', first.css.name)
    .replace('%boot.mjs%', first.boot.name);
  return out.add('index.html', html);
}

async function buildSite() {
  const js = from('wasm/js');
  const packages = from('node_modules');
  const inter = (face) => read(join(packages, `@expo-google-fonts/inter/${face}.ttf`));
  const bundled = async (entry, options = {}) => {
    const made = await bundle({ entry, ...options });
    for (const input of made.inputs) inputs.add(input);
    return made.text;
  };

  // Leaves first: each name is part of what refers to it.
  const appWasm = out.addHashed('app.wasm', read(at.app.replace(/\.mjs$/, '.wasm')));
  const coreWasm = out.addHashed('core.wasm', read(join(at.core, 'core.wasm')));
  const coreWorker = out.addHashed('core.mjs', await bundled(join(at.core, 'worker.mjs')));
  const sampleWorker = out.addHashed('sample.mjs', await bundled(join(js, 'app/sample/worker.mjs')));
  const sqliteWasm = out.addHashed('sqlite.wasm', read(join(packages, '@sqlite.org/sqlite-wasm/dist/sqlite3.wasm')));
  const storageWorker = out.addHashed('storage.mjs', await bundled(join(js, 'storage/worker.mjs')));
  const regular = out.addHashed('inter.ttf', textSubset(inter('400Regular/Inter_400Regular'), at.work));
  const semibold = out.addHashed('inter-semibold.ttf', textSubset(inter('600SemiBold/Inter_600SemiBold'), at.work));
  const icons = out.addHashed('icons.ttf', iconSubset({
    font: read(join(packages, 'lucide-static/font/lucide.ttf')),
    codepoints: JSON.parse(read(join(packages, 'lucide-static/font/codepoints.json'))),
    names: read(from('wasm/ui/icons.txt')).toString().split('\n').filter(Boolean),
    work: at.work,
  }));

  const terms = out.addHashed('licences.txt', licences({ root: at.root, cache: at.cache, read }));

  const weights = networks({ folder: join(at.cache, 'models'), out, read });
  const about = ({ name, bytes }) => ({ name, bytes });
  const files = { appWasm, coreWasm, coreWorker, sampleWorker, sqliteWasm, storageWorker, regular, semibold, icons, licences: terms };
  const site = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, about(file)]));
  site.networks = weights;
  const boot = out.addHashed('boot.mjs', await bundled(join(js, 'app/boot.mjs'), {
    alias: { 'vignette-app': at.app },
    define: { SITE: JSON.stringify(site) },
  }));
  const css = out.addHashed('site.css', await bundled(from('public/site.css')));
  const index = addIndex({ appWasm, regular, semibold, icons, boot, css });

  out.add('manifest.webmanifest', read(from('public/manifest.webmanifest')));
  const svg = read(from('public/icon.svg'));
  out.add('icon.svg', svg);
  for (const { name, png } of await drawIcons(svg, at.work)) out.add(name, png);

  out.removeOthers();
  return [index, css, boot, appWasm, regular, semibold, icons];
}

/** What make and ninja read: the site is older than these, or it is not. */
function writeDepfile(path, target) {
  const escaped = [...inputs].map((input) => input.replaceAll(' ', '\\ '));
  writeFileSync(path, `${target}: \\\n  ${escaped.join(' \\\n  ')}\n`);
}

const first = await buildSite().catch((error) => {
  if (!error.errors) console.error(`site: ${error.message}`); // esbuild has told its own
  process.exit(1);
});
const total = first.reduce((sum, file) => sum + file.compressedBytes, 0);
const rows = first.map((file) => `  ${(file.compressedBytes / 1000).toFixed(1).padStart(7)} kB  ${basename(file.name)}`);
writeFileSync(join(at.work, 'first-load.json'), `${JSON.stringify({ bytes: total, files: first }, null, 1)}\n`);
const summary = `site: ${(total / 1000).toFixed(0)} kB (brotli) before the first frame`;
if (total > kFirstLoadBytes) {
  console.error(`${rows.join('\n')}\n${summary}; the limit is ${kFirstLoadBytes / 1000} kB. Load something of it later.`);
  process.exit(1);
}
console.log(summary);
const stamp = join(at.work, 'site.stamp');
writeFileSync(stamp, `${summary}\n`);
if (at.depfile) writeDepfile(at.depfile, stamp);

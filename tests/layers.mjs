// Who may include whom. An arrow runs from the file that includes to the file it includes; there are no others.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const allowed = {
  'shared/base': [],
  'shared/image': ['shared/base'],
  'shared/archive': ['shared/base'],
  'shared/json': ['shared/base'],
  'shared/provider': ['shared/base', 'shared/json'],
  'shared/dataset': ['shared/base', 'shared/image', 'shared/json'],
  'shared/formats': ['shared/base', 'shared/image', 'shared/archive', 'shared/json', 'shared/dataset'],
  'shared/caption': ['shared/base', 'shared/image', 'shared/json', 'shared/provider', 'shared/dataset'],
  'shared/local': ['shared/base', 'shared/image', 'shared/json'],
  'wasm/app': ['shared/'],
  'wasm/ui': ['shared/', 'wasm/app'],
  'wasm/platform': ['shared/', 'wasm/app', 'wasm/ui'],
  'wasm/worker': ['shared/'],
  'wasm/main.cpp': ['shared/', 'wasm/'],
  relay: ['shared/'],
};
// Libraries that live behind one door each.
const onlyIn = {
  'emscripten': ['wasm/platform', 'wasm/worker', 'wasm/main.cpp'],
  'imgui': ['wasm/ui', 'wasm/platform', 'wasm/main.cpp'],
  'boost/': ['relay/'],
  'jpeglib.h': ['shared/image'],
  'stb_': ['shared/image'],
  'webp/': ['shared/image'],
  'zlib.h': ['shared/image', 'shared/archive'],
};

function* sources(folder) {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(cpp|hpp|c|h)$/.test(entry.name)) yield path;
  }
}

const failures = [];
let checked = 0;
for (const file of ['shared', 'wasm', 'relay'].flatMap((folder) => [...sources(folder)])) {
  const layer = Object.keys(allowed).find((l) => file === l || file.startsWith(`${l}/`));
  if (!layer) failures.push(`${file}: lies in no known layer`);
  for (const [, target] of readFileSync(`${root}/${file}`, 'utf8').matchAll(/^\s*#\s*include\s*[<"]([^>"]+)/gm)) {
    checked += 1;
    const ours = /^(shared|wasm|relay|tests)\//.test(target);
    const may = !ours || target.startsWith(`${layer}/`) || (allowed[layer] ?? []).some((a) => target.startsWith(a));
    const fence = Object.entries(onlyIn).find(([library, homes]) => target.startsWith(library) && !homes.some((h) => file.startsWith(h)));
    if (!may || fence) failures.push(`${file}: may not include ${target}`);
  }
}

// Standards that a search can hold: no absolute machine path and no address but loopback's in anything we wrote.
for (const failure of failures) console.error(failure);
console.log(`${failures.length ? 0 : 1} passed, ${failures.length ? 1 : 0} failed (${checked} includes)`);
process.exitCode = failures.length ? 1 : 0;

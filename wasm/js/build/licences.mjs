// One text with the licences of everything the site contains. Each is read from where the package itself keeps it, so
// it is the text of the version that is used. A licence that cannot be found stops the build: shipping without it
// would break it.

import { existsSync } from 'node:fs';

const kParts = [
  { name: 'Vignette', at: ['{root}/LICENSE'] },
  { name: 'Dear ImGui', at: ['{cache}/src/imgui/LICENSE.txt'] },
  { name: 'libjpeg-turbo', at: ['{cache}/src/libjpeg-turbo/LICENSE.md', '{cache}/src/libjpeg-turbo/README.ijg'], all: true },
  { name: 'libwebp', at: ['{cache}/src/libwebp/COPYING'] },
  { name: 'zlib', at: ['{cache}/src/zlib/LICENSE', '{cache}/src/zlib/debian/copyright'] },
  { name: 'stb_image', at: ['{cache}/root/usr/share/doc/libstb-dev/copyright', '/usr/share/doc/libstb-dev/copyright'] },
  { name: 'JSON for Modern C++', at: ['/usr/share/doc/nlohmann-json3-dev/copyright'] },
  { name: 'xxHash', at: ['/usr/share/doc/libxxhash-dev/copyright'] },
  { name: 'Emscripten and its C and C++ libraries', at: ['{cache}/root/usr/share/doc/emscripten/copyright', '/usr/share/doc/emscripten/copyright'] },
  { name: 'SQLite and its WebAssembly build (SQLite itself is in the public domain)', at: ['/usr/share/common-licenses/Apache-2.0'] },
  { name: 'Inter', at: ['{root}/node_modules/@expo-google-fonts/inter/LICENSE_FONT', '{root}/node_modules/@expo-google-fonts/inter/LICENSE'] },
  {
    name: 'Weights of MobileNetV1 (by the TensorFlow authors, Apache-2.0; packed for mobile use under the MIT licence)',
    at: ['{cache}/models/mobilenet.licence.txt', '/usr/share/common-licenses/Apache-2.0'],
    all: true,
    onlyWith: '{cache}/models/mobilenet.bin',
  },
  { name: 'Weights of COCO-SSD (by the TensorFlow authors)', at: ['{cache}/models/coco.licence.txt'], onlyWith: '{cache}/models/coco.bin' },
  { name: 'Lucide', at: ['{root}/node_modules/lucide-static/LICENSE'] },
];

const kLine = '='.repeat(48);

/** @param {{root: string, cache: string, read: (path: string) => Buffer}} options */
export function licences({ root, cache, read }) {
  const full = (path) => path.replace('{root}', root).replace('{cache}', cache);
  const chapters = kParts.filter(({ onlyWith }) => !onlyWith || existsSync(full(onlyWith))).map(({ name, at, all = false }) => {
    const paths = at.map(full);
    const found = paths.filter((path) => existsSync(path));
    if (found.length === 0) throw new Error(`The licence of ${name} is at none of: ${paths.join(', ')}. Run deploy/setup, or correct wasm/js/build/licences.mjs.`);
    const texts = (all ? found : found.slice(0, 1)).map((path) => read(path).toString().trim());
    return `${kLine}\n${name}\n${kLine}\n\n${texts.join('\n\n')}\n`;
  });
  return `What Vignette is made of, and under which terms.\n\n${chapters.join('\n')}`;
}

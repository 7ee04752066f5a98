// The files of a SQLite pool, before the pool takes hold of them. Each has a head of 4096 bytes with the name of the
// database in it and a sum over that; the pool empties a file whose sum is wrong. A few damaged bytes there must not
// cost a whole dataset, so such a file is read here first.

import { folderIn } from './folders.mjs';
import { kApplicationId } from './schema.mjs';

const kInside = '.opaque'; // where the pool keeps them
const kHead = 4096;
const kName = 512; // then flags, four bytes, then the sum, eight
const kMagic = 'SQLite format 3\0';
const kStart = 100; // of a database: its own head

/** The sum as the pool makes it. */
function sumOf(head) {
  let a = 3735928559;
  let b = 1103547991;
  for (const byte of head.subarray(0, kName + 4)) {
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 104729);
  }
  return [a >>> 0, b >>> 0];
}

function isHeadWhole(head) {
  const view = new Uint32Array(head.slice(kName + 4, kName + 12).buffer);
  const [a, b] = sumOf(head);
  return (view[0] === a && view[1] === b) || (head[0] === 0 && view[0] === 0 && view[1] === 0);
}

const isCatalogue = (image) => new DataView(image.buffer, image.byteOffset).getUint32(68) === kApplicationId;

/**
 * Databases in files that the pool would empty; catalogues first (the thumbnails may be among them), then the largest.
 * @param {FileSystemDirectoryHandle} folder  of the dataset
 * @returns {Promise<Uint8Array[]>}
 */
export async function strandedDatabases(folder) {
  const catalogue = await folderIn(folder, 'catalogue');
  const inside = catalogue && (await folderIn(catalogue, kInside));
  const stranded = [];
  for await (const handle of inside?.values() ?? []) {
    const file = await handle.getFile();
    if (file.size < kHead + kStart) continue;
    const start = new Uint8Array(await file.slice(0, kHead + kMagic.length).arrayBuffer());
    const looksRight = new TextDecoder('latin1').decode(start.subarray(kHead)) === kMagic;
    if (looksRight && !isHeadWhole(start)) stranded.push(new Uint8Array(await file.slice(kHead).arrayBuffer()));
  }
  return stranded.sort((one, other) => isCatalogue(other) - isCatalogue(one) || other.length - one.length);
}

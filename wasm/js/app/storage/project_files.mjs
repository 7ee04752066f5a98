// Project files: one .vignette file is a ZIP with the catalogue, the pictures and a note about itself. Saved as a Blob of
// references, so its size hardly matters; opened entry by entry, so that neither the file nor a picture is in memory
// whole.
//
//   catalogue.sqlite   project.json {format, version, name, pictures, made}   pictures/<item id>.<extension>

import { buildZip } from '../../core/zip.mjs';
import { CoreError } from '../../core/errors.mjs';

const kFormat = 'vignette-project';
const kCatalogue = 'catalogue.sqlite';
const kAbout = 'project.json';
const kPictures = /^pictures\/([0-9a-f]{16,64})\.[a-z0-9]{1,8}$/;
const kBatchFiles = 64;
const kBatchBytes = 64 << 20;
const kMostCatalogue = 2 ** 30;

/**
 * @param {object} plan  what the worker says is in it
 * @param {(picture: object) => Promise<Blob>} fileOf
 * @returns {Promise<{blob: Blob, missing: string[]}>}
 */
export async function buildProject({ name, image, pictures }, { pool, fileOf, withPictures, signal, onProgress = () => {} }) {
  const missing = [];
  const entries = [];
  for (const picture of withPictures ? pictures : []) {
    if (signal?.aborted) break;
    try {
      const blob = await fileOf(picture);
      entries.push({ name: `pictures/${picture.id}.${picture.format || 'bin'}`, blob, crc32: picture.crc32, size: picture.bytes, time: picture.modified });
    } catch {
      missing.push(picture.id); // the project is still worth having
    }
    onProgress(entries.length);
  }
  const about = { format: kFormat, version: 1, name, pictures: entries.length, made: new Date().toISOString() };
  const blob = await buildZip([
    { name: kAbout, text: `${JSON.stringify(about, null, 1)}\n`, time: Date.now() },
    { name: kCatalogue, blob: new Blob([image]), time: Date.now() },
    ...entries,
  ], { pool, signal, priority: 10 });
  return { blob: blob.slice(0, blob.size, 'application/x-vignette'), missing };
}

/**
 * @param {Blob} file
 * @returns {Promise<{catalogue: Uint8Array, batches: AsyncGenerator<Array<{item, blob}>>, archived: Array<{item, entry}>}>}
 */
export async function readProject(file, { pool }) {
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  if (new TextDecoder('latin1').decode(bytes) === 'SQLite format 3\0') return { catalogue: await whole(file), archived: [] };
  const { entries } = await pool.run('zip.open', { file }, { priority: 5 });
  const unpack = async (entry) => {
    const { blob, bytes: inflated } = await pool.run('zip.extract', { file, entry }, { priority: 5 });
    return blob ?? new Blob([inflated]);
  };
  const catalogue = entries.find(({ name, skip }) => name === kCatalogue && !skip);
  if (!catalogue) throw new CoreError(kNoProject);
  const archived = [];
  for (const entry of entries) {
    const item = !entry.skip && !entry.problem && kPictures.exec(entry.name)?.[1];
    if (item) archived.push({ item, entry });
  }
  return { catalogue: await whole(await unpack(catalogue)), archived, unpack };
}

/** Pictures a few at a time, so that what is unpacked need not all be in memory. */
export async function* inBatches(archived, unpack) {
  let batch = [];
  let bytes = 0;
  for (const { item, entry } of archived) {
    const blob = await unpack(entry);
    batch.push({ item, blob });
    bytes += blob.size;
    if (batch.length < kBatchFiles && bytes < kBatchBytes) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

async function whole(blob) {
  if (blob.size > kMostCatalogue) throw new CoreError(kNoProject);
  return new Uint8Array(await blob.arrayBuffer());
}

const kNoProject = {
  code: 'invalid_input',
  message: 'This file is no Vignette project.',
  hint: 'Choose a .vignette file. Pictures and ZIP archives of pictures are added by dropping them.',
};

// The body of a call, from the parts that C++ names: text as it is, pictures as the copy that may be seen, files as they
// are. What is large stays in Blobs; the workers make them.

import { CoreError } from '../../core/errors.mjs';

const kPriority = 8; // below what is on screen, above an import
const kSide = 1024;

/**
 * The job that makes a copy. The same picture with the same wishes gives the same bytes, for whoever asks.
 * @param {{side?: number, boxes?: number[][], max_bytes?: number}} wishes
 */
export async function makeCopy({ pool, sources }, source, wishes, { base64 = false, ...options } = {}) {
  const { side, boxes = [], max_bytes: maxBytes = 0 } = wishes;
  const file = await sources.blobOf(source);
  const payload = { file, name: sources.pathOf(source), longSide: side || kSide, boxes, maxBytes, base64 };
  return pool.run('copy', payload, options);
}

async function copied(tools, part, signal) {
  const { mime = 'image/jpeg', source } = part.copy;
  if (mime !== 'image/jpeg') throw new CoreError({ code: 'unsupported', message: `Copies are JPEG, not ${mime}.`, hint: '' });
  const base64 = part.as === 'base64';
  const { width, height, size, hash, ...made } = await makeCopy(tools, source, part.copy, { base64, priority: kPriority, signal });
  return { blob: base64 ? made.base64 : new Blob([made.bytes]), copy: { width, height, bytes: size, hash } };
}

async function whole({ pool, sources }, part, signal) {
  const file = await sources.blobOf(part.file);
  if (part.as !== 'base64') return { blob: file };
  const { base64 } = await pool.run('base64', { file }, { priority: kPriority, signal });
  return { blob: base64 };
}

function bytesOf(tools, part, signal) {
  if (part.copy) return copied(tools, part, signal);
  if (part.file !== undefined) return whole(tools, part, signal);
  return { blob: part.text };
}

/**
 * @param {{pool, sources}} tools
 * @param {Array<object>} parts
 * @returns {Promise<{blob: Blob|null, copy: {width, height, bytes, hash}|null}>}  copy: of the first picture
 */
export async function makeBody(tools, parts, signal) {
  if (parts.length === 0) return { blob: null, copy: null };
  const made = await Promise.all(parts.map((part) => bytesOf(tools, part, signal)));
  return { blob: new Blob(made.map(({ blob }) => blob)), copy: made.find(({ copy }) => copy)?.copy ?? null };
}

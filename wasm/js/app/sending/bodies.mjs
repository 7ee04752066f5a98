// The body of a call, from the parts that C++ names: text as it is, pictures as the copy that may be seen, files as they
// are. The workers make what is large. Files stay Blobs; where there are none the body is bytes, because a Blob costs the
// page several messages to the browser's own process for each call.

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
  return { content: new Uint8Array(made.bytes), copy: { width, height, bytes: size, hash } };
}

async function whole({ pool, sources }, part, signal) {
  const file = await sources.blobOf(part.file);
  if (part.as !== 'base64') return { content: file };
  const { base64 } = await pool.run('base64', { file }, { priority: kPriority, signal });
  return { content: base64 };
}

function bytesOf(tools, part, signal) {
  if (part.copy) return copied(tools, part, signal);
  if (part.file !== undefined) return whole(tools, part, signal);
  return { content: part.text };
}

function joined(contents) {
  const encoder = new TextEncoder();
  const pieces = contents.map((content) => (typeof content === 'string' ? encoder.encode(content) : content));
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * @param {{pool, sources}} tools
 * @param {Array<object>} parts
 * @returns {Promise<{content: Blob|Uint8Array|null, size: number, copy: {width, height, bytes, hash}|null}>}  copy: of the
 *   first picture
 */
export async function makeBody(tools, parts, signal) {
  if (parts.length === 0) return { content: null, size: 0, copy: null };
  const made = await Promise.all(parts.map((part) => bytesOf(tools, part, signal)));
  const contents = made.map(({ content }) => content);
  const copy = made.find((one) => one.copy)?.copy ?? null;
  if (contents.some((content) => content instanceof Blob)) {
    const content = new Blob(contents);
    return { content, size: content.size, copy };
  }
  const content = joined(contents);
  return { content, size: content.length, copy };
}

// ZIP archives made of references. Stored content is the file itself, so an archive of any size is a Blob of small
// headers and the files' own Blobs: nothing is copied, and memory does not grow with the archive. The only thing that
// needs reading is the CRC-32 of files nobody has summed yet; workers do that, several at once.
//
//   const blob = await buildZip([{ name: 'a.jpg', blob: file, crc32 }, { name: 'a.txt', text: 'a cat' }], { pool });

import { CoreError, cancelled, gone } from './errors.mjs';

/** A file longer than this is summed in parts, by several workers. */
const partBytes = 32 * 1024 * 1024;
/** Shorter ones are summed in batches of about this much. */
const batchBytes = 8 * 1024 * 1024;
const batchFiles = 64;

/** JSON carries no half surrogate pairs; neither should a file. */
const wellFormed = (text) => text.toWellFormed?.() ?? new TextDecoder().decode(new TextEncoder().encode(text));

/** The parts of files to sum: [{entry, part, blob}], big files cut up. */
function partsToSum(entries) {
  const parts = [];
  for (const entry of entries) {
    if (entry.text !== undefined || entry.crc32 !== undefined) continue;
    const { blob } = entry;
    if (blob.size <= partBytes) {
      parts.push({ entry, part: 0, blob }); // the File itself: its name helps when it cannot be read
      continue;
    }
    for (let part = 0; part * partBytes < blob.size; part += 1) {
      parts.push({ entry, part, blob: blob.slice(part * partBytes, (part + 1) * partBytes) });
    }
  }
  return parts;
}

function batched(parts) {
  const batches = [];
  let batch = null;
  let bytes = 0;
  for (const part of parts) {
    if (!batch || batch.length === batchFiles || bytes + part.blob.size > batchBytes) {
      batches.push((batch = []));
      bytes = 0;
    }
    batch.push(part);
    bytes += part.blob.size;
  }
  return batches;
}

/** entry → [[size, crc32], …] for every entry that has no sum yet. */
async function sumCold(entries, { pool, onProgress, signal, priority }) {
  const parts = partsToSum(entries);
  const pieces = new Map(parts.map(({ entry }) => [entry, []]));
  const total = parts.reduce((sum, { blob }) => sum + blob.size, 0);
  let done = 0;
  const group = Symbol('zip');
  const stop = () => pool.cancel(group);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(batched(parts).map(async (batch) => {
      const files = batch.map(({ blob }) => blob);
      const { crc32s } = await pool.run('checksums', { files }, { priority, group });
      batch.forEach(({ entry, part, blob }, i) => (pieces.get(entry)[part] = [blob.size, crc32s[i]]));
      for (const file of files) done += file.size;
      onProgress?.(done, total);
    }));
  } catch (error) {
    stop(); // the others' work is of no use any more
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return pieces;
}

/**
 * The archive as a list of Blobs and buffers, in order, and its size.
 * @param {Array<{name: string, blob?: Blob, text?: string, crc32?: number, time?: number}>} entries
 *     `time` in milliseconds, 1980 without one, so that the same content gives the same archive
 */
export async function zipParts(entries, { pool, onProgress, signal, priority = 0 }) {
  if (signal?.aborted) throw cancelled();
  for (const entry of entries) {
    if (entry.size !== undefined && entry.blob && entry.size !== entry.blob.size) {
      throw new CoreError({
        code: 'invalid_input',
        message: `“${entry.name}” has changed since it was added.`,
        hint: 'Add it again, so that its checksum can be taken anew.',
      });
    }
  }
  const pieces = await sumCold(entries, { pool, onProgress, signal, priority });
  const plan = await pool.run('zip.plan', {
    entries: entries.map((entry) => {
      const { time } = entry;
      const name = wellFormed(entry.name);
      if (entry.text !== undefined) return { name, time, text: wellFormed(entry.text) };
      if (entry.crc32 !== undefined) return { name, time, size: entry.blob.size, crc32: entry.crc32 };
      return { name, time, pieces: pieces.get(entry) };
    }),
  }, { priority, signal });

  const parts = [];
  let begin = 0;
  entries.filter((entry) => entry.text === undefined).forEach((entry, i) => {
    parts.push(new Uint8Array(plan.heads, begin, plan.ends[i] - begin), entry.blob);
    begin = plan.ends[i];
  });
  parts.push(new Uint8Array(plan.heads, begin), new Uint8Array(plan.tail));
  return { parts, size: plan.size };
}

/** The archive as one Blob of references. */
export async function buildZip(entries, options) {
  const { parts } = await zipParts(entries, options);
  return new Blob(parts, { type: 'application/zip' });
}

/** Why writing stopped: the disk, or a file that is no longer there. */
function explain(thrown) {
  if (thrown instanceof CoreError) return thrown;
  if (thrown?.name !== 'QuotaExceededError') return gone('One of the files, or the place to save to,');
  return new CoreError({
    code: 'too_large',
    message: 'There is not enough room for the archive.',
    hint: 'Free some space, or save it to another disk.',
  });
}

/** Writes the archive where a person chose to save it (showSaveFilePicker), then closes it. */
export async function writeZip(entries, options, writable) {
  const { onProgress, signal } = options;
  try {
    const { parts, size } = await zipParts(entries, { ...options, onProgress: undefined });
    let written = 0;
    for (const part of parts) {
      if (signal?.aborted) throw cancelled();
      await writable.write(part);
      onProgress?.((written += part.size ?? part.byteLength), size);
    }
    await writable.close();
  } catch (thrown) {
    await writable.abort?.().catch(() => {});
    throw explain(thrown);
  }
}

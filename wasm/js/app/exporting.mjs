// Makes archives and hands them over: as a download, or to the script that asked. An archive is a Blob of references
// to the files themselves (core/zip.mjs), so its size hardly matters; what costs time is taking metadata out of
// pictures, and reading those that lie in another archive.

import { buildZip, writeZip } from '../core/zip.mjs';
import { eachLimited } from './each_limited.mjs';
import { CoreError, errorOf, isCancelled } from './errors.mjs';

const kProgressMs = 100;
// From this size on the person is asked where to save, if the browser can: a download would first be copied into the
// browser's own storage. Below, a download is what everybody expects from a button that says so.
const kAskWhere = 2 ** 30;

export class Exporting {
  #pool;
  #sources;
  #send;
  #answer;
  #running = new Map(); // job → AbortController

  /** @param {{pool, sources, send, answer: (request: number, blob: Blob) => void}} parts */
  constructor({ pool, sources, send, answer }) {
    this.#pool = pool;
    this.#sources = sources;
    this.#send = send;
    this.#answer = answer;
  }

  stop(job) {
    this.#running.get(job)?.abort();
  }

  /** A BuildArchive effect, called while the click that asked for it is being handled. */
  async build({ job, name, entries, strip_metadata: strip, request }) {
    const stop = new AbortController();
    this.#running.set(job, stop);
    try {
      const place = request === 0 ? await choosePlace(name, entries) : null;
      const files = await this.#gather(job, entries, strip, stop.signal);
      const options = { pool: this.#pool, signal: stop.signal, priority: 10 };
      let bytes;
      if (place) {
        const size = entries.reduce((sum, entry) => sum + (entry.bytes ?? 0), 0);
        await writeZip(files, options, await place.createWritable());
        bytes = size;
      } else {
        const blob = await buildZip(files, options);
        bytes = blob.size;
        if (stop.signal.aborted) return;
        if (request === 0) download(blob, name);
        else this.#answer(request, blob);
      }
      this.#send({ kind: 'ExportFinished', job, bytes });
    } catch (thrown) {
      if (stop.signal.aborted) return; // C++ stopped it and knows
      const error = isCancelled(thrown) ? { ...kCancelled } : errorOf(thrown, 'One of the pictures');
      this.#send({ kind: 'ExportFailed', job, error });
    } finally {
      this.#running.delete(job);
    }
  }

  /** What buildZip wants to know of each entry; the slow part, so it tells how far it is. */
  async #gather(job, entries, strip, signal) {
    let done = 0;
    let toldAt = performance.now();
    const files = new Array(entries.length);
    const stopped = () => signal.aborted;
    await eachLimited([...entries.keys()], this.#pool.size * 2, stopped, async (i) => {
      files[i] = await this.#entryOf(entries[i], strip, signal);
      done += 1;
      if (performance.now() - toldAt < kProgressMs) return;
      toldAt = performance.now();
      this.#send({ kind: 'ExportProgress', job, done });
    });
    if (signal.aborted) throw new CoreError(kCancelled);
    return files;
  }

  async #entryOf(entry, strip, signal) {
    if (entry.source === undefined) return { name: entry.path, text: entry.text, time: entry.modified };
    const blob = await this.#sources.blobOf(entry.source);
    const kept = { name: entry.path, blob, size: entry.bytes, crc32: entry.crc32, time: entry.modified };
    if (!strip) return kept;
    const stripped = await this.#pool.run('strip', { file: blob }, { priority: 10, signal });
    if (!stripped.bytes) return kept;
    return { name: entry.path, blob: new Blob([stripped.bytes]), crc32: stripped.crc32, time: entry.modified };
  }
}

const kCancelled = { code: 'cancelled', message: 'The export was cancelled.', hint: '' };

/** A place on disk for an archive that is very large; null when a download is better or the only way. */
async function choosePlace(name, entries) {
  const size = entries.reduce((sum, entry) => sum + (entry.bytes ?? 0), 0);
  if (size < kAskWhere || !window.showSaveFilePicker || !navigator.userActivation?.isActive) return null;
  const types = [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }];
  return window.showSaveFilePicker({ suggestedName: name, types });
}

export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // by then the download holds it itself
}

// Reads what arrived: pictures and archives in the workers, texts here. Answers go back as events, many in one, since
// each event ends in a drawn frame; but the first at once, so that a drop shows its first pictures immediately.

import { eachLimited } from './each_limited.mjs';
import { CoreError, errorOf } from './errors.mjs';

const kGatherMs = 100;
const kGatherMost = 64;
const kTextBytes = 4 << 20; // a caption is a few hundred bytes
const kTextsAtOnce = 16;
const kPriority = 0; // below what the eye waits for (thumbnails.mjs, pixels.mjs)

const groupOf = (job) => `job ${job}`;

export class Importing {
  #pool;
  #sources;
  #thumbnails;
  #send;
  #stopped = new Set(); // jobs
  #gathered = new Map(); // job → inspections
  #timer = null;
  #sentAt = -Infinity;

  constructor({ pool, sources, thumbnails, send }) {
    this.#pool = pool;
    this.#sources = sources;
    this.#thumbnails = thumbnails;
    this.#send = send;
  }

  inspect({ job, files }) {
    return eachLimited(files, this.#pool.size * 2, () => this.#stopped.has(job), (file) => this.#inspectOne(job, file));
  }

  readTexts({ job, files }) {
    return eachLimited(files, kTextsAtOnce, () => this.#stopped.has(job), (file) => this.#readText(job, file));
  }

  openArchives({ job, files }) {
    // Two archives may hold the same names; then each becomes a folder of its own.
    const prefix = (path) => (files.length > 1 ? `${path.replace(/\.zip$/i, '')}/` : '');
    return eachLimited(files, 1, () => this.#stopped.has(job), (file) => this.#openArchive(job, file, prefix(file.path)));
  }

  stop(job) {
    this.#stopped.add(job);
    this.#gathered.delete(job);
    this.#pool.cancel(groupOf(job));
  }

  async #inspectOne(job, { source, path }) {
    try {
      const file = await this.#sources.blobOf(source, groupOf(job));
      const expectCrc32 = this.#sources.expectedCrc32(source);
      const payload = { file, name: path, expectCrc32 };
      const { thumb, thumbFile, mime, ...about } = await this.#pool.run('inspect', payload, {
        group: groupOf(job),
        priority: kPriority,
      });
      this.#thumbnails.made(about.hash, thumb, thumbFile);
      this.#gather(job, { source, ...about });
    } catch (thrown) {
      this.#failed(job, source, path, thrown);
    }
  }

  async #readText(job, { source, path, bytes }) {
    try {
      if (bytes > kTextBytes) {
        throw new CoreError({
          code: 'too_large',
          message: `This text has ${Math.round(bytes / 1e6)} MB; a caption has at most 4.`,
          hint: 'If it is no caption, leave it out.',
        });
      }
      const blob = await this.#sources.blobOf(source, groupOf(job));
      const { text, repaired } = decodeText(new Uint8Array(await blob.arrayBuffer()));
      this.#sources.forget(source);
      this.#send({ kind: 'TextRead', job, source, text, repaired });
    } catch (thrown) {
      this.#failed(job, source, path, thrown);
    }
  }

  async #openArchive(job, { source, path }, prefix) {
    try {
      const archive = await this.#sources.blobOf(source, groupOf(job));
      const { entries } = await this.#pool.run('zip.open', { file: archive }, { group: groupOf(job), priority: 1 });
      const files = [];
      const rejected = [];
      for (const entry of entries) {
        if (entry.skip === 'link') {
          rejected.push({ path: entry.name, error: kLinkError });
        } else if (entry.skip) {
          continue; // folders, hidden files, entries that a later one of the same name replaces
        } else if (entry.problem) {
          rejected.push({ path: entry.name, error: entry.problem });
        } else {
          files.push(this.#sources.addArchived(archive, entry, prefix + entry.name));
        }
      }
      this.#send({ kind: 'ArchiveOpened', job, source, files, rejected });
    } catch (thrown) {
      this.#failed(job, source, path, thrown);
    }
  }

  #failed(job, source, path, thrown) {
    if (this.#stopped.has(job)) return;
    this.#flush(); // what was finished before it is told before it
    this.#sources.forget(source);
    this.#send({ kind: 'SourceFailed', job, source, error: errorOf(thrown, `“${path}”`) });
  }

  #gather(job, inspection) {
    if (this.#stopped.has(job)) return;
    if (!this.#gathered.has(job)) this.#gathered.set(job, []);
    const waiting = this.#gathered.get(job);
    waiting.push(inspection);
    const since = performance.now() - this.#sentAt;
    if (waiting.length >= kGatherMost || since >= kGatherMs) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), kGatherMs - since);
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered.size === 0) return;
    this.#sentAt = performance.now();
    const all = [...this.#gathered];
    this.#gathered.clear();
    for (const [job, pictures] of all) this.#send({ kind: 'PicturesInspected', job, pictures });
  }
}

const kLinkError = {
  code: 'refused',
  message: 'This entry of the archive is a link, not a file.',
  hint: 'Pack the file itself.',
};

/** UTF-8, or UTF-16 where a mark at the start says so. What cannot be read becomes U+FFFD and is told. */
export function decodeText(bytes) {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : '';
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), repaired: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), repaired: false };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), repaired: true };
  }
}

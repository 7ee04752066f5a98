// Saving and opening project files, and saving the bare catalogue.

import { errorOf } from '../errors.mjs';
import { buildProject, inBatches, readProject } from './project_files.mjs';

const kProgressMs = 100;

export class Projects {
  #parts;

  constructor(parts) {
    this.#parts = parts;
  }

  effects() {
    return {
      SaveProject: (effect) => this.#save(effect),
      SaveCatalogue: ({ request, damaged, pending }) => this.#saveCatalogue(request, { damaged, pending: this.#unstored(pending) }),
      OpenProject: (effect) => this.#openProject(effect),
    };
  }

  async #save({ request = 0, pictures: withPictures = true, job, pending }) {
    const { ask, pool, send } = this.#parts;
    try {
      const plan = await ask('project.plan', { pending: this.#unstored(pending) });
      const { blob, missing } = await buildProject(plan, {
        pool,
        withPictures,
        fileOf: ({ id }) => this.#fileOf(plan.dataset, id),
        onProgress: this.#progress(job),
      });
      this.#hand(request, blob, `${fileName(plan.name)}.vignette`);
      if (job) send({ kind: 'ExportFinished', job, bytes: blob.size });
      if (missing.length > 0) send({ kind: 'FilesMissing', items: missing });
    } catch (thrown) {
      this.#failed(request, job, errorOf(thrown, 'The project'));
    }
  }

  /** What was added in this session may be at hand already; in memory mode it is nowhere else. */
  #fileOf(dataset, item) {
    const { sources, files } = this.#parts;
    const source = sources.sourceOf(item);
    return source === undefined ? files.fileOf(dataset, item) : sources.blobOf(source);
  }

  /** Commits that are only in this tab; the pictures they bring are known by their sources. */
  #unstored(pending = []) {
    const place = ({ item, source }) => ({ item, how: 'handle', bytes: this.#parts.sources.bytesOf(source), path: '' });
    return pending.map((commit) => ({ text: JSON.stringify(commit), kept: (commit.keep ?? []).map(place) }));
  }

  #progress(job) {
    let toldAt = performance.now();
    return (done) => {
      if (!job || performance.now() - toldAt < kProgressMs) return;
      toldAt = performance.now();
      this.#parts.send({ kind: 'ExportProgress', job, done });
    };
  }

  async #saveCatalogue(request, what) {
    try {
      const bytes = await this.#parts.ask('catalogue', what);
      this.#hand(request, new Blob([bytes], { type: 'application/vnd.sqlite3' }), what.damaged ? 'damaged.sqlite' : 'catalogue.sqlite');
    } catch (thrown) {
      this.#failed(request, 0, errorOf(thrown, 'The catalogue'));
    }
  }

  async #openProject({ source, request = 0 }) {
    const { ask, sources, open, send, calls } = this.#parts;
    try {
      const project = await readProject(await sources.blobOf(source), this.#parts);
      const begun = await ask('project.begin', { bytes: project.catalogue }, [project.catalogue.buffer]);
      if (begun.id) await this.#fill(project);
      else this.#remain(source, project);
      await open({ id: begun.id, image: begun.image });
      calls.answer(request, { id: begun.id });
    } catch (thrown) {
      const error = errorOf(thrown, 'The project');
      send({ kind: 'OpenFailed', id: '', error });
      calls.fail(request, error);
    }
  }

  async #fill({ archived, unpack }) {
    const { ask } = this.#parts;
    try {
      for await (const pictures of inBatches(archived, unpack)) await ask('project.keep', { pictures });
      await ask('project.end');
    } catch (thrown) {
      await ask('project.drop').catch(() => {});
      throw thrown;
    }
  }

  /** Where nothing can be stored, pictures stay in the project file. */
  #remain(source, { archived }) {
    const { sources } = this.#parts;
    for (const { item, entry } of archived) sources.keepArchived(item, source, entry);
  }

  #hand(request, blob, name) {
    const { calls, download } = this.#parts;
    if (request === 0) download(blob, name);
    else calls.answer(request, blob);
  }

  #failed(request, job, error) {
    const { calls, send } = this.#parts;
    if (job) send({ kind: 'ExportFailed', job, error });
    if (request !== 0) calls.fail(request, error);
    else if (!job) send({ kind: 'OpenFailed', id: '', error });
  }
}

/** A name every system takes. */
const fileName = (name) => String(name).replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim().slice(0, 80) || 'dataset';


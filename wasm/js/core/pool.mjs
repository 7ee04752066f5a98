// Runs jobs on a few workers, each with its own copy of core.wasm: no shared memory, so no special headers.
//
//   const pool = createPool();
//   const about = await pool.run('inspect', { file, name: file.name }, { group: 'import', priority: 1 });
//   pool.setPriority(({ payload }) => visible.has(payload.name), 5);
//   pool.cancel('import');
//
// Cancelling a running job ends its worker: wasm cannot be interrupted, and a fresh instance is also a clean heap.
// The same happens to a worker that crashed, ran out of memory or has grown large. Only its own job fails.

import { CoreError, cancelled } from './errors.mjs';
import { JobQueue } from './job_queue.mjs';

export { CoreError } from './errors.mjs';

/** One less than there are cores, so that the page stays quick; of two both, since it idles while workers work. */
export function poolSize(cores = globalThis.navigator?.hardwareConcurrency ?? 2) {
  return cores === 2 ? 2 : Math.min(4, Math.max(1, cores - 1));
}

/** A pool of the site's own workers, with core.wasm compiled once for all of them. */
export function createPool(options = {}) {
  const module = fetch(new URL('./core.wasm', import.meta.url)).then((answer) => WebAssembly.compileStreaming(answer));
  const makeWorker = () => new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });
  return new CorePool({ makeWorker, module, ...options });
}

export class CorePool {
  #makeWorker;
  #size;
  #module;
  #idleMs;
  #heapLimit;
  #waiting = new JobQueue();
  #slots = new Set(); // {worker, job or null, timer}
  #nextId = 1;
  #onIdle = [];

  /**
   * @param {object} options
   * @param {() => Worker} options.makeWorker
   * @param {Promise<WebAssembly.Module>|WebAssembly.Module} [options.module] sent to every worker; without one each
   *     fetches and compiles core.wasm itself
   * @param {number} [options.size]       how many workers at most
   * @param {number} [options.idleMs]     a worker without work ends after this time
   * @param {number} [options.heapLimit]  a worker whose memory has grown past this is replaced: wasm memory never shrinks
   */
  constructor({ makeWorker, module = null, size = poolSize(), idleMs = 10_000, heapLimit = 512 * 1024 * 1024 }) {
    this.#makeWorker = makeWorker;
    this.#size = size;
    this.#module = module;
    this.#idleMs = idleMs;
    this.#heapLimit = heapLimit;
    // A module that cannot be fetched is no reason to fail here: each worker then tries by itself and says what is wrong.
    if (module?.then) {
      this.#module = undefined; // not known yet
      module.then((m) => (this.#module = m), () => (this.#module = null)).then(() => this.#pump());
    }
  }

  get size() {
    return this.#size;
  }
  get running() {
    return [...this.#slots].filter((slot) => slot.job).length;
  }
  get waiting() {
    return this.#waiting.size;
  }

  /** The job's value; rejects with a CoreError. `onProgress` gets what the job counts (bytes, mostly). */
  run(kind, payload, { priority = 0, group, signal, onProgress, transfer } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const job = { id: this.#nextId++, kind, payload, priority, group, onProgress, transfer, resolve, reject };
      if (signal) {
        const stop = () => this.#cancelWhere((other) => other === job);
        signal.addEventListener('abort', stop, { once: true });
        job.unlisten = () => signal.removeEventListener('abort', stop);
      }
      this.#waiting.push(job);
      this.#pump();
    });
  }

  /** Drops every job of the group, waiting or running. */
  cancel(group) {
    this.#cancelWhere((job) => job.group === group);
  }

  /** Moves waiting jobs, of a group or by a predicate over {kind, payload, group, priority}. */
  setPriority(which, priority) {
    const matches = typeof which === 'function' ? which : (job) => job.group === which;
    for (const job of this.#waiting.remove((other) => other.priority !== priority && matches(other))) {
      this.#waiting.push(Object.assign(job, { priority }));
    }
  }

  /** Resolves when nothing waits and nothing runs. */
  idle() {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** Ends all workers; whatever was asked and not answered is cancelled. The pool can be used again. */
  close() {
    this.#cancelWhere(() => true);
    for (const slot of [...this.#slots]) this.#endWorker(slot);
  }

  #isIdle() {
    return this.#waiting.size === 0 && this.running === 0;
  }

  #cancelWhere(matches) {
    for (const job of this.#waiting.remove(matches)) this.#settle(job, null, cancelled());
    for (const slot of [...this.#slots]) {
      if (!slot.job || !matches(slot.job)) continue;
      const { job } = slot;
      this.#endWorker(slot);
      this.#settle(job, null, cancelled());
    }
    this.#pump();
  }

  #settle(job, value, error) {
    job.unlisten?.();
    if (error) job.reject(error);
    else job.resolve(value);
  }

  #pump() {
    while (this.#module !== undefined && this.#waiting.size > 0) {
      const slot = [...this.#slots].find((s) => !s.job) ?? (this.#slots.size < this.#size ? this.#startWorker() : null);
      if (!slot) return;
      this.#give(slot, this.#waiting.take());
    }
    if (this.#isIdle()) for (const tell of this.#onIdle.splice(0)) tell();
  }

  #startWorker() {
    const worker = this.#makeWorker();
    const slot = { worker, job: null, timer: null };
    worker.onmessage = ({ data }) => this.#hear(slot, data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#crashed(slot, event.message);
    };
    worker.onmessageerror = () => this.#crashed(slot, 'its answer could not be read');
    worker.postMessage({ init: { module: this.#module } });
    this.#slots.add(slot);
    return slot;
  }

  #endWorker(slot) {
    clearTimeout(slot.timer);
    this.#slots.delete(slot);
    slot.worker.terminate();
  }

  #give(slot, job) {
    clearTimeout(slot.timer);
    slot.job = job;
    try {
      slot.worker.postMessage({ id: job.id, kind: job.kind, payload: job.payload }, job.transfer ?? []);
    } catch (thrown) { // a payload that cannot be sent
      slot.job = null;
      this.#settle(job, null, new CoreError({ code: 'internal', message: String(thrown?.message ?? thrown), hint: '' }));
      this.#rest(slot);
    }
  }

  #hear(slot, data) {
    const { job } = slot;
    if (!job || data.id !== job.id || !this.#slots.has(slot)) return; // spoke after its end
    if (data.progress !== undefined) {
      job.onProgress?.(data.progress);
      return;
    }
    slot.job = null;
    this.#settle(job, data.value, data.ok ? null : new CoreError(data.error));
    if (data.fatal || data.heapBytes > this.#heapLimit) this.#endWorker(slot);
    else this.#rest(slot);
    this.#pump();
  }

  #rest(slot) {
    slot.timer = setTimeout(() => !slot.job && this.#endWorker(slot), this.#idleMs);
    slot.timer.unref?.(); // in node, waiting for this must not keep the process
  }

  #crashed(slot, why) {
    if (!this.#slots.has(slot)) return;
    const { job } = slot;
    this.#endWorker(slot);
    if (job) {
      const message = why ? `A worker ended unexpectedly: ${why}.` : 'A worker ended unexpectedly.';
      const hint = 'The file may need more memory than there is, or the page was updated: try again, or reload.';
      this.#settle(job, null, new CoreError({ code: 'internal', message, hint }));
    }
    this.#pump();
  }
}

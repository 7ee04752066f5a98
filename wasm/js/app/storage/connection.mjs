// Questions to the storage worker and its answers.

import { CoreError } from '../../core/errors.mjs';

export class Connection {
  #makeWorker;
  #init;
  #onEvent;
  #worker = null;
  #next = 1;
  #waiting = new Map(); // id → {resolve, reject}
  #failure = null;

  /** @param {{makeWorker: () => Worker, init: object, onEvent: (event: object) => void}} parts */
  constructor({ makeWorker, init, onEvent }) {
    this.#makeWorker = makeWorker;
    this.#init = init;
    this.#onEvent = onEvent;
  }

  /** The worker is started by the first question, or here, earlier. */
  start() {
    if (this.#worker) return;
    this.#worker = this.#makeWorker();
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => this.#failed(event.message);
    this.#worker.postMessage({ init: this.#init });
  }

  /** @returns {Promise<any>} rejects with a CoreError */
  ask(kind, payload = {}, transfer = []) {
    this.start();
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, kind, payload }, transfer);
    });
  }

  get waiting() {
    return this.#waiting.size;
  }

  #heard({ id, ok, value, error, event }) {
    if (event) return this.#onEvent(event);
    const question = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ok) question?.resolve(value);
    else question?.reject(new CoreError(error));
  }

  #failed(why) {
    this.#failure = new CoreError({
      code: 'unsupported',
      message: `The part of the page that stores datasets could not start${why ? `: ${why}` : ''}.`,
      hint: 'What you do stays in this tab; reload to try again.',
    });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}

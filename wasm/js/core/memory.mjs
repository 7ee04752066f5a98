// A thin hand on core.wasm: memory that is given back, calls whose answer is JSON and bytes (wasm/worker/reply.hpp).

import { CoreError } from './errors.mjs';

export class Core {
  #module;
  /** @param module what createCore() resolves to */
  constructor(module) {
    this.#module = module;
  }

  get heapBytes() {
    return this.#module.HEAPU8.length;
  }

  /** Memory grows and moves: ask for the view right before using it, never keep it. */
  view(at, size) {
    return this.#module.HEAPU8.subarray(at, at + size);
  }

  /** Runs `work` with memory that is freed when it is done, whichever way it ends. */
  async using(work) {
    const taken = [];
    const memory = {
      allocate: (size) => {
        const at = this.#module._malloc(Math.max(size, 1));
        if (at === 0) throw new RangeError('out of memory');
        taken.push(at);
        return at;
      },
      /** Copies bytes or text in: {at, size}. */
      put: (data) => {
        const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
        const at = memory.allocate(bytes.length);
        this.view(at, bytes.length).set(bytes);
        return { at, size: bytes.length };
      },
      /** Before the end, when what comes next needs the room. */
      free: (at) => {
        taken.splice(taken.indexOf(at), 1);
        this.#module._free(at);
      },
    };
    try {
      return await work(memory);
    } finally {
      for (const at of taken) this.#module._free(at);
    }
  }

  /** Calls an export that answers through the reply: {value, parts: [Uint8Array, Uint8Array]}, copied out. */
  call(name, ...args) {
    const m = this.#module;
    const ok = m[`_${name}`](...args);
    const text = new TextDecoder().decode(this.view(m._core_reply_json(), m._core_reply_json_bytes()));
    const parts = [0, 1].map((i) => this.view(m._core_reply_part(i), m._core_reply_part_bytes(i)).slice());
    m._core_reply_clear();
    const value = JSON.parse(text);
    if (!ok) throw new CoreError(value);
    return { value, parts };
  }

  /** An export that answers with a number. */
  number(name, ...args) {
    return this.#module[`_${name}`](...args) >>> 0;
  }
}

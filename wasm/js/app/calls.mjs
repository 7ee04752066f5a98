// Script calls that wait for an answer. C++ knows each by a number.

export class Calls {
  #next = 1;
  #waiting = new Map(); // request → {resolve, reject}

  /** `start(request)` sets off what will be answered. */
  make(start) {
    const request = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      try {
        start(request);
      } catch (thrown) {
        this.#waiting.delete(request);
        reject(thrown);
      }
    });
  }

  answer(request, value) {
    this.#take(request)?.resolve(value);
  }

  /** @param {{code: string, message: string, hint: string}} error */
  fail(request, { code, message, hint }) {
    this.#take(request)?.reject(Object.assign(new Error(message), { code, hint }));
  }

  get waiting() {
    return this.#waiting.size;
  }

  #take(request) {
    const call = this.#waiting.get(request);
    this.#waiting.delete(request);
    return call;
  }
}

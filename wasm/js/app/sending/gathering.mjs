// Pieces of streamed answers on their way to C++. Models write words one by one, several answers at a time; nobody reads
// that fast, and each event costs a frame. So all streams together give at most one event in 50 ms, in turns.

const kPauseMs = 50;

export class Gathering {
  #waiting = new Map(); // call → text, the one that waits longest first
  #tell;
  #timer = null;

  /** @param {(call: number, text: string) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  add(call, text) {
    if (text === '') return;
    this.#waiting.set(call, (this.#waiting.get(call) ?? '') + text);
    if (this.#timer === null) this.#next();
  }

  /** What was not told yet: the answer has ended. */
  take(call) {
    const text = this.#waiting.get(call) ?? '';
    this.#waiting.delete(call);
    return text;
  }

  #next() {
    this.#timer = null;
    const [first] = this.#waiting;
    if (!first) return;
    this.#waiting.delete(first[0]);
    this.#timer = setTimeout(() => this.#next(), kPauseMs);
    this.#tell(...first);
  }
}

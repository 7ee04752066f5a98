// A server that asks for a pause gets it from every call that has not left yet, also from those C++ let go a moment
// before it could know: their copies were still being made.

import { pause } from './stopping.mjs';

const kBusy = new Set([429, 503, 529]);

export class Patience {
  #until = new Map(); // connection → moment of performance.now()

  /** An answer came in. */
  heard(connection, { status, headers }) {
    if (!kBusy.has(status)) return;
    const until = performance.now() + pauseIn(headers);
    if (until > (this.#until.get(connection) ?? 0)) this.#until.set(connection, until);
  }

  /** Resolves when a call may leave; rejects when it is stopped before. */
  async welcome(connection, signal) {
    for (;;) {
      const left = (this.#until.get(connection) ?? 0) - performance.now();
      if (left <= 0) return;
      await pause(left, signal);
    }
  }
}

/** @returns {number} milliseconds */
function pauseIn(headers) {
  const ms = Number(headers.get('retry-after-ms') ?? NaN);
  if (ms > 0) return ms;
  const text = headers.get('retry-after') ?? '';
  const seconds = Number(text);
  const asked = text !== '' && seconds >= 0 ? seconds * 1000 : Date.parse(text) - Date.now();
  return asked > 0 ? asked : 0; // none, or nonsense: C++ has its own patience
}

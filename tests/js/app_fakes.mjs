// Stand-ins for what the page's modules talk to: workers that answer when the test says so, and a C++ that only listens.
import { CoreError } from '../../wasm/js/core/errors.mjs';

/** `answers[kind](payload)` gives a job's value or throws; without one a job waits until `finish()`. */
export function fakePool(answers = {}, size = 2) {
  const pool = {
    size,
    jobs: [], // {kind, payload, options, resolve, reject} still open
    asked: [], // kinds, in order
    run(kind, payload, options = {}) {
      pool.asked.push(kind);
      if (answers[kind]) return Promise.resolve().then(() => answers[kind](payload, options));
      return new Promise((resolve, reject) => pool.jobs.push({ kind, payload, options, resolve, reject }));
    },
    cancel(group) {
      for (const job of pool.jobs.filter(({ options }) => options.group === group)) {
        job.reject(new CoreError({ code: 'cancelled', message: 'cancelled' }));
      }
      pool.jobs = pool.jobs.filter(({ options }) => options.group !== group);
    },
  };
  return pool;
}

export function listener() {
  const events = [];
  const send = (event) => events.push(event);
  return { events, send, kinds: () => events.map(({ kind }) => kind) };
}

/** Lets everything that can happen without time passing happen. */
export const settle = async () => {
  for (let i = 0; i < 30; ++i) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};

export const inspected = (hash, side = 2) => ({
  hash,
  width: side,
  height: side,
  mime: 'image/png',
  thumb: { width: side, height: side, rgba: new ArrayBuffer(side * side * 4) },
  thumbFile: { bytes: new ArrayBuffer(10), type: 'image/jpeg' },
});

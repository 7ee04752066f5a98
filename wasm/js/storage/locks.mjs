// One tab writes to a dataset. Which one is a Web Lock, that the browser takes from a tab that ends; how tabs talk about
// it is a channel. The tab that has it answers two questions of others: for a copy to look at, and to hand it over.

const kPatienceMs = 3000; // a tab that has not answered by then hangs, or sleeps

export const lockOf = (dataset) => `vignette-dataset-${dataset}`;

/** Locks that are held now, by anybody. */
export async function heldLocks() {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name }) => name));
}

/**
 * @param {{steal?: boolean, until?: AbortSignal}} how  `until`: wait for it; without either only a free lock is taken
 * @returns {Promise<{release: () => Promise<void>, lost: Promise<void>}|null>} null when somebody else has it
 */
export function hold(name, { steal = false, until } = {}) {
  const options = steal ? { steal } : until ? { signal: until } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    let lose;
    const lost = new Promise((done) => (lose = done));
    let holding = false;
    const request = navigator.locks.request(name, options, (lock) => {
      if (!lock) return resolve(null);
      holding = true;
      return new Promise((done) => resolve({ release: () => (done(), request.catch(() => {})), lost }));
    });
    request.catch((thrown) => {
      if (holding) lose(); // another tab stole it
      else if (thrown.name === 'TimeoutError' || thrown.name === 'AbortError') resolve(null);
      else reject(thrown);
    });
  });
}

/**
 * Waits for the lock while asking whoever has it for a copy: a page that is being reloaded has it for a moment more, and
 * no longer answers.
 * @returns {Promise<{lock: object|null, copy: Uint8Array|null}>}
 */
export async function holdOrCopy(dataset) {
  const stop = new AbortController();
  const lock = hold(lockOf(dataset), { until: stop.signal });
  const asked = askOwner(dataset, 'copy');
  const first = await Promise.race([lock, asked.then((answer) => ({ copy: answer?.value ?? null }))]);
  if (!('copy' in first)) return { lock: first, copy: null };
  stop.abort();
  const late = await lock; // it may have come just now
  return { lock: late, copy: first.copy };
}

/** Answers other tabs while this one has the dataset. */
export class Owner {
  #channel;

  /** @param {{copy: () => Promise<Uint8Array>, handOver: () => Promise<void>}} answers */
  constructor(dataset, answers) {
    this.#channel = new BroadcastChannel(lockOf(dataset));
    this.#channel.onmessage = async ({ data: { ask, from } }) => {
      if (!answers[ask]) return;
      const value = await answers[ask]().catch(() => null);
      this.#channel.postMessage({ to: from, value });
      if (ask === 'handOver') this.close();
    };
  }

  close() {
    this.#channel.onmessage = null;
    setTimeout(() => this.#channel.close()); // what was just posted still leaves
  }
}

/** Asks the tab that has the dataset. @returns {Promise<{value: any}|null>} null when it does not answer */
export function askOwner(dataset, ask) {
  const channel = new BroadcastChannel(lockOf(dataset));
  const from = crypto.randomUUID();
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), kPatienceMs);
    channel.onmessage = ({ data }) => {
      if (data.to !== from) return;
      clearTimeout(late);
      resolve({ value: data.value ?? null });
    };
    channel.postMessage({ ask, from });
  }).finally(() => channel.close());
}

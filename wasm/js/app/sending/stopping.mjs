// Stopping what waits for a network, in the words of browsers from 2021 on.

/** A signal that ends what takes longer than this. */
export function expiring(ms) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), ms);
  timer.unref?.(); // in node, waiting for this must not keep the process
  return end.signal;
}

/** Resolves after some time; rejects as soon as the signal says so. */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, Math.min(ms, 2 ** 31 - 1));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

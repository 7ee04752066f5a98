// Why a call did not come back, told apart as far as a browser lets us: it says "Failed to fetch" to everything.

import { CoreError } from '../../core/errors.mjs';
import { expiring } from './stopping.mjs';

const kLookMs = 3000;

/** This very machine: the only place that may be asked without TLS. */
export const isLoopback = ({ hostname }) => hostname === 'localhost' || hostname === '127.0.0.1';

/**
 * The address of a call, or an error where the browser or the page's own policy would refuse it.
 * @param {URL} page  where the page came from; addresses may be relative to it
 */
export function checkedUrl(text, page) {
  let url;
  try {
    url = new URL(text, page);
  } catch {
    throw new CoreError({ code: 'invalid_input', message: 'The address of the server makes no sense.', hint: 'It should look like https://example.org/v1.' });
  }
  if (url.username || url.password || !/^https?:$/.test(url.protocol)) {
    throw new CoreError({ code: 'invalid_input', message: 'The address of the server must begin with https:// and hold no password.', hint: 'A key belongs in its own field.' });
  }
  if (url.protocol === 'http:' && url.origin !== page.origin && !isLoopback(url)) {
    throw new CoreError({
      code: 'mixed_content',
      message: `${url.host} was to be called without encryption, which browsers only allow on this very machine.`,
      hint: /^\[|^0\.0\.0\.0$/.test(url.hostname) ? 'Write 127.0.0.1 instead.' : 'Use an https:// address, or let the relay call it.',
    });
  }
  return url;
}

/** What a call was stopped for: the reason of its AbortController. */
export const kStopped = {
  cancelled: { code: 'cancelled', message: 'The call was cancelled.', hint: '' },
  localOnly: { code: 'local_only', message: 'Nothing is sent: “Local only” is on.', hint: 'Switch it off to use models elsewhere.' },
  timeout: (host, seconds) => ({
    code: 'timeout',
    message: `${host} said nothing for ${seconds} seconds.`,
    hint: 'It may be busy: try again later, or choose a faster model.',
  }),
};

export const redirected = (host) => new CoreError({
  code: 'redirect',
  message: `${host} wants to send the call on to another address, which is not followed.`,
  hint: 'Check the address of this connection: http instead of https is a frequent reason.',
});

export const tooLong = (host) => new CoreError({
  code: 'too_large',
  message: `The answer of ${host} is larger than 64 MB and was cut off.`,
  hint: 'Check that the address is the one of a model.',
});

/** Which servers have let this page in: a call to one of them that fails did not fail for that. */
export class Hosts {
  #open = new Set();
  #fetch;
  #isOnline;

  constructor({ fetch, isOnline }) {
    this.#fetch = fetch;
    this.#isOnline = isOnline;
  }

  answered({ origin }) {
    this.#open.add(origin);
  }

  /** What to say about a call that `fetch` gave up. Asks the server, without a word of the call, whether it is there. */
  async explain(url) {
    const local = isLoopback(url);
    if (!local && !this.#isOnline()) {
      return new CoreError({ code: 'offline', message: 'This device is offline.', hint: 'What is left goes on once it is back.' });
    }
    if (!this.#open.has(url.origin) && (await this.#isThere(url))) {
      return new CoreError({
        code: 'cors',
        message: `${url.host} is there, but does not let a page like this one call it.`,
        hint: local ? 'Allow this page’s address in its settings, or use it through the relay.' : 'Use it through the relay.',
      });
    }
    return new CoreError({
      code: 'network',
      message: local ? `Nothing answered at ${url.host}.` : `The connection to ${url.host} could not be made, or broke.`,
      hint: local ? 'Start the server there, and allow access to this machine should the browser ask.' : 'Check the address and the network; then try again.',
    });
  }

  async #isThere(url) {
    try {
      const quiet = { mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' };
      await this.#fetch(`${url.origin}/`, { ...quiet, signal: expiring(kLookMs) });
      return true;
    } catch {
      return false;
    }
  }
}

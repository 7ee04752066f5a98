// Sessions with a relay: an access code becomes a token that is good for some hours. The code is only ever sent to open a
// session; calls carry the token. It is renewed shortly before it ends and when the relay no longer takes it.

import { CoreError } from '../../core/errors.mjs';
import { blotted } from './secrets.mjs';

const kPrefix = 'vignette.session.'; // in sessionStorage: a reload of the tab goes on with the token
const kEarlyMs = 60_000;

export class SessionError extends CoreError {
  /** @param {{status: number, text: string}} answer */
  constructor(error, { status, text }) {
    super(error);
    this.status = status;
    this.text = text;
  }
}

export class Sessions {
  #secrets;
  #ask;
  #storage;
  #now;
  #open = new Map(); // connection → {url, token, expires}
  #renewing = new Map(); // connection → Promise

  /**
   * @param {object} parts
   * @param {(url: URL, body: Blob) => Promise<{status: number, text: string}>} parts.ask  past the last door
   * @param {Storage} [parts.storage]
   */
  constructor({ secrets, ask, storage = globalThis.sessionStorage, now = Date.now }) {
    this.#secrets = secrets;
    this.#ask = ask;
    this.#storage = storage;
    this.#now = now;
  }

  /** Those of this tab before it was reloaded. @returns {number[]} */
  restore() {
    for (const key of stored(this.#storage).filter((name) => name.startsWith(kPrefix))) {
      const session = parsed(this.#storage.getItem(key));
      if (session?.expires > this.#now()) this.#open.set(Number(key.slice(kPrefix.length)), { ...session, url: new URL(session.url) });
      else this.#storage.removeItem(key);
    }
    return [...this.#open.keys()];
  }

  has(connection) {
    return this.#open.has(connection);
  }

  /** @returns {Promise<{token: string, expires: number, policy: object}>} rejects with a SessionError or CoreError */
  async open(connection, url) {
    const running = this.#open.get(connection);
    if (!this.#secrets.has(connection) && running?.url.href === url.href) return { ...running, policy: {} }; // after a reload
    const code = this.#secrets.secretFor(connection, url);
    const { status, text } = await this.#ask(url, new Blob([JSON.stringify({ code })]));
    const answer = parsed(text);
    const expires = Date.parse(answer?.expires_at);
    if (status !== 200 || typeof answer?.token !== 'string' || Number.isNaN(expires)) {
      throw new SessionError(kRefused(url, status), { status, text: blotted(text, code) });
    }
    const session = { url, token: answer.token, expires };
    this.#open.set(connection, session);
    store(this.#storage, kPrefix + connection, JSON.stringify(session));
    return { ...session, policy: answer.policy ?? {} };
  }

  forget(connection) {
    this.#open.delete(connection);
    store(this.#storage, kPrefix + connection, null);
  }

  /** The token to call this address with. */
  async tokenFor(connection, { origin, host }) {
    const session = this.#open.get(connection);
    if (session.url.origin !== origin) {
      throw new CoreError({ code: 'wrong_host', message: `This session was opened at ${session.url.host} and is not used at ${host}.`, hint: 'Connect again.' });
    }
    if (session.expires - this.#now() > kEarlyMs || !this.#secrets.has(connection)) return session.token;
    return (await this.renewed(connection, session.token)) ?? session.token;
  }

  /** Another token than this one, or null: then the relay's own answer says why. */
  renewed(connection, stale) {
    const session = this.#open.get(connection);
    if (session && session.token !== stale) return Promise.resolve(session.token); // another call was first
    if (!session || !this.#secrets.has(connection)) return Promise.resolve(null);
    if (!this.#renewing.has(connection)) {
      const renewal = this.open(connection, session.url)
        .then(({ token }) => token, () => null)
        .finally(() => this.#renewing.delete(connection));
      this.#renewing.set(connection, renewal);
    }
    return this.#renewing.get(connection);
  }
}

const kRefused = ({ host }, status) => ({
  code: status === 401 || status === 403 ? 'unauthorized' : 'upstream',
  message: status === 401 ? `${host} does not know this access code.` : `${host} opened no session (status ${status}).`,
  hint: status === 401 ? 'Check it letter by letter, or ask whoever gave it to you.' : 'Check that the address is the one of a Vignette relay.',
});

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function stored(storage) {
  try {
    return Object.keys(storage);
  } catch {
    return [];
  }
}

/** `value` null: remove it. */
function store(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // Storage is full or forbidden: the session ends with a reload.
  }
}

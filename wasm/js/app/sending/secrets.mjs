// Keys and access codes. They live here and nowhere else: C++ knows a connection by its number. A key goes to one
// address only, the first it was sent to, so that no mix-up of connections can carry it to a stranger.

import { CoreError } from '../../core/errors.mjs';

const kLeast = 6; // shorter ones would be found everywhere when they are blotted out

export class Secrets {
  #held = new Map(); // connection → {secret, origins, remember}
  #store;

  /** @param {{all, put, remove}} store  secret_store.mjs */
  constructor(store) {
    this.#store = store;
  }

  /** Those of earlier visits. @returns {Promise<number[]>} their connections */
  async restore() {
    for (const { connection, secret, origins } of await this.#store.all()) {
      if (!this.#held.has(connection)) this.#held.set(connection, { secret, origins, remember: true });
    }
    return [...this.#held.keys()];
  }

  keep({ connection, secret, remember = false, origins = [] }) {
    this.#held.set(connection, { secret, origins: origins.map((origin) => new URL(origin).origin), remember });
    return remember ? this.#write(connection) : this.#store.remove(connection);
  }

  forget({ connection }) {
    this.#held.delete(connection);
    return this.#store.remove(connection);
  }

  has(connection) {
    return this.#held.has(connection);
  }

  /** The secret, for this address only. */
  secretFor(connection, { origin, host }) {
    const held = this.#held.get(connection);
    if (!held) throw new CoreError(kNone);
    if (held.origins.length === 0) {
      held.origins = [origin];
      if (held.remember) this.#write(connection);
    }
    if (!held.origins.includes(origin)) {
      throw new CoreError({
        code: 'wrong_host',
        message: `This key was kept for ${new URL(held.origins[0]).host} and is not sent to ${host}.`,
        hint: 'Type the key again to use it there.',
      });
    }
    return held.secret;
  }

  #write(connection) {
    const { secret, origins } = this.#held.get(connection);
    return this.#store.put({ connection, secret, origins });
  }
}

/** What a server answered, without the key it was sent: some repeat it in their errors. */
export const blotted = (text, secret) => (secret && secret.length >= kLeast ? text.replaceAll(secret, '•••') : text);

const kNone = {
  code: 'no_secret',
  message: 'The key of this connection is not known in this tab.',
  hint: 'Type it again, or let this device remember it.',
};

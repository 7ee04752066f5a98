// The one door through which anything leaves this machine: calls to models, as C++ asks for them. Which connection a
// call belongs to is a number; the key behind it is added here. Everything that was sent is written down.

import { errorOf } from '../errors.mjs';
import { makeBody } from './bodies.mjs';
import { Exchange } from './exchange.mjs';
import { checkedUrl, Hosts, kStopped } from './failures.mjs';
import { CoreError } from '../../core/errors.mjs';
import { Gathering } from './gathering.mjs';
import { Ledger } from './ledger.mjs';
import { findLocalServers } from './local_servers.mjs';
import { Patience } from './patience.mjs';
import { Secrets } from './secrets.mjs';
import { Sessions } from './sessions.mjs';

const kSessionWaitMs = 30_000;

export class Sending {
  #tools;
  #send;
  #page;
  #fetch;
  #notes;
  #ports;
  #secrets;
  #sessions;
  #hosts;
  #ledger;
  #gathering;
  #patience = new Patience();
  #open = new Map(); // call → Exchange
  #localOnly;

  /**
   * @param {object} parts
   * @param {(event: object) => void} parts.send
   * @param {{all, put, remove}} parts.secretStore  secret_store.mjs
   * @param {object} parts.notes  device_notes.mjs
   * @param {(rows: object[]) => Promise<void>} parts.storeLedger
   * @param {URL} parts.page
   */
  constructor({ pool, sources, send, secretStore, notes, storeLedger, page = new URL(location.href), sessionStorage,
    fetch = globalThis.fetch.bind(globalThis), isOnline = () => navigator.onLine !== false, localPorts = {} }) {
    this.#tools = { pool, sources };
    this.#send = send;
    this.#page = page;
    this.#fetch = fetch;
    this.#notes = notes;
    this.#ports = localPorts;
    this.#localOnly = notes.localOnly;
    this.#secrets = new Secrets(secretStore);
    this.#sessions = new Sessions({ secrets: this.#secrets, ask: (url, body) => this.#askForSession(url, body), storage: sessionStorage });
    this.#hosts = new Hosts({ fetch, isOnline });
    this.#ledger = new Ledger(storeLedger);
    this.#gathering = new Gathering((call, text) => send({ kind: 'FetchPart', call, text }));
  }

  /** What effects.mjs adds to its table. */
  effects() {
    return {
      Fetch: (effect) => this.#call(effect),
      CancelFetch: ({ call }) => this.#open.get(call)?.stop(kStopped.cancelled),
      KeepSecret: (effect) => {
        this.#sessions.forget(effect.connection);
        this.#secrets.keep(effect);
      },
      ForgetSecret: (effect) => {
        this.#sessions.forget(effect.connection);
        this.#secrets.forget(effect);
      },
      OpenSession: (effect) => this.#openSession(effect),
      StoreConnections: ({ json }) => (this.#notes.connections = json),
      SetLocalOnly: ({ on }) => this.#setLocalOnly(on),
      FindLocalServers: () => this.#findLocalServers(),
      AddToLedger: ({ kind, call, ...used }) => this.#ledger.complete(call, used),
    };
  }

  /** Nothing is under way, and all that was sent is written down. */
  get isIdle() {
    return this.#open.size === 0 && this.#ledger.isIdle;
  }

  get ledger() {
    return this.#ledger;
  }

  /** Tells C++ what this device remembers. */
  async restore() {
    const kept = await this.#secrets.restore();
    const withSecret = [...new Set([...kept, ...this.#sessions.restore()])].sort((a, b) => a - b);
    this.#send({ kind: 'ConnectionsRestored', json: this.#notes.connections, with_secret: withSecret });
  }

  /** What was sent is written down before the page may be closed. */
  watchPage(target = window) {
    target.addEventListener('pagehide', () => this.#ledger.flush());
    target.document.addEventListener('visibilitychange', () => this.#ledger.flush());
  }

  async #call(effect) {
    const { call } = effect;
    let exchange = null;
    try {
      const url = this.#admit(effect.url);
      exchange = new Exchange(effect, url, { hosts: this.#hosts, fetch: this.#fetch });
      this.#open.set(call, exchange);
      const body = await makeBody(this.#tools, effect.body ?? [], exchange.signal);
      const { response, secret } = await this.#exchange(effect, url, body, exchange);
      const answer = await exchange.read(
        response, secret, (head) => this.#send({ kind: 'FetchHead', call, ...head }), (text) => this.#gathering.add(call, text));
      const untold = this.#gathering.take(call);
      this.#close(call, exchange);
      this.#send({ kind: 'FetchDone', call, ...answer, text: untold + answer.text });
    } catch (thrown) {
      const error = exchange ? await exchange.failure(thrown) : errorOf(thrown);
      const rest = this.#gathering.take(call);
      if (rest !== '' && error.code !== 'cancelled') this.#send({ kind: 'FetchPart', call, text: rest });
      this.#close(call, exchange);
      this.#send({ kind: 'FetchFailed', call, sent: exchange?.sent ?? false, error });
    }
  }

  #close(call, exchange) {
    exchange?.end();
    if (this.#open.get(call) === exchange) this.#open.delete(call);
  }

  /** Sends it; a second time with a new token where the relay no longer takes the old one. */
  async #exchange(effect, url, body, exchange) {
    const { connection, auth } = effect;
    const needsKey = Boolean(auth?.name);
    const hasSession = needsKey && this.#sessions.has(connection);
    const onSent = () => this.#sent(effect, url, body);
    let secret = null;
    if (hasSession) secret = await this.#sessions.tokenFor(connection, url);
    else if (needsKey) secret = this.#secrets.secretFor(connection, url);
    await this.#patience.welcome(connection, exchange.signal);
    const response = await exchange.send(body.content, secret, onSent);
    this.#patience.heard(connection, response);
    if (response.status !== 401 || !hasSession) return { response, secret };
    const fresh = await this.#sessions.renewed(connection, secret);
    if (fresh === null) return { response, secret };
    response.body?.cancel().catch(() => {});
    return { response: await exchange.send(body.content, fresh, onSent), secret: fresh };
  }

  #sent({ call, ledger }, { host }, { size, copy }) {
    const about = { time: Date.now(), host, bytes: size, copy };
    if (ledger) {
      const { what = '', item = '', provider = '', model = '' } = ledger;
      this.#ledger.add(call, { ...about, what, item, provider, model });
    }
    this.#send({ kind: 'FetchSent', call, ...about });
  }

  /** Everything that would leave asks here first. */
  #admit(address) {
    if (this.#localOnly) throw new CoreError(kStopped.localOnly);
    return checkedUrl(address, this.#page);
  }

  async #askForSession(url, body) {
    this.#admit(url.href);
    const about = { headers: [{ name: 'Content-Type', value: 'application/json' }], timeout_ms: kSessionWaitMs };
    const exchange = new Exchange(about, url, { hosts: this.#hosts, fetch: this.#fetch });
    try {
      const response = await exchange.send(body, null, () => {});
      return await exchange.read(response, null, () => {});
    } catch (thrown) {
      throw new CoreError(await exchange.failure(thrown));
    } finally {
      exchange.end();
    }
  }

  async #openSession({ connection, url: address }) {
    try {
      const { expires, policy } = await this.#sessions.open(connection, this.#admit(address));
      this.#send({ kind: 'SessionOpened', connection, expires: new Date(expires).toISOString(), policy });
    } catch (thrown) {
      const { status = 0, text = '' } = thrown;
      this.#send({ kind: 'SessionFailed', connection, status, text, error: errorOf(thrown) });
    }
  }

  #setLocalOnly(on) {
    this.#localOnly = on;
    this.#notes.localOnly = on;
    if (on) for (const exchange of this.#open.values()) exchange.stop(kStopped.localOnly);
  }

  async #findLocalServers() {
    const servers = this.#localOnly ? [] : await findLocalServers({ fetch: this.#fetch, page: this.#page, ports: this.#ports });
    this.#send({ kind: 'LocalServersFound', servers });
  }
}

// One call under way: from its body to the end of its answer, or to the reason why there is none.

import { CoreError, errorOf } from '../errors.mjs';
import { headersOf, readText } from './answers.mjs';
import { kStopped, redirected } from './failures.mjs';
import { blotted } from './secrets.mjs';

const kSilenceMs = 120_000;

const kHeaderText = /^[\x21-\x7e]+$/;
const kOddKey = {
  code: 'invalid_input',
  message: 'The key of this connection holds a character that no key has.',
  hint: 'Copy it again: a space or a line break may have come along.',
};

/** Browsers hide what it says; node does not. */
const isRedirect = ({ type, status }) => type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status);

export class Exchange {
  #effect;
  #url;
  #hosts;
  #fetch;
  #stop = new AbortController();
  #why = null; // it was stopped
  #timer = null;
  sent = false; // bytes may have left this machine

  constructor(effect, url, { hosts, fetch }) {
    this.#effect = effect;
    this.#url = url;
    this.#hosts = hosts;
    this.#fetch = fetch;
  }

  get signal() {
    return this.#stop.signal;
  }

  /** @param {{code, message, hint}} why  one of kStopped */
  stop(why) {
    this.#why ??= why;
    this.#stop.abort();
  }

  /**
   * @param {{value: string, prefix?: string}|null} secret
   * @returns {Promise<Response>}
   */
  async send(body, secret, onSent) {
    const { method = 'POST', headers = [], auth } = this.#effect;
    const carriesNothing = secret === null && method === 'GET';
    const all = new Headers(headers.map(({ name, value }) => [name, value]));
    if (secret !== null) {
      if (!kHeaderText.test(secret)) throw new CoreError(kOddKey); // what Headers itself would say quotes the key
      all.set(auth.name, auth.prefix + secret);
    }
    if (this.#why) throw new CoreError(this.#why);
    this.#alive();
    const answer = this.#fetch(this.#url.href, {
      method,
      headers: all,
      body: body ?? undefined,
      signal: this.signal,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: carriesNothing ? 'follow' : 'manual',
    });
    this.sent = true;
    onSent();
    const response = await answer;
    this.#hosts.answered(this.#url);
    if (!carriesNothing && isRedirect(response)) throw redirected(this.#url.host);
    return response;
  }

  /**
   * @param {(head: object) => void} onHead
   * @param {(text: string) => void} onPart  of streams
   * @returns {Promise<{status: number, headers: object[], text: string}>}
   */
  async read(response, secret, onHead, onPart) {
    const { status } = response;
    const isStream = this.#effect.stream && status < 400;
    const headers = headersOf(response).map(({ name, value }) => ({ name, value: blotted(value, secret) }));
    if (isStream) this.#alive();
    onHead({ status, headers });
    const texts = [];
    await readText(response, this.#url.host, isStream ? onPart : (text) => texts.push(text), () => isStream && this.#alive());
    const text = texts.join('');
    return { status, headers, text: status < 400 ? text : blotted(text, secret) };
  }

  /** What is to be told of something that was thrown on the way. */
  async failure(thrown) {
    if (this.#why) return this.#why;
    if (thrown instanceof CoreError || typeof thrown?.code === 'string') return errorOf(thrown, 'The picture');
    if (this.sent) return (await this.#hosts.explain(this.#url)).toJSON();
    return errorOf(thrown, 'The picture');
  }

  end() {
    clearTimeout(this.#timer);
  }

  /** Something was heard: the clock starts again. */
  #alive() {
    clearTimeout(this.#timer);
    const ms = this.#effect.timeout_ms || kSilenceMs;
    this.#timer = setTimeout(() => this.stop(kStopped.timeout(this.#url.host, Math.ceil(ms / 1000))), ms);
  }
}

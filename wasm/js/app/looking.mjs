// Looks at pictures on this machine, with networks whose weights are files of this site. A file is loaded when it is first
// needed and kept in the browser's own store, so the next time, and without a network, it is there. Nothing is sent:
// what is fetched here are this page's own files.
//
//   networks: {labels: {name: 'mobilenet-1a2b3c4d.bin', bytes: 8459558, sha256: '…'} or null, objects: …}

import { CoreError, errorOf } from './errors.mjs';

const kStore = 'vignette-networks';
const kTellEveryMs = 250;
const kPriority = 8; // below what is on screen, as requests are

const notThere = (why) => new CoreError({
  code: 'no_network',
  message: `The weights of the captioner on this machine could not be loaded: ${why}.`,
  hint: 'Check the connection to this site and go on.',
});

/** In what this site may keep; null where the browser has no store (a page that did not come over https). */
const openStore = async (caches) => caches?.open(kStore).catch(() => null) ?? null;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function isWhole(bytes, { sha256, bytes: size }) {
  if (bytes.length !== size) return false;
  return !globalThis.crypto?.subtle || hex(await crypto.subtle.digest('SHA-256', bytes)) === sha256;
}

export class Looking {
  #pool;
  #sources;
  #send;
  #urlOf;
  #fetch;
  #caches;
  #files = new Map(); // kind → {file, state, loaded, problem, blob: Promise<Blob>|null}
  #open = new Map(); // call → AbortController
  #toldAt = 0;

  constructor({ pool, sources, send, networks, urlOf, fetch = globalThis.fetch.bind(globalThis), caches = globalThis.caches }) {
    this.#pool = pool;
    this.#sources = sources;
    this.#send = send;
    this.#urlOf = urlOf;
    this.#fetch = fetch;
    this.#caches = caches;
    for (const [kind, file] of Object.entries(networks)) {
      this.#files.set(kind, { file, state: file ? 'away' : 'missing', loaded: 0, problem: '', blob: null });
    }
  }

  /** What effects.mjs adds to its table. */
  effects() {
    return {
      LookAt: (effect) => this.#look(effect),
      StopLooking: ({ call }) => this.#open.get(call)?.abort(),
    };
  }

  get isIdle() {
    return this.#open.size === 0;
  }

  /** Tells C++ which networks there are, and which of them need not be loaded any more. */
  async announce() {
    const store = await openStore(this.#caches);
    for (const entry of this.#files.values()) {
      if (entry.state !== 'away' || !store) continue;
      if (await store.match(this.#urlOf(entry.file)).catch(() => null)) entry.state = 'here';
    }
    this.#tell();
  }

  async #look({ call, source, boxes, objects }) {
    const stop = new AbortController();
    this.#open.set(call, stop);
    try {
      const networks = { labels: await this.#blob('labels') };
      if (objects) networks.objects = await this.#blob('objects');
      const file = await this.#sources.blobOf(source);
      const payload = { file, name: this.#sources.pathOf(source), boxes, networks };
      const seen = await this.#pool.run('look', payload, { priority: kPriority, signal: stop.signal });
      this.#open.delete(call);
      this.#send({ kind: 'FetchDone', call, status: 200, headers: [], text: JSON.stringify(seen) });
    } catch (thrown) {
      this.#open.delete(call);
      this.#send({ kind: 'FetchFailed', call, sent: false, error: errorOf(thrown) });
    }
  }

  /** Its weights, from the store or the site; asked for once, however many pictures wait for them. */
  #blob(kind) {
    const entry = this.#files.get(kind);
    if (!entry || entry.state === 'missing') throw notThere('they are not part of this site');
    entry.blob ??= this.#load(entry).catch((thrown) => {
      entry.blob = null; // the next picture tries again
      const { message } = errorOf(thrown);
      this.#become(entry, 'broken', message);
      throw thrown;
    });
    return entry.blob;
  }

  async #load(entry) {
    const { file } = entry;
    const url = this.#urlOf(file);
    const store = await openStore(this.#caches);
    const kept = await store?.match(url).catch(() => null);
    if (kept) {
      const bytes = new Uint8Array(await kept.arrayBuffer());
      if (await isWhole(bytes, file)) return this.#have(entry, bytes);
      await store.delete(url);
    }
    const bytes = await this.#download(entry, url);
    if (!(await isWhole(bytes, file))) throw notThere(`${file.name} is not the file that this site was built with`);
    if (store) await this.#keep(store, url, bytes);
    return this.#have(entry, bytes);
  }

  #have(entry, bytes) {
    this.#become(entry, 'here');
    return new Blob([bytes]);
  }

  async #download(entry, url) {
    const { file } = entry;
    entry.loaded = 0;
    this.#become(entry, 'loading');
    const response = await this.#fetch(url).catch(() => null);
    if (!response?.ok) throw notThere(response ? `${file.name} answers ${response.status}` : `${file.name} is out of reach`);
    const bytes = new Uint8Array(file.bytes);
    const reader = response.body.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => {
        throw notThere(`the connection broke at ${entry.loaded} of ${file.bytes} bytes`);
      });
      if (done) break;
      if (entry.loaded + value.length > file.bytes) throw notThere(`${file.name} is longer than it should be`);
      bytes.set(value, entry.loaded);
      entry.loaded += value.length;
      if (performance.now() - this.#toldAt > kTellEveryMs) this.#tell();
    }
    return bytes.subarray(0, entry.loaded);
  }

  /** What an earlier build of the site used goes, so that the store holds each network once. */
  async #keep(store, url, bytes) {
    const current = [...this.#files.values()].filter(({ file }) => file).map(({ file }) => this.#urlOf(file).href);
    try {
      for (const request of await store.keys()) if (!current.includes(request.url)) await store.delete(request);
      await store.put(url, new Response(bytes, { headers: { 'Content-Length': String(bytes.length) } }));
    } catch {
      // A full disk: it is loaded again the next time.
    }
  }

  #become(entry, state, problem = '') {
    entry.state = state;
    entry.problem = problem;
    this.#tell();
  }

  #tell() {
    this.#toldAt = performance.now();
    const files = [...this.#files].map(([kind, { file, state, loaded, problem }]) => ({ kind, state, bytes: file?.bytes ?? 0, loaded, problem }));
    this.#send({ kind: 'NetworksKnown', files });
  }
}

// What stands in for the app in the harness page: it numbers commits and waits for their answers.
import { Calls } from '../../wasm/js/app/calls.mjs';
import { Sources } from '../../wasm/js/app/sources.mjs';
import { Storage } from '../../wasm/js/app/storage/storage.mjs';

const events = [];
const heard = []; // {kind, test, resolve}
let pool = null;

function send(event) {
  events.push(event);
  for (const one of [...heard]) {
    if (one.kind !== event.kind || !one.test(event)) continue;
    heard.splice(heard.indexOf(one), 1);
    one.resolve(event);
  }
}
const lazyPool = { run: async (...job) => (await corePool()).run(...job), size: 2, cancel() {} };
async function corePool() {
  pool ??= import(new URL('/core/pool.mjs', location.href)).then(({ createPool }) => createPool({ size: 1 }));
  return pool;
}

const sources = new Sources(async (archive, entry) => {
  const { blob, bytes } = await (await corePool()).run('zip.extract', { file: archive, entry });
  return blob ?? new Blob([bytes]);
});
const calls = new Calls();
const storage = new Storage({
  makeWorker: () => new Worker('/storage.mjs', { type: 'module' }),
  wasmUrl: new URL('/sqlite.wasm', location.href).href,
  send,
  sendText: (json) => send(JSON.parse(typeof json === 'string' ? json : new TextDecoder().decode(json))),
  sources,
  calls,
  pool: lazyPool,
  download: () => {},
});
storage.watchPage();
const effects = storage.effects();
let number = 0;
let opened = null;

const next = (kind, test = () => true, ms = 30_000) => new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error(`no ${kind} within ${ms} ms; heard ${events.slice(-5).map((e) => e.kind)}`)), ms);
  heard.push({ kind, test, resolve: (event) => (clearTimeout(late), resolve(event)) });
});

const hex = (i) => i.toString(16).padStart(32, '0');
const item = (i, more = {}) => ({
  id: hex(i), name: `p${i}.jpg`, path: `set/p${i}.jpg`, bytes: 100, crc32: 7, format: 'jpeg', width: 40, height: 30,
  orientation: 1, alpha: false, animated: false, phash: '00ff00ff00ff00ff', modified: 5, taken: null, also_at: [], ...more,
});
const caption = (text, author = 'human') => ({ text, author, model: '', time: 1_700_000_000_000 });

globalThis.harness = {
  events,
  sources,
  storage,
  obey: (effect) => effects[effect.kind](effect),
  next,
  /** An effect that a script call waits for. */
  call: (effect) => calls.make((request) => effects[effect.kind]({ ...effect, request })),
  async open(effect = {}) {
    number = 0;
    const answer = Promise.race([next('DatasetOpened'), next('OpenFailed')]);
    answer.catch(() => {});
    effects[effect.kind ?? 'OpenDataset']({ id: '', take_over: false, ...effect });
    opened = await answer;
    return opened;
  },
  /** @returns the Committed or CommitFailed of one commit */
  async commit({ moment, change, cursor, keep, forget_after: forgetAfter }) {
    const mine = ++number;
    const answer = Promise.race([
      next('Committed', (e) => e.number === mine, 120_000),
      next('CommitFailed', (e) => e.number === mine, 120_000),
    ]);
    answer.catch(() => {});
    const effect = { kind: 'Commit', number: mine, moment, change, cursor: cursor ?? moment?.id, forget_after: forgetAfter, keep };
    storage.commit(JSON.stringify(effect));
    const event = await answer;
    if (event.kind === 'CommitFailed') number -= 1;
    return event;
  },
  /** Adds pictures of `bytes` random bytes. */
  async add(first, count, { bytes = 100, captions = true, moment = Date.now() } = {}) {
    const items = [];
    const keep = [];
    for (let i = first; i < first + count; i += 1) {
      const content = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(content.subarray(at, at + 65536));
      const { source } = sources.add(new File([content], `p${i}.jpg`), `set/p${i}.jpg`);
      items.push({ id: hex(i), before: null, after: item(i, { bytes }) });
      keep.push({ item: hex(i), source });
      sources.keep(hex(i), source);
    }
    const change = { items };
    if (captions) change.captions = items.map(({ id }, i) => ({ item: id, set: 'main', before: null, after: caption(`picture ${first + i}`, 'import') }));
    return this.commit({ moment: { id: moment, label: `Add ${count}`, time: moment }, change, keep });
  },
  edit(i, text, moment = Date.now()) {
    const change = { captions: [{ item: hex(i), set: 'main', before: null, after: caption(text) }] };
    return this.commit({ moment: { id: moment, label: 'Edit', time: moment }, change });
  },
  replaceAll(count, text, moment = Date.now()) {
    const change = { captions: [] };
    for (let i = 0; i < count; i += 1) {
      change.captions.push({ item: hex(i), set: 'main', before: caption(`picture ${i}`), after: caption(`${text} ${i}`) });
    }
    return this.commit({ moment: { id: moment, label: 'Replace', time: moment }, change });
  },
  async idle() {
    while (!storage.isIdle) await new Promise((resolve) => setTimeout(resolve, 20));
  },
  hex,
  item,
  caption,
};

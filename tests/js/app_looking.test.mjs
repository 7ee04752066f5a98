// How the weights of the networks come to this machine, and what is told about it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';

import { Looking } from '../../wasm/js/app/looking.mjs';
import { CoreError } from '../../wasm/js/core/errors.mjs';
import { fakePool, listener, settle } from './app_fakes.mjs';

const kBytes = new TextEncoder().encode('weights of the labels');
const fileOf = (bytes, name = 'models/mobilenet-1a2b3c4d.bin') => ({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
const kSeen = { labels: [{ name: 'tabby', sure: 0.6 }] };

function fakeCaches(kept = new Map()) {
  const store = {
    match: async (url) => (kept.has(String(url)) ? new Response(kept.get(String(url))) : undefined),
    put: async (url, response) => void kept.set(String(url), new Uint8Array(await response.arrayBuffer())),
    delete: async (request) => kept.delete(String(request.url ?? request)),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
  };
  return { kept, open: async () => store };
}

function setUp({ answer = () => new Response(kBytes), networks = { labels: fileOf(kBytes), objects: null }, caches = fakeCaches(), look = () => kSeen } = {}) {
  const { events, send } = listener();
  const fetched = [];
  const pool = fakePool({ look: (payload) => look(payload) });
  const looking = new Looking({
    pool,
    send,
    networks,
    caches,
    sources: { blobOf: async (source) => new Blob([`picture ${source}`]), pathOf: (source) => `p${source}.jpg` },
    urlOf: ({ name }) => new URL(name, 'http://here.test/site/'),
    fetch: async (url) => {
      fetched.push(String(url));
      return answer(url);
    },
  });
  const until = async () => {
    for (let i = 0; i < 500 && !looking.isIdle; i += 1) await settle();
    assert.ok(looking.isIdle, 'it comes to rest');
  };
  return { ...looking.effects(), looking, events, fetched, pool, caches, until, told: () => events.filter(({ kind }) => kind === 'NetworksKnown').at(-1).files };
}
const wish = (call, more = {}) => ({ kind: 'LookAt', call, source: call, boxes: [], objects: false, ...more });

test('what is seen comes back as the answer of its call', async () => {
  const { LookAt, until, events, pool } = setUp();
  LookAt(wish(7, { boxes: [[0, 0, 1, 1]] }));
  await until();
  assert.deepEqual(events.at(-1), { kind: 'FetchDone', call: 7, status: 200, headers: [], text: JSON.stringify(kSeen) });
  assert.deepEqual(pool.asked, ['look']);
});

test('many pictures load the weights once; the next visit loads nothing', async () => {
  const first = setUp();
  for (let call = 1; call <= 5; call += 1) first.LookAt(wish(call));
  await first.until();
  assert.deepEqual(first.fetched, ['http://here.test/site/models/mobilenet-1a2b3c4d.bin']);
  assert.equal(first.told().find(({ kind }) => kind === 'labels').state, 'here');

  const second = setUp({ caches: first.caches });
  await second.looking.announce();
  assert.equal(second.told()[0].state, 'here');
  second.LookAt(wish(1));
  await second.until();
  assert.deepEqual(second.fetched, []);
});

test('it is told at the start what there is: its size, and what is not part of the site', async () => {
  const { looking, told } = setUp();
  await looking.announce();
  assert.deepEqual(told(), [
    { kind: 'labels', state: 'away', bytes: kBytes.length, loaded: 0, problem: '' },
    { kind: 'objects', state: 'missing', bytes: 0, loaded: 0, problem: '' },
  ]);
});

test('weights that cannot be had are a reason in a sentence, and the next picture tries again', async () => {
  const answers = [new Response('', { status: 404 }), new Response('other weights, longer than the ones that belong here'), new Response('weights of other labels'.slice(0, kBytes.length)), new Response(kBytes)];
  const { LookAt, until, events, told } = setUp({ answer: () => answers.shift() });
  for (const sentence of [/answers 404/, /longer than it should be/, /not the file that this site was built with/]) {
    LookAt(wish(1));
    await until();
    const { kind, error } = events.at(-1);
    assert.deepEqual([kind, error.code], ['FetchFailed', 'no_network']);
    assert.match(error.message, sentence);
    assert.equal(told()[0].state, 'broken');
  }
  LookAt(wish(2));
  await until();
  assert.equal(events.at(-1).kind, 'FetchDone');
});

test('a file in the store that is not whole is loaded anew, and old ones go', async () => {
  const caches = fakeCaches(new Map([
    ['http://here.test/site/models/mobilenet-1a2b3c4d.bin', kBytes.slice(0, 5)],
    ['http://here.test/site/models/mobilenet-00000000.bin', kBytes],
  ]));
  const { LookAt, until, fetched } = setUp({ caches });
  LookAt(wish(1));
  await until();
  assert.equal(fetched.length, 1);
  assert.deepEqual([...caches.kept.keys()], ['http://here.test/site/models/mobilenet-1a2b3c4d.bin']);
});

test('without a store, and with a full one, it works all the same', async () => {
  const full = { open: async () => ({ match: async () => undefined, keys: async () => [], put: async () => { throw new Error('full'); } }) };
  for (const caches of [null, full]) {
    const { LookAt, until, events } = setUp({ caches });
    LookAt(wish(1));
    await until();
    assert.equal(events.at(-1).kind, 'FetchDone');
  }
});

test('a network that is not part of the site, and a picture that cannot be read, are told apart', async () => {
  const { LookAt, until, events } = setUp({ look: () => { throw new CoreError({ code: 'truncated', message: 'Its end is missing.', hint: '' }); } });
  LookAt(wish(1, { objects: true }));
  await until();
  assert.deepEqual([events.at(-1).call, events.at(-1).error.code], [1, 'no_network']);
  LookAt(wish(2));
  await until();
  assert.deepEqual([events.at(-1).call, events.at(-1).error.code], [2, 'truncated']);
});

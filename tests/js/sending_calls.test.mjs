// Calls and their ends, against a real server: streams cut anywhere, calls that are stopped, and all the ways to fail.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { json, listen, makeSending, memoryStorage } from './sending_setup.mjs';

const kSecret = 'sk-test-0123456789abcdef';
const auth = { name: 'Authorization', prefix: 'Bearer ' };
const kStream = 'data: {"text":"ein Bücherregal – 日本 😀"}\r\n\r\ndata: [DONE]\n\n';

let server;
before(async () => (server = await listen()));
after(() => server.close());
const at = (path, answer) => {
  server.routes[path] = answer;
  return server.url + path;
};

/** Answers with these pieces, each when the test lets it out. */
function inPieces(pieces, type = 'text/event-stream') {
  return async (_, response) => {
    response.writeHead(200, { 'Content-Type': type });
    for (const piece of pieces) {
      await new Promise((resolve) => response.write(piece, resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };
}
const streamed = (events, call) => events.filter((event) => event.call === call && /^Fetch(Part|Done)$/.test(event.kind)).map(({ text }) => text).join('');

test('a stream arrives whole wherever it was cut, in the middle of a character too', async () => {
  const bytes = Buffer.from(kStream);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const { call, events } = makeSending();
    const done = await call({ url: at('/cut', inPieces([bytes.subarray(0, cut), bytes.subarray(cut)])), stream: true });
    assert.equal(done.kind, 'FetchDone');
    assert.equal(streamed(events, 1), kStream, `cut at ${cut}`);
  }
  const { call, events } = makeSending();
  await call({ url: at('/cut', inPieces([...bytes].map((byte) => Buffer.of(byte)))), stream: true });
  assert.equal(streamed(events, 1), kStream);
});

test('many streams together give at most one event in 50 ms, and lose nothing', async () => {
  const { call, events, sending } = makeSending();
  const words = Array.from({ length: 60 }, (_, i) => `data: ${i}\n\n`);
  const slowly = async (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const word of words) {
      response.write(word);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end();
  };
  const started = performance.now();
  await Promise.all([1, 2, 3].map(() => call({ url: at('/words', slowly), stream: true })));
  const took = performance.now() - started;
  for (const number of [1, 2, 3]) assert.equal(streamed(events, number), words.join(''));
  const parts = events.filter(({ kind }) => kind === 'FetchPart').length;
  assert.ok(parts >= 3 && parts <= took / 50 + 1, `${parts} events in ${took} ms`);
  assert.ok(sending.isIdle);
});

test('an answer tells its status and headers first; an error is told whole, not in parts', async () => {
  const { call, events } = makeSending();
  const done = await call({ url: at('/busy', json(429, { error: 'slow down' }, { 'Retry-After': '7' })), stream: true });
  assert.deepEqual(events.map(({ kind }) => kind), ['FetchSent', 'FetchHead', 'FetchDone']);
  assert.equal(done.status, 429);
  assert.equal(done.headers.find(({ name }) => name === 'retry-after').value, '7');
  assert.deepEqual(JSON.parse(done.text), { error: 'slow down' });
});

test('a server that asks for a pause gets it from every call that has not left yet', async () => {
  const copies = [];
  const pool = { run: () => new Promise((resolve) => copies.push(() => resolve({ width: 1, height: 1, size: 1, hash: '0', bytes: new TextEncoder().encode('AAAA').buffer }))) };
  const { call, obey, end, sources } = makeSending({ pool });
  const { source } = sources.add(new Blob(['x']), 'a.png');
  const arrived = [];
  let told = 0;
  at('/limited', (request, response) => {
    arrived.push(performance.now());
    if (arrived.length > 1) return json(200, {})(request, response);
    told = performance.now();
    return json(429, {}, { 'Retry-After': '1' })(request, response);
  });
  const slow = call({ url: `${server.url}/limited`, body: [{ copy: { source, item: 'a', side: 9 }, as: 'base64' }], timeout_ms: 500 });
  assert.equal((await call({ url: `${server.url}/limited`, body: [{ text: 'x' }] })).status, 429);
  obey('Fetch', { call: 77, connection: 0, url: `${server.url}/limited`, body: [{ text: 'x' }], auth: null });
  while (copies.length === 0) await new Promise((resolve) => setImmediate(resolve));
  copies[0]();
  obey('CancelFetch', { call: 77 });
  assert.deepEqual([(await end(77)).error.code, (await end(77)).sent], ['cancelled', false], 'waiting can be stopped');
  assert.equal((await slow).status, 200);
  assert.ok(arrived[1] - told >= 995, `it came after ${arrived[1] - told} ms`);
  assert.equal(arrived.length, 2);
});

test('cancelling closes the connection, before the answer and in the middle of it', async () => {
  for (const path of ['/never', '/half']) {
    const { obey, heard, end, sending } = makeSending();
    at('/never', () => {});
    at('/half', (_, response) => response.writeHead(200).write('data: a\n\n'));
    obey('Fetch', { call: 5, url: server.url + path, body: [{ text: 'x' }], stream: true });
    await heard(path === '/never' ? 'FetchSent' : 'FetchPart');
    while (server.requests.at(-1)?.path !== path) await new Promise((resolve) => setTimeout(resolve, 5));
    obey('CancelFetch', { call: 5 });
    const failed = await end(5);
    assert.deepEqual([failed.kind, failed.error.code, failed.sent], ['FetchFailed', 'cancelled', true]);
    assert.equal(await server.requests.at(-1).closed, true, 'the server saw it go');
    assert.ok(sending.isIdle);
  }
});

test('silence has an end: before the answer, within a stream, and a whole answer that drips', async () => {
  const { call } = makeSending();
  at('/silent', () => {});
  at('/stuck', (_, response) => response.writeHead(200).write('data: a\n\n'));
  at('/drip', (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  for (const [path, stream] of [['/silent', false], ['/stuck', true], ['/drip', false]]) {
    const failed = await call({ url: server.url + path, stream, timeout_ms: 150 });
    assert.deepEqual([failed.kind, failed.error.code], ['FetchFailed', 'timeout'], path);
    assert.equal(await server.requests.at(-1).closed, true);
  }
  const alive = await call({ url: at('/slow', async (_, response) => {
    response.writeHead(200);
    for (let i = 0; i < 8; i += 1) {
      response.write('.');
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    response.end();
  }), stream: true, timeout_ms: 200 });
  assert.equal(alive.kind, 'FetchDone', 'a stream that goes on may take longer than that in all');
});

test('a connection that breaks is told apart from a server that is not there, and both from being offline', async () => {
  const { call } = makeSending();
  await call({ url: at('/ok', json(200, {})) });
  at('/drop', (request) => request.socket.destroy());
  at('/cutoff', (request, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"half":');
    setTimeout(() => request.socket.destroy(), 20);
  });
  for (const path of ['/drop', '/cutoff']) {
    const failed = await call({ url: server.url + path });
    assert.deepEqual([failed.kind, failed.error.code, failed.sent], ['FetchFailed', 'network', true], path);
    assert.ok(failed.error.hint.length > 10);
  }
  const gone = await listen();
  await gone.close();
  assert.equal((await call({ url: gone.url })).error.code, 'network');
  const away = makeSending({ isOnline: () => false });
  assert.equal((await away.call({ url: 'https://model.invalid/v1' })).error.code, 'offline');
});

test('a server that is there but lets no page in is told as that, by a question without key or picture', async () => {
  const asked = [];
  const fetch = (url, init) => {
    asked.push({ url, mode: init.mode, headers: init.headers });
    return init.mode === 'no-cors' ? Promise.resolve({ type: 'opaque' }) : Promise.reject(new TypeError('Failed to fetch'));
  };
  const { call, obey } = makeSending({ fetch });
  obey('KeepSecret', { connection: 1, secret: kSecret });
  const failed = await call({ connection: 1, auth, url: 'https://model.example/v1/chat?x=1', body: [{ text: 'private words' }] });
  assert.equal(failed.error.code, 'cors');
  assert.deepEqual(asked[1], { url: 'https://model.example/', mode: 'no-cors', headers: undefined });
});

test('addresses that a page may not call are refused before anything is sent', async () => {
  const { call, events } = makeSending({ page: 'https://vignette.example/app/' });
  const cases = {
    'http://model.example/v1': 'mixed_content', 'http://192.168.1.7:8080/v1': 'mixed_content', 'http://[::1]:11434/api': 'mixed_content',
    'ftp://model.example/': 'invalid_input', 'https://user:pass@model.example/': 'invalid_input', 'https://': 'invalid_input',
  };
  for (const [url, code] of Object.entries(cases)) assert.equal((await call({ url })).error.code, code, url);
  assert.ok(!events.some(({ kind }) => kind === 'FetchSent'));
});

test('a relative address is the page’s own server', async () => {
  const { call } = makeSending({ page: `${server.url}/deep/er/` });
  at('/v1/models', json(200, { data: [] }));
  assert.equal((await call({ url: '/v1/models', method: 'GET' })).status, 200);
});

test('what carries a key or a body is never sent on to another address', async () => {
  const other = await listen({ '/': json(200, {}) });
  const { call, obey } = makeSending();
  obey('KeepSecret', { connection: 1, secret: kSecret });
  for (const status of [301, 302, 303, 307, 308]) {
    const url = at(`/to-${status}`, (_, response) => response.writeHead(status, { Location: other.url }).end());
    const failed = await call({ connection: 1, auth, url, body: [{ text: 'x' }] });
    assert.deepEqual([failed.kind, failed.error.code], ['FetchFailed', 'redirect']);
    assert.equal((await call({ url, body: [{ text: 'x' }] })).error.code, 'redirect', 'without a key');
  }
  assert.equal(other.requests.length, 0);
  await call({ method: 'GET', url: `${server.url}/to-302` });
  assert.equal(other.requests.length, 1, 'a fetch that carries nothing may be');
  await other.close();
});

test('“Local only” lets nothing out, whoever asks, and stops what is under way', async () => {
  const deviceStorage = memoryStorage();
  const { call, obey, heard, end, events } = makeSending({ deviceStorage });
  obey('KeepSecret', { connection: 1, secret: 'class-code' });
  at('/hang', () => {});
  obey('Fetch', { call: 99, url: `${server.url}/hang`, body: [{ text: 'x' }] });
  await heard('FetchSent');
  while (server.requests.at(-1)?.path !== '/hang') await new Promise((resolve) => setTimeout(resolve, 5));
  obey('SetLocalOnly', { on: true });
  assert.equal((await end(99)).error.code, 'local_only');
  assert.equal(await server.requests.at(-1).closed, true);

  const before = server.requests.length;
  const looked = async (side) => {
    assert.equal((await side.call({ url: `${server.url}/ok`, body: [{ text: 'x' }] })).error.code, 'local_only');
    assert.equal((await side.call({ method: 'GET', url: `${server.url}/ok` })).error.code, 'local_only');
    side.obey('OpenSession', { connection: 1, url: `${server.url}/v1/session` });
    assert.equal((await side.heard('SessionFailed')).error.code, 'local_only');
    side.obey('FindLocalServers');
    assert.deepEqual((await side.heard('LocalServersFound')).servers, []);
  };
  await looked({ call, obey, heard });
  const reloaded = makeSending({ deviceStorage, fetch: () => assert.fail('a request left') });
  await looked(reloaded);
  assert.equal(server.requests.length, before);
  assert.equal(events.filter(({ kind }) => kind === 'FetchSent').length, 1);
  obey('SetLocalOnly', { on: false });
  assert.equal((await call({ url: at('/ok', json(200, {})) })).kind, 'FetchDone');
});

test('switching “Local only” on while the copy is being made still keeps it in', async () => {
  let made;
  const pool = { run: (_, __, { signal }) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    made = () => resolve({ width: 1, height: 1, size: 1, hash: '0', bytes: new TextEncoder().encode('AAAA').buffer });
  }) };
  const { obey, end, sources } = makeSending({ pool });
  const { source } = sources.add(new Blob(['x']), 'a.png');
  const before = server.requests.length;
  obey('Fetch', { call: 1, url: `${server.url}/ok`, body: [{ copy: { source, item: 'a', side: 9 }, as: 'base64' }] });
  while (!made) await new Promise((resolve) => setImmediate(resolve));
  obey('SetLocalOnly', { on: true });
  made();
  const failed = await end(1);
  assert.deepEqual([failed.error.code, failed.sent], ['local_only', false]);
  assert.equal(server.requests.length, before);
});

test('an answer without end is cut off', async () => {
  const { call } = makeSending();
  const piece = Buffer.alloc(1 << 20, 'x');
  const failed = await call({ url: at('/flood', (_, response) => {
    response.writeHead(200);
    const more = () => { while (!response.destroyed && response.write(piece)); };
    response.on('drain', more);
    more();
  }), timeout_ms: 60_000 });
  assert.equal(failed.error.code, 'too_large');
  assert.equal(await server.requests.at(-1).closed, true);
});

test('local servers are known by what they answer, not by their port', async () => {
  const ollama = await listen({ '/api/version': json(200, { version: '0.9.0' }) });
  const llamacpp = await listen({ '/v1/models': json(200, { data: [{ id: 'x', owned_by: 'llamacpp' }] }) });
  const stranger = await listen({ '/v1/models': json(200, { hello: 'world' }) });
  const nobody = await listen();
  await nobody.close();
  const portOf = ({ url }) => Number(new URL(url).port);
  const { obey, heard } = makeSending({ localPorts: { ollama: portOf(ollama), llamacpp: portOf(llamacpp), lmstudio: portOf(nobody), vllm: portOf(stranger) } });
  obey('FindLocalServers');
  assert.deepEqual((await heard('LocalServersFound')).servers, [
    { kind: 'ollama', base: ollama.url, blocked: false },
    { kind: 'llamacpp', base: `${llamacpp.url}/v1`, blocked: false },
  ]);
  await Promise.all([ollama.close(), llamacpp.close(), stranger.close()]);
});

// Keys and codes: where they go, where they stay, and where they never show up.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { json, listen, makeSending, memorySecrets, memoryStorage } from './sending_setup.mjs';

const kSecret = 'sk-test-0123456789abcdef';
const auth = { name: 'Authorization', prefix: 'Bearer ' };

let server;
let other;
before(async () => {
  server = await listen({ '/v1': json(200, {}) });
  other = await listen({ '/v1': json(200, {}) });
});
after(() => Promise.all([server.close(), other.close()]));
const later = (ms) => new Date(Date.now() + ms).toISOString();

test('the key is added under the name the provider wants, and only to calls that need one', async () => {
  const { call, obey } = makeSending();
  obey('KeepSecret', { connection: 3, secret: kSecret });
  await call({ connection: 3, auth, url: `${server.url}/v1` });
  assert.equal(server.requests.at(-1).headers.authorization, `Bearer ${kSecret}`);
  await call({ connection: 3, auth: { name: 'x-goog-api-key', prefix: '' }, url: `${server.url}/v1` });
  assert.equal(server.requests.at(-1).headers['x-goog-api-key'], kSecret);
  for (const none of [null, { name: '', prefix: '' }]) {
    await call({ connection: 3, auth: none, url: `${server.url}/v1` });
    assert.ok(!JSON.stringify(server.requests.at(-1).headers).includes(kSecret));
  }
});

test('a key goes to one address: the first, or the ones it was kept for', async () => {
  const { call, obey } = makeSending();
  obey('KeepSecret', { connection: 1, secret: kSecret });
  await call({ connection: 1, auth, url: `${server.url}/v1` });
  const failed = await call({ connection: 1, auth, url: `${other.url}/v1` });
  assert.deepEqual([failed.kind, failed.error.code, failed.sent], ['FetchFailed', 'wrong_host', false]);
  obey('KeepSecret', { connection: 2, secret: kSecret, origins: [server.url, other.url] });
  for (const { url } of [server, other]) assert.equal((await call({ connection: 2, auth, url: `${url}/v1` })).kind, 'FetchDone');
  obey('KeepSecret', { connection: 1, secret: kSecret });
  assert.equal((await call({ connection: 1, auth, url: `${other.url}/v1` })).kind, 'FetchDone', 'typed again, it may');
});

test('keys stay in memory unless this device was told to remember, and are gone when forgotten', async () => {
  const secretStore = memorySecrets();
  const first = makeSending({ secretStore });
  first.obey('KeepSecret', { connection: 1, secret: kSecret });
  first.obey('KeepSecret', { connection: 2, secret: 'sk-remembered-1', remember: true });
  await first.call({ connection: 2, auth, url: `${server.url}/v1` });
  assert.deepEqual([...secretStore.held.keys()], [2]);
  first.obey('StoreConnections', { json: '[{"number":2}]' });
  assert.ok(!JSON.stringify(first.deviceStorage).includes('sk-'));

  const again = makeSending({ secretStore, deviceStorage: first.deviceStorage });
  await again.sending.restore();
  assert.deepEqual(again.events, [{ kind: 'ConnectionsRestored', json: '[{"number":2}]', with_secret: [2] }]);
  assert.equal((await again.call({ connection: 1, auth, url: `${server.url}/v1` })).error.code, 'no_secret');
  assert.equal((await again.call({ connection: 2, auth, url: `${server.url}/v1` })).kind, 'FetchDone');
  assert.equal(server.requests.at(-1).headers.authorization, 'Bearer sk-remembered-1');
  assert.equal((await again.call({ connection: 2, auth, url: `${other.url}/v1` })).error.code, 'wrong_host', 'the address is remembered with it');

  again.obey('ForgetSecret', { connection: 2 });
  assert.equal(secretStore.held.size, 0);
  assert.equal((await again.call({ connection: 2, auth, url: `${server.url}/v1` })).error.code, 'no_secret');
  again.obey('KeepSecret', { connection: 3, secret: kSecret, remember: true });
  again.obey('KeepSecret', { connection: 3, secret: kSecret, remember: false });
  assert.equal(secretStore.held.size, 0, 'unticking takes it away');
});

test('no error, event or ledger row ever holds a key, even if the server repeats it', async () => {
  const { call, obey, events, rows, sending } = makeSending();
  obey('KeepSecret', { connection: 1, secret: kSecret });
  server.routes['/echo'] = (request, response) => {
    const text = `{"error":"the key ${kSecret} in ${request.headers.authorization} is wrong"}`;
    response.writeHead(401, { 'X-Debug': request.headers.authorization }).end(text);
  };
  server.routes['/drop'] = (request) => request.socket.destroy();
  server.routes['/hang'] = () => {};
  server.routes['/away'] = (_, response) => response.writeHead(302, { Location: `${other.url}/?k=${kSecret}` }).end();
  const ledger = { what: 'caption', item: 'a', provider: 'p', model: 'm' };
  for (const path of ['/echo', '/drop', '/hang', '/away']) {
    for (const stream of [false, true]) await call({ connection: 1, auth, url: server.url + path, body: [{ text: 'x' }], timeout_ms: 120, stream, ledger });
  }
  await call({ connection: 1, auth, url: `${other.url}/v1`, body: [{ text: 'x' }] });
  // A header that cannot be: fetch's own complaint would quote it.
  obey('KeepSecret', { connection: 2, secret: `${kSecret}\nx` });
  const odd = await call({ connection: 2, auth, url: `${server.url}/v1` });
  assert.equal(odd.kind, 'FetchFailed');
  await sending.ledger.flush();
  assert.equal(rows.length, 8);
  assert.ok(!JSON.stringify([events, rows]).includes(kSecret));
  assert.match(events.find(({ status, kind }) => status === 401 && kind === 'FetchDone').text, /•••/);
});

test('an access code becomes a token; only the token goes with calls', async () => {
  const { call, obey, heard, sessionStorage } = makeSending();
  server.routes['/v1/session'] = json(200, { token: 'r1.first.token', expires_at: later(3_600_000), policy: { name: 'class' } });
  obey('KeepSecret', { connection: 1, secret: 'K7QX-M2PD-9RHT' });
  obey('OpenSession', { connection: 1, url: `${server.url}/v1/session` });
  const opened = await heard('SessionOpened');
  assert.deepEqual([opened.connection, opened.policy.name], [1, 'class']);
  assert.deepEqual(JSON.parse(server.requests.at(-1).body), { code: 'K7QX-M2PD-9RHT' });
  assert.equal(server.requests.at(-1).headers.authorization, undefined);
  await call({ connection: 1, auth, url: `${server.url}/v1` });
  assert.equal(server.requests.at(-1).headers.authorization, 'Bearer r1.first.token');
  assert.equal((await call({ connection: 1, auth, url: `${other.url}/v1` })).error.code, 'wrong_host');
  assert.ok(!JSON.stringify(sessionStorage).includes('K7QX'));

  const reloaded = makeSending({ sessionStorage });
  await reloaded.sending.restore();
  assert.deepEqual(reloaded.events[0].with_secret, [1]);
  const asked = server.requests.length;
  reloaded.obey('OpenSession', { connection: 1, url: `${server.url}/v1/session` });
  assert.equal((await reloaded.heard('SessionOpened')).expires, opened.expires);
  assert.equal(server.requests.length, asked, 'the session goes on without the code');
  assert.equal((await reloaded.call({ connection: 1, auth, url: `${server.url}/v1` })).status, 200);
  assert.equal(server.requests.at(-1).headers.authorization, 'Bearer r1.first.token');
  reloaded.obey('ForgetSecret', { connection: 1 });
  assert.equal(Object.keys(sessionStorage).length, 0);
});

test('a token the relay no longer takes is renewed once, for all calls that wait, and they are sent again', async () => {
  const { call, obey, heard, rows, sending, events } = makeSending();
  let sessions = 0;
  server.routes['/v1/session'] = (_, response) => json(200, { token: `r1.token-${++sessions}`, expires_at: later(3_600_000) })(_, response);
  server.routes['/paid'] = (request, response) => {
    const good = request.headers.authorization === 'Bearer r1.token-2';
    json(good ? 200 : 401, good ? { text: 'a caption' } : { error: { code: 'token_expired' } })(request, response);
  };
  obey('KeepSecret', { connection: 1, secret: 'K7QX-M2PD-9RHT' });
  obey('OpenSession', { connection: 1, url: `${server.url}/v1/session` });
  await heard('SessionOpened');
  const ledger = { what: 'caption', item: 'a', provider: 'p', model: 'm' };
  const ends = await Promise.all(Array.from({ length: 6 }, () => call({ connection: 1, auth, url: `${server.url}/paid`, body: [{ text: 'x' }], ledger })));
  assert.deepEqual(ends.map(({ status }) => status), Array(6).fill(200));
  assert.equal(sessions, 2);
  await sending.ledger.flush();
  assert.equal(rows.length, events.filter(({ kind }) => kind === 'FetchSent').length, 'every sending is in the ledger');
  assert.ok(rows.length >= 7);

  server.routes['/paid'] = json(401, { error: { code: 'code_disabled' } });
  server.routes['/v1/session'] = json(401, { error: { code: 'invalid_code' } });
  const refused = await call({ connection: 1, auth, url: `${server.url}/paid`, body: [{ text: 'x' }] });
  assert.deepEqual([refused.kind, refused.status], ['FetchDone', 401]);
});

test('a token about to end is renewed before the call', async () => {
  const { call, obey, heard } = makeSending();
  const tokens = [{ token: 'r1.short', expires_at: later(5_000) }, { token: 'r1.long', expires_at: later(3_600_000) }];
  server.routes['/v1/session'] = (request, response) => json(200, tokens.shift())(request, response);
  obey('KeepSecret', { connection: 1, secret: 'K7QX-M2PD-9RHT' });
  obey('OpenSession', { connection: 1, url: `${server.url}/v1/session` });
  await heard('SessionOpened');
  await call({ connection: 1, auth, url: `${server.url}/v1` });
  assert.equal(server.requests.at(-1).headers.authorization, 'Bearer r1.long');
});

test('a session that cannot be opened says why: a wrong code, no relay, nobody there, somewhere else', async () => {
  const wrong = { error: { code: 'invalid_code', message: 'Unknown code K7QX-M2PD-9RHT.' } };
  server.routes['/a'] = json(401, wrong);
  server.routes['/b'] = json(200, { hello: 'world' });
  server.routes['/c'] = (_, response) => response.writeHead(307, { Location: `${other.url}/v1/session` }).end();
  const gone = await listen();
  await gone.close();
  const cases = [[`${server.url}/a`, 'unauthorized', 401], [`${server.url}/b`, 'upstream', 200], [`${server.url}/c`, 'redirect', 0], [`${gone.url}/v1/session`, 'network', 0]];
  const before = other.requests.length;
  for (const [url, code, status] of cases) {
    const { obey, heard } = makeSending({ deviceStorage: memoryStorage() });
    obey('KeepSecret', { connection: 1, secret: 'K7QX-M2PD-9RHT' });
    obey('OpenSession', { connection: 1, url });
    const failed = await heard('SessionFailed');
    assert.deepEqual([failed.error.code, failed.status], [code, status], url);
    assert.ok(!JSON.stringify(failed).includes('K7QX'));
  }
  assert.equal(other.requests.length, before);
});

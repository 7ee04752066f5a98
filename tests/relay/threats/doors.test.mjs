// T4, T15, T18, T19, T20: who and what comes in at all.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { answersIn, finallyDo, fineUpstream, folder, raw, rawPost, secretFile, startRelay, statusOf, until, word } from './setup.mjs';

let provider;
let relay;
before(async () => {
  provider = await fineUpstream();
  relay = await startRelay(provider.base);
});

const once = (bytes) => raw(relay.port, bytes, { finish: true });
const body = JSON.stringify({ model: 'openai/gpt-4o', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] });

test('T4 without a code no route does anything, under any spelling of its address', async () => {
  const routes = [['GET', '/v1/models'], ['GET', '/v1/usage'], ['POST', '/v1/chat/completions'], ['POST', '/v1/embeddings'], ['POST', '/v1/images/generations'], ['POST', '/v1/audio/transcriptions']];
  const bearers = ['', 'Authorization: Bearer \r\n', 'Authorization: Bearer wrong\r\n', `Authorization: Basic ${word}\r\n`, `Authorization: ${word}\r\n`, `X-Api-Key: ${word}\r\n`,
    `Cookie: token=${word}\r\n`, `Authorization: Bearer r1.AAAA.AAAA\r\n`, `Authorization: Bearer ${word} ${word}\r\n`, `Authorization: Bearer ${word}\u00e9\r\n`, `Authorization: Bearer ${'a'.repeat(5000)}\r\n`];
  for (const [method, path] of routes) {
    for (const bearer of bearers) {
      const type = path.includes('audio') ? 'multipart/form-data; boundary=x' : 'application/json';
      for (const prefix of ['', '/openai']) {
        const answer = await once(`${method} ${prefix}${path} HTTP/1.1\r\nHost: a\r\n${bearer}${method === 'POST' ? `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}` : '\r\n'}`);
        assert.ok([401, 429].includes(statusOf(answer)), `${method} ${path} ${bearer}: ${answer}`);
      }
    }
  }
  const spellings = ['/v1//chat/completions', '//v1/chat/completions', '/V1/chat/completions', '/v1/chat/completions/', '/v1/./chat/completions', '/v1/x/../chat/completions', '/v1/%63hat/completions',
    '/v1%2fchat/completions', '/v1/chat%2Fcompletions', '/v1/chat/completions;x', '/v1/chat/completions%00', '/v1/proxy/chat/completions', '/v1/p/openai/chat', '/openai/openai/v1/chat/completions', '/openai//v1/chat/completions',
    '/metrics', '/v1/metrics', '/admin', '/v1/admin', '/debug', '/.env', '/v1/codes', '/openai/healthz', '/relay.sqlite'];
  for (const path of spellings) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const answer = await once(`${method} ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${word}\r\n${method === 'POST' ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}` : '\r\n'}`);
      assert.ok(statusOf(answer) >= 400 && statusOf(answer) < 500, `${method} ${path}: ${answer}`);
    }
  }
  assert.equal(provider.requests.length, 0);
});

// ---- T15: each of these is followed by a second request, which must never be answered.
const smuggled = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
const n = String(smuggled.length);
const post = (fields, rest = smuggled) => `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${word}\r\nContent-Type: application/json\r\n${fields}\r\n${rest}`;
const get = (fields, rest = smuggled) => `GET /healthz HTTP/1.1\r\nHost: a\r\n${fields}\r\n${rest}`;
const encodings = ['chunked', 'Chunked', 'CHUNKED', ' chunked', 'chunked ', '\tchunked', 'xchunked', 'chunkedx', 'chunked, identity', 'identity, chunked', 'chunked, chunked', 'gzip, chunked', 'chunked;q=1',
  '"chunked"', 'identity', 'gzip', 'x', '', ',chunked', 'chunked,', 'chun\tked', '\x0bchunked', 'chunked\x00', 'cow'];
const names = ['Transfer-Encoding', 'transfer-encoding', 'TRANSFER-ENCODING'];
const oddNames = ['Transfer-Encoding ', ' Transfer-Encoding', 'Transfer-Encoding\t', 'X: y\r\n Transfer-Encoding', 'Transfer\x00-Encoding', 'Transfer-\rEncoding', 'Transfer-Encoding\x0b', 'Content-Length ', ' Content-Length', 'Content\x00-Length', 'Content-Length\t'];
const lengths = ['+5', '-1', '0x5', '5,5', '5, 5', '5;5', '5.0', '5e0', '', ' ', 'abc', '5 5', '00000000000000005', '9'.repeat(30), '١', '5\x00', '5_0', "'5'"];
const corpus = {};
for (const name of names) for (const value of encodings) {
  corpus[`${name}: ${value}`] = get(`${name}: ${value}\r\n`);
  corpus[`POST ${name}: ${value} with a length`] = post(`Content-Length: 5\r\n${name}: ${value}\r\n`, `0\r\n\r\n${smuggled}`);
}
for (const name of oddNames) corpus[`the name ${JSON.stringify(name)}`] = post(`${name}: ${name.includes('Length') ? n : 'chunked'}\r\n`, `0\r\n\r\n${smuggled}`);
for (const value of lengths) corpus[`Content-Length: ${JSON.stringify(value)}`] = post(`Content-Length: ${value}\r\n`, `hello${smuggled}`);
Object.assign(corpus, {
  'two equal lengths': post('Content-Length: 5\r\nContent-Length: 5\r\n', `hello${smuggled}`),
  'two lengths': post(`Content-Length: 5\r\nContent-Length: ${n}\r\n`, `hello${smuggled}`),
  'a length on GET': get(`Content-Length: ${n}\r\n`),
  'a length on OPTIONS': `OPTIONS /v1/models HTTP/1.1\r\nHost: a\r\nContent-Length: ${n}\r\n\r\n${smuggled}`,
  'a length on HEAD': `HEAD /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: ${n}\r\n\r\n${smuggled}`,
  'POST without a length': post(''),
  'HTTP/1.0 in chunks': `POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  'HTTP/1.0 kept open': `GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n${smuggled}`,
  'two hosts': get('Host: b\r\n'), 'no host': `GET /healthz HTTP/1.1\r\n\r\n${smuggled}`,
  'a folded field': get('X: a\r\n b\r\n'), 'a field folded with a tab': get('X: a\r\n\tTransfer-Encoding: chunked\r\n'),
  'bare line feeds': `GET /healthz HTTP/1.1\nHost: a\n\n${smuggled}`, 'a bare line feed in a field': get('X: a\nTransfer-Encoding: chunked\r\n'),
  'a bare carriage return': get('X: a\rTransfer-Encoding: chunked\r\n'), 'NUL': get('X: a\0b\r\n'), 'no colon': get('Transfer-Encoding chunked\r\n'),
  'an absolute address': `GET http://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 'CONNECT': `CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`,
  'asterisk': `OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 'two blanks': `GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`,
  'a tab for a blank': `GET\t/healthz HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 'a blank behind the version': `GET /healthz HTTP/1.1 \r\nHost: a\r\n\r\n${smuggled}`,
  'HTTP/1.2': `GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n${smuggled}`, 'HTTP/2.0': `GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n${smuggled}`, 'http/1.1': `GET /healthz http/1.1\r\nHost: a\r\n\r\n${smuggled}`,
  'HTTP/1.10': `GET /healthz HTTP/1.10\r\nHost: a\r\n\r\n${smuggled}`, 'HTTP/01.1': `GET /healthz HTTP/01.1\r\nHost: a\r\n\r\n${smuggled}`, 'no version': `GET /healthz\r\n${smuggled}`,
  'a method with a colon': `G:ET /healthz HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 'a fragment': `GET /healthz#x HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`,
  'high bytes in the address': `GET /healthz\xff HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 'a body that is not all there': post('Content-Length: 5000\r\n', smuggled),
  'the preface of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${smuggled}`, 'two lines before': `\r\n\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${smuggled}`,
  'an expectation': get('Expect: 200-ok\r\n'), 'two bearers': get('Authorization: Bearer a\r\nAuthorization: Bearer b\r\n'), 'two types': get('Content-Type: a/b\r\nContent-Type: c/d\r\n'), 'two origins': get('Origin: http://a\r\nOrigin: http://b\r\n'),
});

test(`T15 ${Object.keys(corpus).length} ways to smuggle a second request: it is never answered, and never reaches the provider`, async () => {
  assert.ok(Object.keys(corpus).length >= 113);
  const before_it = provider.requests.length;
  for (const [name, bytes] of Object.entries(corpus)) {
    const all = await once(bytes);
    assert.ok(answersIn(all) <= 1 && !all.includes('ok\n') === !/^HTTP\/1\.[01] 200/.test(all), `${name}: ${JSON.stringify(all)}`);
    assert.ok(!/^HTTP\/1\.1 200/.test(all) || name === 'HTTP/1.0 kept open', `${name}: ${JSON.stringify(all)}`);
    assert.ok(!all.includes('<timeout>'), `${name} was left waiting`);
  }
  assert.equal(provider.requests.length, before_it);
  assert.equal((await fetch(`${relay.address}/healthz`)).status, 200);
});

const nginx = [join(process.env.VIGNETTE_CACHE ?? join(homedir(), '.cache/vignette'), 'peers/usr/sbin/nginx'), '/usr/sbin/nginx'].find(existsSync);
test('T15 behind nginx: both see the same number of requests, whatever was written', { skip: !nginx && 'nginx comes with deploy/setup' }, async () => {
  const behind = await startRelay(provider.base);
  const place = folder();
  const front = await new Promise((found) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/${name};`).join(' ');
  writeFileSync(join(place, 'nginx.conf'), `worker_processes 1; daemon off; master_process off; error_log ${place}/error.log; pid ${place}/pid;
events { worker_connections 256; }
http { log_format passed '$upstream_status'; access_log ${place}/passed.log passed; ${temp}
 upstream relay { server 127.0.0.1:${behind.port}; keepalive 1; }
 server { listen 127.0.0.1:${front}; location / { proxy_pass http://relay; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_next_upstream off; proxy_ignore_client_abort on; } } }`);
  const child = spawn(nginx, ['-p', place, '-c', join(place, 'nginx.conf')], { stdio: 'ignore' });
  finallyDo(() => child.kill('SIGKILL'));
  await until(async () => (await fetch(`http://127.0.0.1:${front}/healthz`).catch(() => undefined))?.status === 200, 'nginx passes on');
  for (const bytes of Object.values(corpus)) {
    await raw(front, bytes, { finish: true });
    const after = await raw(front, 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.match(after, /^HTTP\/1\.1 200 [^]*\r\n\r\nok\n$/, `what came after ${JSON.stringify(bytes.slice(0, 200))}`);  // over the one kept connection
  }
  const passed = () => readFileSync(join(place, 'passed.log'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).length;
  const seen = () => behind.log.filter((line) => line.includes('"method"')).length;
  await until(() => passed() === seen() && seen() > Object.keys(corpus).length, 'both have logged all').catch(() => assert.equal(seen(), passed()));
});

// ---- T18
const origins = {
  none: [undefined, true], own: ['http://HOST', true], 'own behind a proxy with TLS': ['https://HOST', true], listed: ['https://class.example', true],
  evil: ['https://evil.example', false], null: ['null', false], 'a sub-domain': ['https://x.class.example', false], 'with something before': ['https://evilclass.example', false],
  'with something behind': ['https://class.example.evil.example', false], 'another scheme': ['http://class.example', false], 'another port': ['https://class.example:8443', false], 'the usual port': ['https://class.example:443', false],
  'capitals': ['https://CLASS.example', false], 'with a slash': ['https://class.example/', false], 'with a user': ['https://class.example@evil.example', false], 'a list': ['https://class.example, https://evil.example', false],
  'two in one': ['https://class.example https://evil.example', false], 'empty': ['', false], 'an underscore': ['https://class_example', false], 'file': ['file://', false], 'an extension': ['chrome-extension://abcdef', false], 'own with a user': ['http://HOST@evil.example', false],
  'a dot behind': ['https://class.example.', false], 'a backtick': ['https://class.example`.evil.example', false], 'own host as a part': ['http://HOST.evil.example', false], asterisk: ['*', false],
};
test('T18 every kind of page: the listed ones and our own may, all others may not', async () => {
  const config = secretFile({ relay: { origins: ['https://class.example'] } });
  const strict = await startRelay(provider.base, { args: ['--config', config] });
  for (const [name, [origin, may]] of Object.entries(origins)) {
    const line = origin === undefined ? '' : `Origin: ${origin.replace('HOST', `127.0.0.1:${strict.port}`)}\r\n`;
    for (const request of [`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:${strict.port}\r\nAuthorization: Bearer ${word}\r\n${line}Connection: close\r\n\r\n`,
      `OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${strict.port}\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,content-type\r\n${line}Connection: close\r\n\r\n`,
      `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:${strict.port}\r\nAuthorization: Bearer wrong\r\n${line}Connection: close\r\n\r\n`]) {
      const answer = await raw(strict.port, request);
      const allowed = /^Access-Control-Allow-Origin: (.*)\r$/m.exec(answer)?.[1];
      assert.equal(allowed, may && origin !== undefined ? line.slice(8, -2) : undefined, `${name}: ${answer}`);
      assert.ok(may ? [200, 204, 401].includes(statusOf(answer)) : statusOf(answer) === 403, `${name}: ${answer}`);
      assert.match(answer, /^Vary: Origin\r$/m);
      assert.doesNotMatch(answer, /Access-Control-Allow-Credentials|Access-Control-Allow-Origin: \*|Set-Cookie/i);
    }
  }
});

test('T18 errors of every kind carry the lines that let a page read them', async () => {
  relay = await startRelay(provider.base);  // which has heard no wrong code yet
  const own = { origin: `http://127.0.0.1:${relay.port}`, authorization: `Bearer ${word}`, 'content-type': 'application/json' };
  for (const [path, options, status] of [['/v1/models', { headers: { ...own, authorization: 'Bearer x' } }, 401], ['/v1/chat/completions', { headers: own }, 405], ['/v1/nothing', { headers: own }, 404],
    ['/v1/chat/completions', { method: 'POST', headers: own, body: '{' }, 400], ['/v1/chat/completions', { method: 'POST', headers: { ...own, 'content-type': 'text/plain' }, body: '{}' }, 415]]) {
    const answer = await fetch(relay.address + path, options);
    assert.equal(answer.status, status, `${path}: ${await answer.text()}`);
    assert.equal(answer.headers.get('access-control-allow-origin'), own.origin);
    assert.match(answer.headers.get('access-control-expose-headers'), /Retry-After/);
  }
});

test('T19 what a page can send without asking first is refused before anybody is looked up', async () => {
  const sent = provider.requests.length;
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'text/plain;charset=UTF-8', 'multipart/form-data; boundary=x', '', 'application/jsonx', 'text/plain; application/json']) {
    for (const path of ['/v1/chat/completions', '/v1/session', '/v1/embeddings', '/v1/images/generations']) {
      const line = type ? `Content-Type: ${type}\r\n` : '';
      const answer = await once(`POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${word}\r\n${line}Content-Length: ${body.length}\r\n\r\n${body}`);
      assert.equal(statusOf(answer), 415, `${path} ${type}: ${answer}`);
    }
  }
  const form = await once(`POST /v1/audio/transcriptions HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 0\r\n\r\n`);
  assert.equal(statusOf(form), 403);
  assert.equal(provider.requests.length, sent);
});

test('T20 a relay that knows its names answers to them alone', async () => {
  const named = await startRelay(provider.base, { args: ['--config', secretFile({ relay: { hosts: ['relay.example', '127.0.0.1:8080'] } })] });
  const say = (host, path = '/v1/models') => raw(named.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${word}\r\nConnection: close\r\n\r\n`);
  for (const host of ['relay.example', 'RELAY.example', '127.0.0.1:8080']) assert.equal(statusOf(await say(host)), 200, host);
  for (const host of ['evil.example', 'relay.example.evil.example', 'evil.example?relay.example', 'evil.example#relay.example', 'relay.example@evil.example', 'relay.example:80', 'relay.example:8080', 'relay.example.', '127.0.0.1', 'localhost',
    'relay.example/', 'relay.example relay.example', 'relay.example,evil.example', '[::1]', '', 'relay.example\\evil', 'xrelay.example', 'relay.example%00']) {
    for (const path of ['/v1/models', '/', '/readyz', '/v1/chat/completions']) assert.equal(statusOf(await say(host, path)), 400, `${host} ${path}`);
  }
  assert.equal(statusOf(await say('evil.example', '/healthz')), 200);  // says nothing, and balancers ask by address
  const post = await raw(named.port, rawPost(body).replace('Host: relay', 'Host: evil.example'), { finish: true });
  assert.equal(statusOf(post), 400);
});

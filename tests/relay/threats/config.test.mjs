// T27: mistakes of the operator. Each is one clear sentence at the start, and never a relay with its doors open.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, relayProgram, secretFile, startRelay, stop, until } from './setup.mjs';

const file = (content) => ['--config', secretFile(content)];
const relay = (settings) => file({ relay: settings });
const key = 'sk-CANARY-of-the-operator-0123456789';
const env = (more) => ({ args: [], env: more });
const open = (content) => {
  const path = secretFile(content);
  chmodSync(path, 0o644);
  return ['--config', path];
};
const badSecrets = () => {
  const dir = folder();
  spawnSync(relayProgram, ['codes', 'add', '--data', dir, '--name', 'a']);
  chmodSync(join(dir, 'secrets'), 0o644);
  return ['--data', dir];
};
const notFolder = () => {
  const path = join(folder(), 'file');
  writeFileSync(path, 'x');
  return path;
};
const noDatabase = () => {
  const dir = folder();
  writeFileSync(join(dir, 'relay.sqlite'), 'this is no database, but a text that somebody put here by mistake '.repeat(100));
  return ['--data', dir];
};

const mistakes = {
  'no such file': ['--config', '/nonexistent/relay.json'], 'a folder for a file': () => ['--config', folder()], 'an empty file': file(''), 'no JSON': file('keys: {}'), 'a comment': file('{} // x'), 'a comma too many': file('{"relay":{},}'),
  'half a file': file('{"relay":'), 'a list': file('[]'), 'a number': file('1'), 'a text': file('"x"'), 'null': file('null'), 'JSON without end': file('['.repeat(100_000)), 'no UTF-8': () => { const p = secretFile('x'); writeFileSync(p, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])); return ['--config', p]; },
  'an unknown member': file({ relays: {} }), 'a misspelt member': relay({ orgins: [] }), 'relay is no object': relay(5), 'relay is a list': relay([1]), 'origins is a text': relay({ origins: 'https://a.example' }), 'origins of numbers': relay({ origins: [1] }),
  'every origin': relay({ origins: ['*'] }), 'an origin with an asterisk': relay({ origins: ['https://*.example.org'] }), 'an origin without scheme': relay({ origins: ['example.org'] }), 'an origin with a path': relay({ origins: ['https://example.org/app'] }), 'an origin with a slash': relay({ origins: ['https://example.org/'] }),
  'an empty origin': relay({ origins: [''] }), 'the origin null': relay({ origins: ['null'] }), 'hosts is a text': relay({ hosts: 'a' }), 'a host with a scheme': relay({ hosts: ['https://a.example'] }), 'an empty host': relay({ hosts: [''] }), 'own_keys is a text': relay({ own_keys: 'yes' }),
  'max_tokens 0': relay({ max_tokens: 0 }), 'max_tokens below 0': relay({ max_tokens: -1 }), 'max_tokens is a fraction': relay({ max_tokens: 1.5 }), 'max_tokens is a text': relay({ max_tokens: '100' }), 'max_tokens is huge': relay({ max_tokens: 1e12 }), 'admin_port is a text': relay({ admin_port: 'x' }), 'admin_port too large': relay({ admin_port: 70_000 }),
  'a price below 0': relay({ unknown_price: { input: -1 } }), 'a price in text': relay({ unknown_price: { input: '1' } }), 'a misspelt price': relay({ unknown_price: { inputs: 1 } }), 'prices in a list': relay({ unknown_price: [1] }), 'a fallback that does not exist': relay({ fallbacks: { 'openai/gpt-4o': ['nobody/nothing'] } }), 'a fallback for what does not exist': relay({ fallbacks: { 'nobody/nothing': ['openai/gpt-4o'] } }),
  'a fallback in text': relay({ fallbacks: { 'openai/gpt-4o': 'x' } }), 'fallbacks in a list': relay({ fallbacks: ['openai/gpt-4o'] }), 'keys of an unknown provider': file({ keys: { opnai: key } }), 'a key that is a number': file({ keys: { openai: 5 } }), 'a key that is null': file({ keys: { openai: null } }), 'keys in a list of numbers': file({ keys: { openai: [5] } }), 'keys is a text': file({ keys: key }), 'an empty key': file({ keys: { openai: '' } }),
  'a key with a line end': file({ keys: { openai: `${key}\nX: y` } }), 'a key with a blank': file({ keys: { openai: `${key} x` } }), 'a key with an umlaut': file({ keys: { openai: `${key}ä` } }), 'keys that others may read': () => open({ keys: { openai: key } }), 'secrets that others may read': badSecrets,
  'a provider without base': file({ providers: [{ id: 'mine', name: 'Mine' }] }), 'a base in the clear': file({ providers: [{ id: 'openai', base: 'http://api.example.org/v1' }] }), 'a base that is a number': file({ providers: [{ id: 'openai', base: 5 }] }), 'a provider without id': file({ providers: [{ base: 'https://a.example' }] }), 'providers is an object': file({ providers: {} }), 'a model of nobody': file({ models: [{ provider: 'nobody', id: 'x' }] }),
  'a model without id': file({ models: [{ provider: 'openai' }] }), 'models is a text': file({ models: 'x' }), 'an alias to nothing': file({ aliases: { best: 'nobody/nothing' } }), 'an alias that is a number': file({ aliases: { best: 5 } }),
  'an address in the clear': env({ OPENAI_BASE_URL: 'http://api.example.org/v1' }), 'an address in a private network, in the clear': env({ OPENAI_BASE_URL: 'http://10.0.0.5/v1' }), 'an address with a user': env({ OPENAI_BASE_URL: `https://user:${key}@api.example.org/v1` }), 'an address with a fragment': env({ OPENAI_BASE_URL: 'https://api.example.org/v1#x' }), 'an address without host': env({ OPENAI_BASE_URL: 'https:///v1' }),
  'an address without scheme': env({ OPENAI_BASE_URL: 'api.example.org' }), 'an address with port 0': env({ OPENAI_BASE_URL: 'https://api.example.org:0/v1' }), 'an address with a wild port': env({ OPENAI_BASE_URL: 'https://api.example.org:99999/v1' }), 'an address with a query': env({ OPENAI_BASE_URL: 'https://api.example.org/v1?key=x' }), 'a key with a carriage return': env({ OPENAI_API_KEY: `${key}\r` + 'x' }),
  'sessions in words': env({ MAX_CONCURRENT_SESSIONS: 'many', SECRET_ACCESS_CODE: 'a-word-that-is-long-enough' }), 'no sessions at all': env({ MAX_CONCURRENT_SESSIONS: '0', SECRET_ACCESS_CODE: 'a-word-that-is-long-enough' }), 'an address of Redis that is none': env({ REDIS_URL: 'localhost:6379' }), 'a Redis that is not there': env({ REDIS_URL: 'redis://127.0.0.1:1/0' }), 'a Redis with a wild number': env({ REDIS_URL: 'redis://127.0.0.1:6379/x' }),
  'a data folder that is a file': () => ['--data', notFolder()], 'a data folder that cannot be': ['--data', '/proc/nothing/x'], 'no database': noDatabase, 'a site that is not there': ['--site', '/nonexistent'], 'a site that is a file': () => ['--site', notFolder()],
};

const sentence = /^vignette-relay: [A-Z“-][^\n]{20,}\n$/u;

test(`T27 ${Object.keys(mistakes).length} mistakes, each refused with a sentence that says where`, async (t) => {
  assert.ok(Object.keys(mistakes).length >= 60);
  for (const [name, mistake] of Object.entries(mistakes)) {
    await t.test(name, () => {
      const made = typeof mistake === 'function' ? mistake() : mistake;
      const { args, env: more } = Array.isArray(made) ? { args: made, env: {} } : made;
      const done = spawnSync(relayProgram, ['serve', '--port', '0', ...args], { encoding: 'utf8', timeout: 5_000, killSignal: 'SIGKILL', env: { PATH: process.env.PATH, ...more } });
      assert.equal(done.signal, null, 'it started');
      assert.equal(done.status, 1, done.stdout + done.stderr);
      assert.equal(done.stdout, '');
      assert.match(done.stderr, sentence);
      assert.doesNotMatch(done.stderr, /CANARY/);
      assert.doesNotMatch(done.stderr, /exception|terminate|std::|nlohmann|json\.exception/);
    });
  }
});

test('T27 a reload with a mistake keeps what was good, and says so', async () => {
  const path = secretFile({ relay: { origins: ['https://one.example'] } });
  const started = await startRelay('http://127.0.0.1:9/v1', { args: ['--config', path] });
  const may = async (origin) => (await fetch(`${started.address}/v1/models`, { headers: { origin, authorization: 'Bearer x' } })).status === 401;
  for (const content of ['{', '{"relay":{"origins":["*"]}}', '{"keys":{"openai":5}}', '{"relay":{"max_tokens":0}}']) {
    const before_it = started.log.length;
    writeFileSync(path, content);
    started.child.kill('SIGHUP');
    await until(() => started.log.slice(before_it).some((line) => line.includes('reload failed')), 'the log says that it failed');
    assert.ok(await may('https://one.example'));
    assert.ok(!(await may('https://two.example')));
  }
  writeFileSync(path, '{"relay":{"origins":["https://two.example"]}}');
  started.child.kill('SIGHUP');
  await until(() => started.log.some((line) => line.includes('"reloaded"')), 'the good one is taken');
  assert.ok(await may('https://two.example'));
  assert.ok(!(await may('https://one.example')));
  assert.equal(await stop(started), 0);
});

test('T27 closed unless opened: no origin, no metrics, no other address than this machine', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'x'));
  const started = await startRelay('http://127.0.0.1:9/v1');
  assert.match(started.address, /^http:\/\/127\.0\.0\.1:/);
  assert.match(started.metrics, /^http:\/\/127\.0\.0\.1:/);
  assert.equal((await fetch(`${started.address}/metrics`)).status, 404);
  assert.equal((await fetch(`${started.address}/v1/models`, { headers: { origin: 'https://any.example' } })).status, 403);
});

// T3: nobody but the operator says where a request goes. (Addresses themselves: destination_test.cpp.)
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { before, test } from 'node:test';

import { environment } from '../world.mjs';
import { ask, chat, completion, emulatorProgram, finallyDo, http, relayProgram, start, startRelay, upstream, word } from './setup.mjs';

let trap;
let touched = 0;
before(async () => {
  trap = net.createServer((socket) => {
    touched += 1;
    socket.on('error', () => {});
    socket.end(http('{"data":[]}'));
  });
  trap.listen(0, '0.0.0.0');
  await once(trap, 'listening');
  finallyDo(() => trap.close());
});

/** One place in every spelling that a fetcher may take for something else. */
function spellings() {
  const { port } = trap.address();
  const hosts = ['127.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1',
    '017700000001', '0.0.0.0', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:0:0:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]', '127.0.0.1.nip.io', 'localtest.me', '127。0。0。1', '①②⑦.⓪.⓪.①', 'api.openai.com@127.0.0.1', 'api.openai.com%40127.0.0.1',
    '127.0.0.1#api.openai.com', '127.0.0.1\\api.openai.com', '127.0.0.1%00.api.openai.com', '127.0.0.1%23.api.openai.com', ' 127.0.0.1',
    'replicate.delivery.127.0.0.1.nip.io', '127.0.0.1:80@replicate.delivery', 'replicate.delivery@127.0.0.1', '169.254.169.254', '10.0.0.1', '192.168.0.1',
    '172.16.0.1', '100.64.0.1', '[fd00::1]', '[fe80::1]', '224.0.0.1', '255.255.255.255'];
  const schemes = ['http', 'https', 'HTTP', 'ftp', 'file', 'gopher', '//', 'data:text/html,http', 'jar:http'];
  return [...hosts.map((host) => `http://${host}:${port}/x.png`), ...hosts.map((host) => `https://${host}:${port}/x.png`),
    ...schemes.map((scheme) => (scheme === '//' ? `//127.0.0.1:${port}/x` : `${scheme}://127.0.0.1:${port}/x`)),
    'file:///etc/passwd', '/etc/passwd', '../../etc/passwd', `\\\\127.0.0.1@${port}\\x`, `http:127.0.0.1:${port}`, `http:/127.0.0.1:${port}/`, `hTTp://127.0.0.1:${port}/`];
}

test('T3 no field or header of a client names a destination', async () => {
  const provider = await upstream((_, socket) => socket.write(http(completion())));
  const relay = await startRelay(provider.base);
  const names = ['api_base', 'base_url', 'baseURL', 'api_url', 'endpoint', 'endpoint_url', 'host', 'custom_host', 'url', 'target', 'proxy', 'provider', 'api_key',
    'organization', 'headers', 'extra_headers', 'extra_body', 'extra_query', 'deployment', 'azure_endpoint', 'callback_url', 'webhook', 'webhook_url', 'image_url',
    'file_url', 'metadata', 'store', 'tools', 'functions', 'service_tier'];
  const address = `http://127.0.0.1:${trap.address().port}/`;
  for (const name of names) {
    for (const value of [address, { url: address, host: address }, [address]]) {
      const answer = await ask(relay, '/v1/chat/completions', { ...chat(), [name]: value });
      await answer.text();
      assert.ok([200, 400, 422].includes(answer.status), `${name}: ${answer.status}`);
    }
  }
  for (const name of ['x-portkey-custom-host', 'x-forwarded-host', 'x-original-url', 'x-rewrite-url', 'x-target-url', 'forwarded', 'x-base-url', 'x-api-base',
    'x-host', 'x-forwarded-for', 'openai-organization', 'x-litellm-api-base', 'proxy-authorization', 'cookie', 'x-api-key', 'x-goog-api-key'])
    await (await ask(relay, '/v1/chat/completions', chat(), { [name]: `http://127.0.0.1:${trap.address().port}/TOLD` })).text();
  assert.equal(touched, 0);
  assert.ok(provider.requests.length > 40);
  for (const request of provider.requests) {
    assert.equal(request.target, '/v1/chat/completions');
    assert.match(request.head, new RegExp(`^host: 127\\.0\\.0\\.1:${provider.port}$`, 'im'));
    assert.doesNotMatch(request.head, /TOLD|cookie|forwarded|organization|portkey/i);
    const sent = Object.keys(JSON.parse(request.body));
    assert.deepEqual(sent.filter((name) => !['model', 'max_tokens', 'messages', 'max_completion_tokens'].includes(name)), []);
  }
});

test('T3 pictures by address are refused in every spelling, whoever the provider is', async () => {
  const emulator = await start(emulatorProgram, ['--port', '0']);
  const relay = await start(relayProgram, ['serve', '--port', '0'], { ...environment(emulator), SECRET_ACCESS_CODE: word });
  const all = spellings();
  assert.ok(all.length >= 100);
  for (const model of ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite', 'anthropic/claude-haiku-4-5', 'ollama/gemma3:4b']) {
    for (const url of all) {
      for (const part of [{ type: 'image_url', image_url: { url } }, { type: 'image_url', image_url: url }]) {
        const answer = await ask(relay, '/v1/chat/completions', chat({ model, messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, part] }] }));
        const text = await answer.text();
        assert.ok([400, 415, 422].includes(answer.status), `${model} ${url}: ${answer.status} ${text}`);
      }
    }
  }
  for (const part of [{ type: 'file', file: { file_url: all[0] } }, { type: 'video_url', video_url: { url: all[0] } },
    { type: 'input_audio', input_audio: { url: all[0] } }, { type: 'input_image', image_url: all[0] }, { type: 'image', source: { type: 'url', url: all[0] } }]) {
    for (const model of ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite', 'vllm/Qwen/Qwen3-VL-8B-Instruct']) {
      const answer = await ask(relay, '/v1/chat/completions', chat({ model, messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, part] }] }));
      assert.ok([400, 415, 422].includes(answer.status), `${model} ${JSON.stringify(part)}: ${answer.status} ${await answer.text()}`);
    }
  }
  assert.equal(touched, 0);
  const { requests } = await (await fetch(`${emulator.address}/control/requests`)).json();
  assert.deepEqual(requests.map((each) => each.body), [], 'nothing of it reached a provider');
});

test('T3 an address in a provider’s answer is fetched from the hosts of that provider alone', async () => {
  let url;
  const provider = await upstream((_, socket) => socket.write(http(JSON.stringify({ created: 1, data: [{ url }] }))));
  const relay = await startRelay(provider.base);
  for (url of spellings()) {
    const answer = await ask(relay, '/v1/images/generations', { model: 'openai/gpt-image-2', prompt: 'x' });
    const text = await answer.text();
    assert.equal(answer.status, 502, `${url}: ${text}`);
  }
  assert.equal(provider.requests.length, spellings().length);
  assert.equal(touched, 0);
});

test('T3 a redirect is never followed, and the key stays', async () => {
  const { port } = trap.address();
  for (const status of ['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent', '300 Choices', '304 Not Modified']) {
    const provider = await upstream((_, socket) => socket.end(`HTTP/1.1 ${status}\r\nLocation: http://127.0.0.1:${port}/\r\nContent-Length: 0\r\n\r\n`));
    const relay = await startRelay(provider.base);
    for (const stream of [false, true]) {
      const answer = await ask(relay, '/v1/chat/completions', chat({ stream }));
      assert.equal(answer.status, 502, status);
      assert.equal(answer.headers.get('location'), null);
      await answer.text();
    }
    relay.child.kill('SIGKILL');
  }
  assert.equal(touched, 0);
});

test('T3 the name of a model cannot bend an address', async () => {
  const targets = [];
  const provider = await upstream((request, socket) => {
    targets.push(request.target);
    socket.write(http(completion()));
  });
  const base = provider.base;
  const relay = await start(relayProgram, ['serve', '--port', '0'], { SECRET_ACCESS_CODE: word, OPENAI_BASE_URL: base, OPENAI_API_KEY: 'k', VLLM_BASE_URL: base,
    OPENROUTER_BASE_URL: base, OPENROUTER_API_KEY: 'k', HF_BASE_URL: base, HF_TOKEN: 'k', GEMINI_BASE_URL: base, GEMINI_API_KEY: 'k', REPLICATE_BASE_URL: base, REPLICATE_API_TOKEN: 'k' });
  const evil = ['../../evil', '..%2f..%2fevil', 'a?b=c', 'a#@evil', 'a b', 'a\r\nHost: evil', '@evil/x', '/evil', '//evil', 'a/../../x', 'a\\..\\b', 'a:streamGenerateContent?key=x', 'a;b', '%00', 'ä', '\u0000', 'x'.repeat(5000)];
  for (const provider_name of ['openai', 'vllm', 'openrouter', 'hf', 'gemini', 'replicate']) {
    for (const name of evil) {
      const answer = await ask(relay, '/v1/chat/completions', chat({ model: `${provider_name}/${name}` }));
      await answer.text();
      assert.ok(answer.status < 500 || answer.status >= 502, `${provider_name}/${name}: ${answer.status}`);
    }
  }
  for (const target of targets) assert.match(target, /^\/v1\/(?!.*\.\.)[A-Za-z0-9._:/-]+$/, target);
});

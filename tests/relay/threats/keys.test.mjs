// T1, T2, T21, T22: where a key, a picture and a caption may go. (T1's hundred thousand requests: hostile_test.mjs.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { control, environment, png, vision } from '../world.mjs';
import { ask, bytesBelow, canaryKey, caption, chat, completion, emulatorProgram, folder, http, metricsOf, raw, relayProgram, start, startRelay,
  stop, upstream, word } from './setup.mjs';

const secret = /CANARYKEY|CANARY/;

test('T1 nothing of the process can be dumped', async () => {
  const relay = await startRelay('http://127.0.0.1:9/v1');
  assert.match(readFileSync(`/proc/${relay.child.pid}/limits`, 'utf8'), /Max core file size +0 +0/);
});

/** Answers that say back everything that was asked: heads, keys and all. */
const echoes = {
  'an error’s text': (said) => http(JSON.stringify({ error: { message: `Incorrect API key provided: ${said}`, type: said, code: said } }), { status: '401 Unauthorized' }),
  'a refusal': (said) => http(JSON.stringify({ error: { message: said, code: 'x', param: said } }), { status: '400 Bad Request' }),
  'a permission': (said) => http(JSON.stringify({ error: { message: said } }), { status: '403 Forbidden' }),
  'a limit': (said) => http(JSON.stringify({ error: { message: said } }), { status: '429 Too Many Requests', headers: `Retry-After: 0\r\n` }),
  'a failure in HTML': (said) => http(`<pre>${said}</pre>`, { status: '500 Internal Server Error', type: 'text/html' }),
  'header fields': (said) => http(completion(), { headers: `X-Echo: ${said}\r\nSet-Cookie: k=${said}\r\nServer: ${said}\r\nX-Request-Id: ${said}\r\nWWW-Authenticate: ${said}\r\n` }),
  'a redirect': (said) => `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/?${encodeURIComponent(said)}\r\nContent-Length: 0\r\n\r\n`,
  'a reason phrase': (said) => `HTTP/1.1 200 ${said}\r\nContent-Type: application/json\r\nContent-Length: ${completion().length}\r\n\r\n${completion()}`,
  'a content type': (said) => http(completion(), { type: `application/json; k="${said}"` }),
  'a trailer': (said) => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${completion().length.toString(16)};x=${said}\r\n${completion()}\r\n0\r\nX-Key: ${said}\r\n\r\n`,
  'an interim answer': (said) => `HTTP/1.1 103 Early Hints\r\nLink: ${said}\r\n\r\n${http(completion())}`,
  'a good answer': (said) => http(completion(said)),
  'an error with status 200': (said) => http(JSON.stringify({ error: { message: said } })),
  'an event': (said) => http(`data: {"choices":[{"delta":{"content":"x"}}]}\n\ndata: {"error":{"message":"${said}"}}\n\n`, { type: 'text/event-stream' }),
};
for (const [name, echo] of Object.entries(echoes)) {
  test(`T2 a key that the provider says back in ${name} stays here`, async () => {
    const provider = await upstream((request, socket) => socket.end(echo(/authorization: (.*)/i.exec(request.head)?.[1] ?? 'none')));
    const relay = await startRelay(provider.base);
    for (const stream of [false, true]) {
      const body = JSON.stringify(chat({ stream }));
      const answer = await raw(relay.port, `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${word}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      assert.match(answer, /^HTTP\/1\.1 \d{3}/);
      assert.doesNotMatch(answer, secret);
    }
    assert.ok(provider.requests.some((request) => request.head.includes(canaryKey)), 'the provider itself gets the key');
    assert.doesNotMatch(await metricsOf(relay), secret);
    await stop(relay);
    assert.doesNotMatch(relay.log.join('\n'), secret);
  });
}

test('T2 a key that is cut between two parts of a stream stays here', async () => {
  const provider = await upstream(async (_, socket) => {
    const event = `data: {"choices":[{"delta":{"content":"${canaryKey}"}}]}\n\ndata: [DONE]\n\n`;
    const middle = event.indexOf(canaryKey) + 12;
    socket.setNoDelay(true);
    socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${event.length}\r\n\r\n${event.slice(0, middle)}`);
    await new Promise((done) => setTimeout(done, 50));  // so that it comes in two parts
    socket.end(event.slice(middle));
  });
  const relay = await startRelay(provider.base);
  const text = await (await caption(relay, { stream: true })).text().catch((error) => String(error));
  assert.ok(!text.includes(canaryKey), text);
});

test('T21 what clients send cannot forge a line of the log, and no content gets into it', async () => {
  const data = folder();
  const emulator = await start(emulatorProgram, ['--port', '0']);
  const relay = await start(relayProgram,
    ['serve', '--port', '0', '--data', data], environment(emulator));
  const nasty = ['%0a{"event":"forged"}', '\x1b[2J', '"},{"event":"forged"}', '\\u000a', '\u2028', '<script>', 'ö', '\x7f'];
  for (const text of nasty) {
    await raw(relay.port, `GET /${text} HTTP/1.1\r\nHost: a\r\nUser-Agent: ${text}\r\nReferer: ${text}\r\nConnection: close\r\n\r\n`);
    await raw(relay.port, `${text} / HTTP/1.1\r\nHost: a\r\n\r\n`, { finish: true });
    await raw(relay.port, `GET /v1/models HTTP/1.1\r\nHost: ${text}\r\nOrigin: ${text}\r\nAuthorization: Bearer ${text}\r\nConnection: close\r\n\r\n`);
    await ask(relay, '/v1/session', { code: text });
    await ask(relay, '/v1/chat/completions', { model: text, messages: [{ role: 'user', content: text }] }, { authorization: 'Bearer test-word-of-the-class' });
  }
  const picture = png(32, 16, [220, 20, 20], 5000);
  const say = 'CANARY-CAPTION the quiet heron';
  await control(emulator, 'faults', { say });
  for (const model of ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite']) {
    const answer = await ask(relay, '/v1/chat/completions', { ...vision(model, picture), user: 'CANARY-FIELD' }, { authorization: 'Bearer test-word-of-the-class' });
    assert.match(await answer.text(), /CANARY-CAPTION/);
  }
  await stop(relay);
  assert.ok(relay.log.length >= nasty.length * 4);
  for (const line of relay.log) {
    const record = JSON.parse(line);
    assert.notEqual(record.event, 'forged');
    assert.match(line, /^[\x20-\x7e]*$/);
  }
  const kept = relay.log.join('\n') + bytesBelow(data);
  assert.doesNotMatch(kept, /CANARY/);
  assert.ok(!kept.includes(picture.toString('base64').slice(100, 160)) && !kept.includes(picture.subarray(60, 120).toString('latin1')));
});

test('T22 no key is ever part of an address, and no query of a client’s goes on', async () => {
  const emulator = await start(emulatorProgram, ['--port', '0']);
  const env = environment(emulator);
  const relay = await start(relayProgram, ['serve', '--port', '0'], env);
  const picture = png(16, 16, [220, 20, 20]);
  const models = ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite', 'anthropic/claude-haiku-4-5', 'groq/qwen/qwen3.6-27b', 'hf/google/gemma-4-31B-it',
    'nvidia/nvidia/nemotron-nano-12b-v2-vl', 'openrouter/openai/gpt-6-luna', 'mistral/mistral-small-latest', 'replicate/salesforce/blip', 'ollama/gemma3:4b'];
  for (const model of models) {
    for (const stream of [false, true]) {
      const answer = await ask(relay, '/v1/chat/completions?key=CANARY&alt=media', vision(model, picture, { stream }), { authorization: 'Bearer test-word-of-the-class' });
      await answer.text();
      assert.equal(answer.status, 200, model);
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    }
  }
  const { requests } = await control(emulator, 'requests?last=1000');
  assert.ok(requests.length >= models.length * 2);
  for (const { path: target } of requests) {
    assert.match(target, /^[^?]*(\?alt=sse)?$/);
    assert.doesNotMatch(target, /CANARY|sha256:|test-/);
  }
});

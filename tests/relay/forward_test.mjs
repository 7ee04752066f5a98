// Every kind of provider through the relay: node forward_test.mjs path/to/vignette-relay path/to/vignette-emulator
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { code, control, environment, events, launch, png, post, stop, textOf, vision } from './world.mjs';

const [relayProgram, emulatorProgram] = process.argv.slice(2);
let emulator;
let relay;
before(async () => {
  emulator = await launch(emulatorProgram, ['--port', '0']);
  relay = await launch(relayProgram, ['serve', '--port', '0'], environment(emulator));
});
after(async () => {
  assert.equal(await stop(relay), 0);
  await stop(emulator);
});
beforeEach(() => control(emulator, 'reset', {}));

const red = png(640, 480, [220, 20, 20]);
const seen = /640x480.*red/;

const chats = ['openai/gpt-4o', 'openai/gpt-6-luna', 'gemini/gemini-3.5-flash-lite', 'anthropic/claude-haiku-4-5', 'groq/qwen/qwen3.6-27b',
  'nvidia/nvidia/nemotron-nano-12b-v2-vl', 'hf/google/gemma-4-31B-it', 'openrouter/openai/gpt-6-luna', 'mistral/mistral-small-latest',
  'ollama/gemma3:4b', 'llamacpp/any', 'vllm/Qwen/Qwen3-VL-8B-Instruct', 'lmstudio/qwen3-vl-4b', 'replicate/salesforce/blip'];
for (const model of chats) {
  test(`${model} describes the picture that was sent`, async () => {
    const response = await post(relay, '/v1/chat/completions', vision(model, red));
    const text = await response.text();
    assert.equal(response.status, 200, text);
    const answer = JSON.parse(text);
    assert.match(answer.choices[0].message.content, seen);
    assert.ok(response.headers.get('x-request-id'));
  });
  test(`${model} streams`, async () => {
    const response = await post(relay, '/v1/chat/completions', vision(model, red, { stream: true }));
    assert.equal(response.status, 200, response.status === 200 ? '' : await response.text());
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    const all = await events(response);
    assert.match(textOf(all), seen);
    assert.equal(all.at(-2), 'data: [DONE]');
    assert.match(all.at(-1), /^event: relay\ndata: \{"cost_micro":\d+\}$/);
  });
}

test('a picture of a megabyte, with its fields before and behind it', async () => {
  const large = png(640, 480, [20, 20, 220], 800_000);
  const first = vision('openai/gpt-4o', large, { temperature: 0.1, user: 'nobody', metadata: { a: 'b' } });
  const { messages, ...fields } = first;
  for (const body of [first, { messages, ...fields }, { model: fields.model, max_tokens: 300, messages, user: 'x', temperature: 0.2, seed: 1 }]) {
    const response = await post(relay, '/v1/chat/completions', body);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    assert.match(JSON.parse(text).choices[0].message.content, /640x480.*blue/);
  }
});

test('only the fields that a model takes reach it', async () => {
  await post(relay, '/v1/chat/completions', { user: 'secret', ...vision('openai/gpt-4o', red), tools: [], logit_bias: { a: 1 } });
  const { requests } = await control(emulator, 'requests?last=1');
  assert.equal(requests.length, 1);
});

for (const model of ['openai/gpt-transcribe', 'groq/whisper-large-v3', 'hf/openai/whisper-large-v3', 'whispercpp/whisper', 'gemini/gemini-3.5-flash-lite']) {
  test(`${model} hears`, async () => {
    const form = new FormData();
    form.set('model', model);
    form.set('file', new Blob([tone(440, 1)], { type: 'audio/wav' }), 'a.wav');
    const response = await fetch(`${relay.address}/v1/audio/transcriptions`, { method: 'POST', headers: { authorization: `Bearer ${code}` }, body: form });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    assert.match(JSON.parse(text).text, /440/);
  });
}

for (const model of ['openai/gpt-image-2', 'gemini/gemini-3.1-flash-image', 'replicate/black-forest-labs/flux-schnell', 'hf/black-forest-labs/FLUX.1-schnell',
  'nvidia/black-forest-labs/flux.1-schnell', 'together/black-forest-labs/FLUX.1-schnell', 'sdwebui/txt2img']) {
  test(`${model} draws`, async () => {
    const response = await post(relay, '/v1/images/generations', { model, prompt: 'a red square' });
    const text = await response.text();
    assert.equal(response.status, 200, text.slice(0, 300));
    const picture = Buffer.from(JSON.parse(text).data[0].b64_json, 'base64');
    assert.ok(picture.length > 50);
  });
}

for (const model of ['openai/text-embedding-3-small', 'gemini/gemini-embedding-001', 'hf/sentence-transformers/all-MiniLM-L6-v2', 'ollama/all-minilm', 'nvidia/nvidia/llama-nemotron-embed-1b-v2']) {
  test(`${model} embeds`, async () => {
    const response = await post(relay, '/v1/embeddings', { model, input: ['a', 'b'] });
    const text = await response.text();
    assert.equal(response.status, 200, text.slice(0, 300));
    assert.equal(JSON.parse(text).data.length, 2);
  });
}

test('models, usage, session, readyz', async () => {
  const get = (path, bearer = code) => fetch(relay.address + path, { headers: { authorization: `Bearer ${bearer}` } });
  const models = await (await get('/v1/models')).json();
  assert.ok(models.data.length > 30);
  assert.ok(models.data.every((m) => m.abilities.length > 0));
  const session = await post(relay, '/v1/session', { code });
  assert.equal(session.status, 200);
  const { token } = await session.json();
  assert.equal((await get('/v1/models', token)).status, 200);
  assert.equal((await get('/v1/usage', token)).status, 200);
  assert.equal((await get('/v1/models', 'wrong')).status, 401);
  assert.equal((await fetch(`${relay.address}/readyz`)).status, 200);
});

function tone(hertz, seconds) {
  const rate = 16000;
  const n = rate * seconds;
  const wav = Buffer.alloc(44 + n * 2);
  wav.write('RIFF', 0); wav.writeUInt32LE(36 + n * 2, 4); wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write('data', 36); wav.writeUInt32LE(n * 2, 40);
  for (let i = 0; i < n; i++) wav.writeInt16LE(Math.round(20000 * Math.sin((2 * Math.PI * hertz * i) / rate)), 44 + i * 2);
  return wav;
}

// OpenAI's own client, unchanged, with only its base URL and key set.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import OpenAI from 'openai';

import { addCode, emulatorProgram, folder, relayProgram, start } from '../threats/setup.mjs';
import { control, dataUrl, environment, png } from '../world.mjs';
import { tone } from './tone.mjs';

let emulator;
let relay;
let client;
let data;
const green = png(320, 200, [20, 200, 30]);
const seen = /320x200.*green/;
const about = (picture) => [{ role: 'user', content: [{ type: 'text', text: 'Describe the picture in one sentence.' },
  { type: 'image_url', image_url: { url: dataUrl(picture) } }] }];
const clientOf = (apiKey, more = {}) => new OpenAI({ apiKey, baseURL: `${relay.address}/v1`, maxRetries: 0, ...more });

before(async () => {
  data = folder();
  const code = addCode(data);
  emulator = await start(emulatorProgram, ['--port', '0']);
  relay = await start(relayProgram, ['serve', '--port', '0', '--data', data], environment(emulator));
  client = clientOf(code);
});

for (const model of ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite', 'anthropic/claude-haiku-4-5']) {
  test(`chat.completions.create describes the picture that was sent: ${model}`, async () => {
    const answer = await client.chat.completions.create({ model, messages: about(green), max_tokens: 2000 });
    assert.match(answer.choices[0].message.content, seen);
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(answer.usage.prompt_tokens > 0 && answer.usage.completion_tokens > 0);
    assert.match(answer._request_id, /^[0-9a-f]{16}$/);
  });

  test(`chat.completions.create streams, with usage at the end: ${model}`, async () => {
    await control(emulator, 'faults', { provider: model.split('/')[0], event_delay_ms: 20, times: 1 });
    const stream = await client.chat.completions.create(
      { model, messages: about(green), max_tokens: 2000, stream: true, stream_options: { include_usage: true } });
    let text = '';
    let parts = 0;
    let usage;
    for await (const part of stream) {
      text += part.choices[0]?.delta?.content ?? '';
      parts += part.choices[0]?.delta?.content ? 1 : 0;
      usage = part.usage ?? usage;
    }
    assert.match(text, seen);
    assert.ok(parts > 1, 'in more than one part');
    assert.ok(usage.completion_tokens > 0);
  });
}

test('another picture gives another caption', async () => {
  const answer = await client.chat.completions.create({ model: 'openai/gpt-4o', messages: about(png(64, 128, [10, 10, 230])), max_tokens: 500 });
  assert.match(answer.choices[0].message.content, /64x128.*blue/);
});

test('a stream that is left ends at the provider as well', async () => {
  await control(emulator, 'reset', {});
  await control(emulator, 'faults', { provider: 'openai', hold: 'never', hold_after_events: 2 });
  const stream = await client.chat.completions.create({ model: 'openai/gpt-4o', messages: about(green), max_tokens: 500, stream: true });
  for await (const part of stream) if (part.choices[0]?.delta?.content) break;
  assert.equal((await control(emulator, 'wait?left=1&idle=1&timeout_ms=5000')).reached, true);
  await control(emulator, 'reset', {});
});

test('audio.transcriptions.create hears', async () => {
  const answer = await client.audio.transcriptions.create(
    { model: 'openai/gpt-transcribe', file: new File([tone(440, 1)], 'speech.wav', { type: 'audio/wav' }) });
  assert.match(answer.text, /440/);
});

test('images.generate draws', async () => {
  const answer = await client.images.generate({ model: 'openai/gpt-image-2', prompt: 'a red square', n: 1 });
  assert.ok(Buffer.from(answer.data[0].b64_json, 'base64').subarray(1, 4).equals(Buffer.from('PNG')));
});

test('embeddings.create, as numbers and as the base64 that the client asks for by itself', async () => {
  for (const encoding_format of [undefined, 'float', 'base64']) {
    const answer = await client.embeddings.create({ model: 'openai/text-embedding-3-small', input: ['one', 'two'], ...(encoding_format && { encoding_format }) });
    assert.equal(answer.data.length, 2);
    const [first] = answer.data;
    const numbers = typeof first.embedding === 'string' ? new Float32Array(new Uint8Array(Buffer.from(first.embedding, 'base64')).buffer) : first.embedding;
    assert.ok(numbers.length > 100 && numbers.every(Number.isFinite), `${encoding_format}: ${numbers.length} numbers`);
  }
});

test('models.list names what this code may use', async () => {
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  assert.ok(names.includes('openai/gpt-4o'));
  const narrow = addCode(data, '--models', 'groq/*');
  const few = [];
  for await (const model of clientOf(narrow).models.list()) few.push(model.id);
  assert.ok(few.length > 0 && few.every((id) => id.startsWith('groq/')), few.join());
});

const tiny = (model = 'openai/gpt-4o') => ({ model, messages: [{ role: 'user', content: 'x' }], max_tokens: 10 });
const failing = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('it did not fail');
};

test('401 is AuthenticationError', async () => {
  const error = await failing(clientOf('K7QX-M2PD-9RHT').chat.completions.create(tiny()));
  assert.ok(error instanceof OpenAI.AuthenticationError, String(error));
});
test('402 is APIError with its code, and is not tried again', async () => {
  await control(emulator, 'reset', {});
  const error = await failing(clientOf(addCode(data, '--budget', '0.000001'), { maxRetries: 2 }).chat.completions.create(tiny()));
  assert.ok(error instanceof OpenAI.APIError, String(error));
  assert.equal(error.status, 402);
  assert.equal(error.code, 'budget_exhausted');
  assert.equal((await control(emulator, 'stats')).total, 0);
});
test('403 is PermissionDeniedError', async () => {
  const error = await failing(clientOf(addCode(data, '--models', 'groq/*')).chat.completions.create(tiny()));
  assert.ok(error instanceof OpenAI.PermissionDeniedError, String(error));
  assert.equal(error.code, 'model_not_allowed');
});
test('404 is NotFoundError', async () => {
  const error = await failing(client.chat.completions.create(tiny('nobody/nothing')));
  assert.ok(error instanceof OpenAI.NotFoundError, String(error));
});
test('422 is UnprocessableEntityError', async () => {
  const error = await failing(client.chat.completions.create({ ...tiny(), n: 3 }));
  assert.ok(error instanceof OpenAI.UnprocessableEntityError, String(error));
});
test('429 of the relay is RateLimitError with the time to wait', async () => {
  const limited = clientOf(addCode(data, '--rpm', '1'));
  await limited.chat.completions.create(tiny());
  const error = await failing(limited.chat.completions.create(tiny()));
  assert.ok(error instanceof OpenAI.RateLimitError, String(error));
  assert.equal(error.code, 'rate_limited');
  assert.ok(Number(error.headers.get('retry-after')) > 0);
});
test('429 of the provider is RateLimitError as well', async () => {
  await control(emulator, 'reset', {});
  await control(emulator, 'faults', { provider: 'mistral', status: 429, retry_after: 1 });
  const error = await failing(client.chat.completions.create(tiny('mistral/mistral-small-latest')));
  await control(emulator, 'reset', {});
  assert.ok(error instanceof OpenAI.RateLimitError, String(error));
  assert.equal(error.code, 'upstream_rate_limited');
});
test('500 of the provider is InternalServerError', async () => {
  await control(emulator, 'faults', { provider: 'together', status: 500 });
  const error = await failing(client.images.generate({ model: 'together/black-forest-labs/FLUX.1-schnell', prompt: 'x' }));
  await control(emulator, 'reset', {});
  assert.ok(error instanceof OpenAI.InternalServerError, String(error));
});
test('a stream that breaks is an error of the client, never a whole answer', async () => {
  await control(emulator, 'faults', { provider: 'openai', drop: 'middle', drop_after_events: 2 });
  const error = await failing((async () => {
    const stream = await client.chat.completions.create({ model: 'openai/gpt-4o', messages: about(green), max_tokens: 500, stream: true });
    for await (const part of stream) void part;
  })());
  await control(emulator, 'reset', {});
  assert.ok(error instanceof OpenAI.APIError, String(error));
});
test('two of three are tried again by the client, and the third answers', async () => {
  await control(emulator, 'faults', { provider: 'vllm', status: 503, times: 1 });
  const patient = clientOf(client.apiKey, { maxRetries: 3 });
  const answer = await patient.chat.completions.create(tiny('vllm/Qwen/Qwen3-VL-8B-Instruct'));
  assert.ok(answer.choices[0].message.content.length > 0);
  await control(emulator, 'reset', {});
});

// The clients of Groq and of Hugging Face, unchanged, with only their base URL and key set.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { InferenceClient } from '@huggingface/inference';
import Groq from 'groq-sdk';

import { addCode, emulatorProgram, folder, relayProgram, start } from '../threats/setup.mjs';
import { dataUrl, environment, png } from '../world.mjs';
import { tone } from './tone.mjs';

let relay;
let groq;
let hugging;
const red = png(640, 480, [220, 20, 20]);
const seen = /640x480.*red/;
const messages = [{ role: 'user', content: [{ type: 'text', text: 'Describe the picture in one sentence.' },
  { type: 'image_url', image_url: { url: dataUrl(red) } }] }];

before(async () => {
  const data = folder();
  const code = addCode(data);
  const emulator = await start(emulatorProgram, ['--port', '0']);
  relay = await start(relayProgram, ['serve', '--port', '0', '--data', data], environment(emulator));
  groq = new Groq({ apiKey: code, baseURL: relay.address, maxRetries: 0 });
  hugging = new InferenceClient(code, { endpointUrl: relay.address });
});

test('groq-sdk: chat with a picture', async () => {
  const answer = await groq.chat.completions.create({ model: 'groq/qwen/qwen3.6-27b', messages, max_tokens: 2000 });
  assert.match(answer.choices[0].message.content, seen);
});
test('groq-sdk: streaming', async () => {
  let text = '';
  const stream = await groq.chat.completions.create({ model: 'groq/qwen/qwen3.6-27b', messages, max_tokens: 2000, stream: true });
  for await (const part of stream) text += part.choices[0]?.delta?.content ?? '';
  assert.match(text, seen);
});
test('groq-sdk: transcription', async () => {
  const answer = await groq.audio.transcriptions.create(
    { model: 'groq/whisper-large-v3', file: new File([tone(440, 1)], 'speech.wav', { type: 'audio/wav' }) });
  assert.match(answer.text, /440/);
});
test('groq-sdk: embeddings, and the list of models', async () => {
  const answer = await groq.embeddings.create({ model: 'openai/text-embedding-3-small', input: 'one' });
  assert.ok(answer.data[0].embedding.length > 100);
  const models = await groq.models.list();
  assert.ok(models.data.some((model) => model.id === 'groq/qwen/qwen3.6-27b'));
});
test('groq-sdk: errors are its own classes', async () => {
  const stranger = new Groq({ apiKey: 'K7QX-M2PD-9RHT', baseURL: relay.address, maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model: 'groq/qwen/qwen3.6-27b', messages }), Groq.AuthenticationError);
  await assert.rejects(groq.chat.completions.create({ model: 'nobody/nothing', messages }), Groq.NotFoundError);
});

test('@huggingface/inference: chat with a picture', async () => {
  const answer = await hugging.chatCompletion({ model: 'hf/google/gemma-4-31B-it', messages, max_tokens: 2000 });
  assert.match(answer.choices[0].message.content, seen);
});
test('@huggingface/inference: streaming', async () => {
  let text = '';
  for await (const part of hugging.chatCompletionStream({ model: 'hf/google/gemma-4-31B-it', messages, max_tokens: 2000 }))
    text += part.choices[0]?.delta?.content ?? '';
  assert.match(text, seen);
});
test('@huggingface/inference: a wrong code is an error with the relay’s sentence', async () => {
  const stranger = new InferenceClient('K7QX-M2PD-9RHT', { endpointUrl: relay.address });
  await assert.rejects(stranger.chatCompletion({ model: 'hf/google/gemma-4-31B-it', messages }),
    (error) => /401|code/i.test(`${error.message} ${JSON.stringify(error.httpResponse ?? {})}`));
});

// The real relay before the real emulator, each a process of its own, for tests of the whole way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { deflateSync, crc32 } from 'node:zlib';

export const code = 'test-word-of-the-class';

/** Starts a program and waits for the line that holds its address. */
export async function launch(program, args, env = {}) {
  const child = spawn(program, args, { env: { PATH: process.env.PATH, ...env } });
  const log = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const lines = [];
  const address = await new Promise((found, failed) => {
    child.once('exit', () => failed(new Error(`${program} ended: ${log.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const at = /(?:serving|emulator:) (http:\/\/\S+:\d+)$/.exec(line)?.[1];
      if (at) found(at);
    });
  });
  return { child, log, address, lines, port: Number(new URL(address).port) };
}

export async function stop(started, signal = 'SIGTERM') {
  if (started.child.exitCode !== null || started.child.signalCode) return started.child.exitCode;
  started.child.kill(signal);
  const [exit] = await once(started.child, 'exit');
  return exit;
}

const bases = {
  OPENAI: 'openai/v1', GEMINI: 'gemini/v1beta', ANTHROPIC: 'anthropic/v1', GROQ: 'groq/openai/v1', NVIDIA: 'nvidia/v1',
  HF: 'hf/v1', OPENROUTER: 'openrouter/api/v1', REPLICATE: 'replicate/v1', TOGETHER: 'together/v1', MISTRAL: 'mistral/v1',
  OLLAMA: 'ollama', LLAMACPP: 'llamacpp/v1', VLLM: 'vllm/v1', LMSTUDIO: 'lmstudio/v1', DAM: 'dam', WHISPERCPP: 'whispercpp',
  SDWEBUI: 'sdwebui/sdapi/v1',
};
const keys = ['OPENAI_API_KEY', 'GEMINI_API_KEY', 'ANTHROPIC_API_KEY', 'GROQ_API_KEY', 'NVIDIA_API_KEY', 'HF_TOKEN',
  'OPENROUTER_API_KEY', 'REPLICATE_API_TOKEN', 'TOGETHER_API_KEY', 'MISTRAL_API_KEY'];

/** Every provider of the emulator, each with a key that it takes. */
export function environment(emulator, more = {}) {
  const env = { SECRET_ACCESS_CODE: code };
  for (const [name, path] of Object.entries(bases)) env[`${name}_BASE_URL`] = `${emulator.address}/${path}`;
  for (const name of keys) env[name] = `test-${name.toLowerCase()}`;
  return { ...env, ...more };
}

export async function post(relay, path, body, headers = {}) {
  return await fetch(relay.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export async function control(emulator, path, body) {
  const response = await fetch(`${emulator.address}/control/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  assert.ok(response.ok, `control ${path}: ${response.status}`);
  return await response.json();
}

function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

/** A real PNG of one colour; with `noise` of about that many bytes. */
export function png(width, height, [r, g, b], noise = 0) {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set([r, g, b], y * (width * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header)];
  if (noise) parts.push(chunk('teXt', Buffer.from(Array.from({ length: noise }, (_, i) => (i * 2654435761) >>> 13 & 0xff))));
  return Buffer.concat([...parts, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

export const dataUrl = (bytes) => `data:image/png;base64,${bytes.toString('base64')}`;

export function vision(model, bytes, more = {}) {
  return {
    model, max_tokens: 2000, ...more,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Describe the picture in one sentence.' },
      { type: 'image_url', image_url: { url: dataUrl(bytes) } }] }],
  };
}

/** The events of a streamed answer, [DONE] and all. */
export async function events(response) {
  const out = [];
  let rest = '';
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    rest += bytes;
    for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) out.push(rest.slice(0, end));
  }
  return out;
}
export const textOf = (list) => list.filter((e) => e.startsWith('data: {')).map((e) => JSON.parse(e.slice(6)).choices?.[0]?.delta?.content ?? '').join('');

// What the tests of the clients and of the threats share: real processes on free ports, and raw bytes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');
export const relayProgram = resolve(root, process.env.VIGNETTE_RELAY ?? 'build/bin/vignette-relay');
export const emulatorProgram = resolve(root, process.env.VIGNETTE_EMULATOR ?? 'build/bin/vignette-emulator');
/** Bigger counts, for hours that nobody waits for. */
export const soak = process.env.VIGNETTE_SOAK === '1';
export const word = 'word-of-the-test-class-7';
/** Stands where a provider's key does. No byte that leaves the relay but to that provider may hold it. */
export const canaryKey = 'sk-CANARYKEY0123456789abcdefCANARY';

const cleanups = [];
after(async () => {
  for (const clean of cleanups.reverse()) await clean();
});
export const finallyDo = (clean) => cleanups.push(clean);

export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'vignette-threats-'));
  finallyDo(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function secretFile(content) {
  const path = join(folder(), 'relay.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, 0o600);
  return path;
}

/** Waits until `condition` holds, and fails with `what` when it does not within the time. */
export async function until(condition, what, ms = 10_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value;
    assert.ok(Date.now() < end, `not within ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Starts a program that prints its address. */
export async function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { PATH: process.env.PATH, ...env } });
  const started = { child, log: [], lines: [], address: '', port: 0, metrics: '' };
  createInterface({ input: child.stderr }).on('line', (line) => started.log.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => started.lines.push(line));
  const left = once(child, 'exit');
  finallyDo(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await left;
  });
  const line = await until(() => {
    assert.equal(child.exitCode, null, `${program} ended: ${started.log.join('\n')}`);
    return started.lines.find((each) => /(?:serving|emulator:) http:/.test(each));
  }, `${program} says its address`, 20_000);
  started.address = /http:\S+/.exec(line)[0];
  started.port = Number(new URL(started.address).port);
  started.metrics = /metrics at (\S+)/.exec(started.lines.join('\n'))?.[1] ?? '';
  return started;
}

export async function stop(started, signal = 'SIGTERM') {
  const { child } = started;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode ?? child.signalCode;
}

/** A relay before one provider in OpenAI's shape, at `base`. */
export function startRelay(base, { args = [], env = {} } = {}) {
  return start(relayProgram, ['serve', '--port', '0', '--admin', '0', ...args],
    { OPENAI_API_KEY: canaryKey, OPENAI_BASE_URL: base, SECRET_ACCESS_CODE: word, ...env });
}

export function codesCommandIn(env, ...args) {
  const done = spawnSync(relayProgram, ['codes', ...args], { encoding: 'utf8', timeout: 20_000, env: { PATH: process.env.PATH, ...env } });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trimEnd();
}
export const codesCommand = (...args) => codesCommandIn({}, ...args);
export const addCode = (data, ...options) => codesCommand('add', '--data', data, '--name', `n${Math.random()}`, ...options).split('\n').at(-1);

export function ask(relay, path, body, headers = {}) {
  return fetch(relay.address + path, {
    method: 'POST',
    signal: AbortSignal.timeout(60_000),
    headers: { authorization: `Bearer ${word}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
export const chat = (more = {}) => ({ model: 'openai/gpt-4o', max_tokens: 100, ...more, messages: more.messages ?? [{ role: 'user', content: 'hello' }] });
export const caption = (relay, more = {}, headers = {}) => ask(relay, '/v1/chat/completions', chat(more), headers);
export const usageOf = async (relay, bearer = word) =>
  await (await fetch(`${relay.address}/v1/usage`, { headers: { authorization: `Bearer ${bearer}` } })).json();
export const metricsOf = async (relay) => await (await fetch(relay.metrics)).text();
export const metric = (text, name) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);

/** Sends bytes as they are; what comes back until the relay closes, or until `enough` says so. */
export function raw(port, bytes, { enough = () => false, ms = 10_000, finish = false } = {}) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    let all = '';
    const end = (mark = '') => {
      clearTimeout(timer);
      socket.destroy();
      done(all + mark);
    };
    const timer = setTimeout(() => end('<timeout>'), ms);
    socket.on('connect', () => {
      for (const part of [bytes].flat()) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
      if (finish) socket.end();
    });
    socket.on('data', (some) => {
      all += some.toString('latin1');
      if (enough(all)) end();
    });
    socket.on('error', (error) => end(`<${error.code}>`));
    socket.on('close', () => end());
  });
}
export const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
export const answersIn = (all) => (all.match(/HTTP\/1\.1 \d{3} /g) ?? []).length;
export const rawPost = (body, { path = '/v1/chat/completions', headers = '', bearer = word, length = Buffer.byteLength(body) } = {}) =>
  `POST ${path} HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${bearer}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${headers}\r\n${body}`;

export const completion = (text = 'a red square', usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }) =>
  JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'gpt-4o', usage,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] });
export const http = (body, { status = '200 OK', headers = '', type = 'application/json' } = {}) =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;

/** A provider that answers with whatever bytes `answer(request, socket, nth)` writes. */
export async function upstream(answer, { listen = (handler) => net.createServer(handler) } = {}) {
  const requests = [];
  const sockets = new Set();
  const server = listen((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let held = Buffer.alloc(0);
    let busy = false;
    const look = async () => {
      if (busy) return;
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = held.subarray(0, end).toString('latin1');
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (held.length < end + 4 + length) return;
      const [line, ...fields] = head.split('\r\n');
      const [method, target] = line.split(' ');
      const request = { method, target, head, fields, body: held.subarray(end + 4, end + 4 + length), at: Date.now() };
      held = held.subarray(end + 4 + length);
      requests.push(request);
      busy = true;
      await answer(request, socket, requests.length);
      busy = false;
      look();
    };
    socket.on('data', (some) => {
      held = Buffer.concat([held, some]);
      look();
    });
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  finallyDo(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address();
  return { requests, sockets, port, base: `http://127.0.0.1:${port}/v1`, server };
}
export const fineUpstream = () => upstream((_, socket) => socket.write(http(completion())));

/** Every byte of every file below a folder. */
export function bytesBelow(path) {
  let all = '';
  for (const name of readdirSync(path, { recursive: true })) {
    const file = join(path, name);
    if (statSync(file).isFile()) all += readFileSync(file, 'latin1');
  }
  return all;
}

// What is measured against each other, each a process of its own: the proxies share core 0, one at work at a time; the
// upstream and the clients have core 1.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'build/bin');
export const relayProgram = join(bin, 'vignette-relay');
const folder = mkdtempSync(join(tmpdir(), 'vignette-bench-'));
const children = new Set();
let bearer = '';

function pinned(core, program, args, options = {}) {
  const child = spawn('taskset', ['-c', String(core), program, ...args], { stdio: ['ignore', 'pipe', 'ignore'], ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
export function tidy() {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
async function addressSaid(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /(http:\/\/127\.0\.0\.1:\d+)$/.exec(line);
    if (found) return child.stdout.resume(), found[1];
  }
  throw new Error('it ended before it was ready');
}
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
async function untilItAnswers(url, headers = {}) {
  for (const end = Date.now() + 20_000; ;) {
    try {
      return await (await fetch(url, { method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(2000) })).text();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
const core1 = (name, ...args) => pinned(1, join(bin, `bench-${name}`), args);

export async function startUpstream(...args) {
  return { name: 'direct', url: await addressSaid(core1('upstream', ...args)), headers: {} };
}

/** As for a class: a code with a budget and limits, its ledger on disk, a line of log for each request. */
export async function startRelay(base) {
  const data = mkdtempSync(join(folder, 'data-'));
  bearer = execFileSync(relayProgram, ['codes', 'add', '--data', data, '--name', 'class', '--budget', '1000000', '--daily', '1000000', '--rpm', '100000000', '--concurrency', '20000'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n').at(-1);
  const began = performance.now();
  const child = pinned(0, relayProgram, ['serve', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', openSync(join(folder, 'relay.log'), 'w')],
    env: { ...process.env, OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: 'test-bench' },
  });
  return { name: 'relay', child, url: await addressSaid(child), ready_ms: performance.now() - began, headers: { authorization: `Bearer ${bearer}` } };
}

/** Passes bytes on, with keep-alive to the upstream and request buffering off. */
export async function startNginx(base) {
  const program = [join(process.env.VIGNETTE_CACHE ?? join(homedir(), '.cache/vignette'), 'peers/usr/sbin/nginx'), '/usr/sbin/nginx'].find(existsSync);
  if (!program) throw new Error('nginx is missing: run deploy/setup');
  const port = await freePort();
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `worker_processes 1; daemon off; master_process off; error_log ${folder}/nginx.err; pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http { access_log ${folder}/nginx.log; ${temp} keepalive_requests 100000000; client_max_body_size 20m;
 upstream up { server ${base.slice(7)}; keepalive 256; keepalive_requests 100000000; }
 server { listen 127.0.0.1:${port}; location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; } } }`);
  const child = pinned(0, program, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  await untilItAnswers(`http://127.0.0.1:${port}/`);
  return { name: 'nginx', child, url: `http://127.0.0.1:${port}`, headers: {} };
}

export async function startPortkey(base) {
  const port = await freePort();
  const child = pinned(0, process.execPath, [join(root, 'node_modules/@portkey-ai/gateway/build/start-server.js'), `--port=${port}`, '--headless'], { stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } });
  const headers = { authorization: 'Bearer test-bench', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${base}/v1` };
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(`${url}/v1/chat/completions`, { ...headers, 'content-type': 'application/json' });
  return { name: 'portkey', child, url, headers };
}

function script(one, bytes) {
  const make = (n) => JSON.stringify({ model: one.name === 'relay' ? 'openai/gpt-4o' : 'gpt-4o', max_tokens: 200, messages: [{ role: 'user', content: [{ type: 'text', text: 'Describe the picture.' },
    { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${'QUFB'.repeat(n)}` } }] }] });
  const body = make(Math.floor((bytes - make(0).length) / 4));
  const path = join(folder, `${one.name}-${bytes}.lua`);
  const lines = Object.entries({ 'content-type': 'application/json', ...one.headers }).map(([name, value]) => `wrk.headers["${name}"]="${value}"`);
  writeFileSync(path, `wrk.method="POST"\n${lines.join('\n')}\nwrk.body=[==[${body}]==]\n`);
  return path;
}
function ticksOf(one) {
  if (!one.child) return 0;
  const fields = readFileSync(`/proc/${one.child.pid}/stat`, 'latin1').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
async function outputOf(child) {
  let out = '';
  for await (const part of child.stdout) out += part;
  return out;
}

/** As many as go through at once, from 64 connections. */
export async function flood(one, bytes, seconds) {
  const before = ticksOf(one);
  const out = await outputOf(pinned(1, 'wrk', ['-t1', '-c64', `-d${seconds}s`, '--timeout', '20s', '-s', script(one, bytes), `${one.url}/v1/chat/completions`]));
  if (!out.includes('Requests/sec') || /Non-2xx|Socket errors/.test(out)) throw new Error(`${one.name}: ${out}`);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), cpu_us: ((ticksOf(one) - before) * 10_000) / Number(/(\d+) requests in/.exec(out)[1]) };
}

/** So many a second, evenly. */
export async function pace(one, bytes, rate, seconds) {
  const out = await outputOf(core1('pacer', '--port', new URL(one.url).port, '--rate', String(rate), '--seconds', String(seconds), '--bytes', String(bytes), '--bearer', bearer));
  const [, requests, failed, p50, p99] = /requests (\d+) failed (\d+) p50_us (\S+) p99_us (\S+)/.exec(out).map(Number);
  return { requests, failed, p50_ms: p50 / 1000, p99_ms: p99 / 1000 };
}

/** `count` requests at once, each waiting: how much each adds to the memory of the relay at its highest, and how many fail. */
export async function hold(one, count, bytes, stream) {
  const before = memoryOf(one);
  const child = core1('holder', '--port', new URL(one.url).port, '--count', String(count), '--bytes', String(bytes), '--bearer', bearer, '--stream', stream ? '1' : '0');
  const out = await outputOf(child);
  return { failed: Number(/failed (\d+)/.exec(out)?.[1] ?? count), kb_each: (memoryOf(one, 'VmHWM') - before) / count };
}

/** Resident, in kB; VmHWM is the most there ever was. */
export const memoryOf = (one, which = 'VmRSS') => Number(new RegExp(`${which}:\\s+(\\d+)`).exec(readFileSync(`/proc/${one.child.pid}/status`, 'latin1'))[1]);
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)];

// The relay against nginx's proxy_pass, in one run, before the same upstream. Prints one JSON line a figure.
//   node tests/bench/relay_proxy.mjs [--seconds 5] [--rounds 3]
// Both have one core (0); the upstream and wrk have the other. The relay does all that it does for a class:
// bearer, limits, reservation, settling, a line of the log for each request. nginx passes bytes on, with keep-alive
// to the upstream and request buffering off. Orders alternate, medians are compared. `cpu_us` is the processor time of
// the proxy for one request: it says more than the rate where a machine is shared.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, openSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'build/bin');
const option = (name, standard) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? standard : Number(process.argv[at + 1]); };
const seconds = option('seconds', 5);
const rounds = option('rounds', 3);
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'vignette-bench-'));
const children = [];

function pinned(core, program, args, options = {}) {
  const child = spawn('taskset', ['-c', String(core), program, ...args], { stdio: ['ignore', 'pipe', 'ignore'], ...options });
  children.push(child);
  return child;
}
async function address(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /(http:\/\/127\.0\.0\.1:\d+)$/.exec(line);
    if (found) { child.stdout.resume(); return found[1]; }
  }
  throw new Error('it ended before it was ready');
}
async function upstream(...args) { return await address(pinned(1, join(bin, 'bench-upstream'), args)); }
async function relay(base, log = openSync(join(folder, 'relay.log'), 'w')) {
  const child = pinned(0, join(bin, 'vignette-relay'), ['serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: 'test-bench', SECRET_ACCESS_CODE: 'bench-word' },
  });
  return { child, url: await address(child) };
}
async function freePort() {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
async function startNginx(base) {
  const port = await freePort();
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/${n};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `worker_processes 1; daemon off; master_process off; error_log ${folder}/nginx.err; pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http { access_log ${folder}/nginx.log; ${temp} keepalive_requests 100000000; client_max_body_size 20m;
 upstream up { server ${base.slice(7)}; keepalive 256; keepalive_requests 100000000; }
 server { listen 127.0.0.1:${port}; location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering off; } } }`);
  const child = pinned(0, nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  for (let i = 0; i < 100; i++) {
    try { await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }); return { child, url: `http://127.0.0.1:${port}` }; } catch { await new Promise((r) => setTimeout(r, 50)); }
  }
  throw new Error('nginx did not start');
}

function script(bytes) {
  const make = (n) => JSON.stringify({ model: 'openai/gpt-4o', max_tokens: 200, messages: [{ role: 'user', content: [{ type: 'text', text: 'Describe the picture.' },
    { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${'QUFB'.repeat(n)}` } }] }] });
  const body = make(Math.floor((bytes - make(0).length) / 4));
  const path = join(folder, `${bytes}.lua`);
  writeFileSync(path, `wrk.method="POST"\nwrk.headers["Content-Type"]="application/json"\nwrk.headers["Authorization"]="Bearer bench-word"\nwrk.body=[==[${body}]==]\n`);
  return path;
}
const ticks = (pid) => { const f = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' '); return Number(f[11]) + Number(f[12]); };
const milliseconds = (text) => Number.parseFloat(text) * { us: 0.001, ms: 1, s: 1000 }[/[a-z]+$/.exec(text)[0]];
async function load(url, pid, lua, connections) {
  const before = ticks(pid);
  const child = spawn('taskset', ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', lua, `${url}/v1/chat/completions`]);
  let out = '';
  for await (const part of child.stdout) out += part;
  const requests = Number(/(\d+) requests in/.exec(out)[1]);
  if (/Non-2xx|Socket errors/.test(out)) throw new Error(out);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), cpu_us: (ticks(pid) - before) * 10_000 / requests,
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(out)[1]), p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(out)[1]) };
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const say = (figure) => console.log(JSON.stringify(figure));
const rss = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]);

try {
  const base = await upstream();
  const began = performance.now();
  const ours = await relay(base);
  const ready_ms = Math.round(performance.now() - began);
  say({ bench: 'relay', what: 'ready, idle, on disk', ready_ms, idle_rss_kb: rss(ours.child.pid), binary_bytes: statSync(join(bin, 'vignette-relay')).size,
    ratio: Math.max(ready_ms / 100, rss(ours.child.pid) / 20480, statSync(join(bin, 'vignette-relay')).size / 1e7).toFixed(2), limit: 1 });
  const theirs = await startNginx(base);
  for (const [bytes, goal] of [[2048, 0.6], [300 * 1024, 1]]) {
    const lua = script(bytes);
    const results = { relay: [], nginx: [], direct: [] };
    for (let round = 0; round < rounds; round++) {
      const order = [['relay', ours], ['nginx', theirs]];
      for (const [name, one] of round % 2 ? order.reverse() : order) results[name].push(await load(one.url, one.child.pid, lua, 64));
    }
    const of = (name, figure) => median(results[name].map((r) => r[figure]));
    say({ bench: 'relay', what: `${bytes} bytes, 64 connections`, relay_rps: Math.round(of('relay', 'rate')), nginx_rps: Math.round(of('nginx', 'rate')),
      ratio: +(of('nginx', 'rate') / of('relay', 'rate')).toFixed(2), limit: +(1 / goal).toFixed(2), relay_cpu_us: +of('relay', 'cpu_us').toFixed(1), nginx_cpu_us: +of('nginx', 'cpu_us').toFixed(1) });
    const one = {};
    for (const [name, url, pid] of [['relay', ours.url, ours.child.pid], ['nginx', theirs.url, theirs.child.pid], ['direct', base, ours.child.pid]]) one[name] = await load(url, pid, lua, 1);
    say({ bench: 'relay', what: `${bytes} bytes, one connection`, ratio: +((one.relay.p50 - one.direct.p50) / 0.1).toFixed(2), limit: 1, added_p50_ms: +(one.relay.p50 - one.direct.p50).toFixed(3), added_p99_ms: +(one.relay.p99 - one.direct.p99).toFixed(3),
      nginx_added_p50_ms: +(one.nginx.p50 - one.direct.p50).toFixed(3) });
  }
  // Many requests held at once, each waiting for its answer.
  for (const [what, count, bytes, slow] of [['300 KB requests held', 5000, 300 * 1024, ['--delay-ms', '10000']],
    ['event streams held', option('streams', 9500), 2048, ['--events', '5', '--every-ms', '4000']]]) {
    const holding = await relay(await upstream(...slow));
    const before = rss(holding.child.pid);
    const child = pinned(1, join(bin, 'bench-holder'), ['--port', new URL(holding.url).port, '--count', String(count), '--bytes', String(bytes), '--bearer', 'bench-word',
      '--stream', what.startsWith('event') ? '1' : '0']);
    let grown = 0;
    let end = '';
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'sent') grown = rss(holding.child.pid) - before;
      else end = line;
    }
    const failed = Number(/failed (\d+)/.exec(end)?.[1] ?? count);
    say({ bench: 'relay', what, count, failed, kb_each: +(grown / count).toFixed(1), ratio: failed ? 99 : +(grown / count / 20).toFixed(2), limit: 1 });
    holding.child.kill();
  }
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}

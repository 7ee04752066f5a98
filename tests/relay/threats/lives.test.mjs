// T10, T26 and what belongs to them: clients that leave, a relay that is killed, reloaded, stopped, doubled.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';

import { addCode, ask, chat, codesCommandIn, completion, finallyDo, folder, http, metric, metricsOf, rawPost, secretFile, soak, startRelay, stop, until, upstream, usageOf } from './setup.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
function post(relay, code, body) {
  return new Promise((done) => {
    const bytes = JSON.stringify(body);
    const call = request({ agent, host: '127.0.0.1', port: relay.port, method: 'POST', path: '/v1/chat/completions', headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) } }, (response) => {
      response.resume();
      response.on('end', () => done(response.complete ? response.statusCode : 0));
      response.on('error', () => done(0));
    });
    call.on('error', () => done(0));
    call.end(bytes);
  });
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const moneyOf = (usage) => JSON.stringify(usage).match(/"spent_micro":(\d+),"reserved_micro":(\d+)/).slice(1).map(Number);

test('T10 a client that leaves at any moment ends the work for it within 100 ms', async () => {
  const count = soak ? 10_000 : 240;
  const lag = monitorEventLoopDelay({ resolution: 5 });
  const closed = new Map();
  const provider = await upstream(async (asked, socket) => {
    const { user_name: id } = JSON.parse(/\{.*\}/s.exec(JSON.parse(asked.body).messages[0].content)[0]);
    socket.on('close', () => closed.set(id, performance.now()));
    if (id % 3 === 0) return;  // never a first byte
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
    const event = 'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n';
    const write = () => socket.writable && socket.write(`${event.length.toString(16)}\r\n${event}\r\n`);
    write();
    if (id % 3 === 1) return;  // then silence
    const timer = setInterval(write, 5);
    socket.on('close', () => clearInterval(timer));
  });
  const relay = await startRelay(provider.base);
  const delays = [];
  lag.enable();
  for (let begun = 0; begun < count; begun += 20) {
    await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const id = begun + i;
      const socket = net.connect(relay.port, '127.0.0.1');
      socket.on('error', () => {});
      const body = JSON.stringify(chat({ stream: true, messages: [{ role: 'user', content: JSON.stringify({ user_name: id }) }] }));
      socket.write(rawPost(body));
      await until(() => provider.requests.some((asked) => asked.body.includes(`user_name\\":${id}}`)), 'it arrived');
      await pause(Math.random() * 60);
      const left = performance.now();
      if (id % 2) socket.resetAndDestroy();
      else socket.destroy();
      await until(() => closed.has(id), `request ${id} ended at the provider`, 3000);
      delays.push(closed.get(id) - left);
    }));
    provider.requests.length = 0;
  }
  lag.disable();
  delays.sort((a, b) => a - b);
  const own = lag.max / 1e6;
  const p99 = delays[Math.floor(delays.length * 0.99)];
  assert.ok(p99 <= 100 + own, `p99 ${p99} ms, of which this process itself may be late by ${own} ms`);
  await until(async () => metric(await metricsOf(relay), 'relay_inflight') === 0, 'nothing is in flight');
  assert.equal(metric(await metricsOf(relay), 'relay_body_pool_bytes'), 0);
});

test('T10 a client that leaves while it uploads costs nothing', async () => {
  const provider = await upstream((_, socket) => socket.write(http(completion())));
  const data = folder();
  const code = addCode(data, '--budget', '1');
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const body = JSON.stringify(chat({ messages: [{ role: 'user', content: 'x'.repeat(900_000) }] }));
  for (let i = 0; i < 20; i++) {
    const socket = net.connect(relay.port, '127.0.0.1');
    socket.on('error', () => {});
    const bytes = rawPost(body, { bearer: code });
    await new Promise((done) => socket.write(bytes.slice(0, Math.floor(bytes.length * (0.05 + i * 0.045))), done));
    await pause(5);
    socket.destroy();
  }
  await until(async () => metric(await metricsOf(relay), 'relay_inflight') === 0, 'nothing is in flight');
  assert.deepEqual(moneyOf(await usageOf(relay, code)), [0, 0]);
  assert.equal(provider.requests.length, 0);
  await until(async () => provider.sockets.size === 0, 'and the provider is left as well');
});

test(`T26 killed at 100 random moments under load, nothing is un-spent`, async () => {
  let charged = 0;
  const provider = await upstream((_, socket) => {
    charged += 125;  // 10 × 2.50 + 10 × 10
    socket.write(http(completion('x', { prompt_tokens: 10, completion_tokens: 10 })));
  });
  const data = folder();
  const cap = 3_000_000;
  const code = addCode(data, '--budget', String(cap / 1e6));
  let answered = 0;
  let refused = 0;
  for (let kill = 0; kill < 100; kill++) {
    const relay = await startRelay(provider.base, { args: ['--data', data] });
    const [spent, reserved] = moneyOf(await usageOf(relay, code));
    assert.ok(spent >= charged && spent <= cap, `after ${kill} kills ${spent} is recorded, ${charged} was spent`);
    assert.equal(reserved, 0);
    let over = false;
    const load = Promise.all(Array.from({ length: 16 }, async () => {
      while (!over) {
        const status = await post(relay, code, chat({ max_tokens: 50 }));
        answered += status === 200 ? 1 : 0;
        refused += status === 402 ? 1 : 0;
        if (status === 0 || status === 402) await pause(1);
      }
    }));
    await pause(kill % 2 ? Math.random() * 60 : Math.random() * 8);
    relay.child.kill('SIGKILL');
    over = true;
    await Promise.all([load, once(relay.child, 'exit')]);
  }
  assert.ok(answered > 100 && charged <= cap, `${answered} answered, ${refused} refused, ${charged} charged`);
});

test(`1,000 reloads under load fail no request`, async () => {
  const provider = await upstream((_, socket) => socket.write(http(completion())));
  const config = secretFile({ relay: { origins: ['https://a.example'] } });
  const data = folder();
  const code = addCode(data);
  const relay = await startRelay(provider.base, { args: ['--config', config, '--data', data] });
  const statuses = {};
  let over = false;
  const load = Promise.all(Array.from({ length: 8 }, async (_, i) => {
    while (!over) {
      const status = await post(relay, code, chat(i % 2 ? { messages: [{ role: 'user', content: 'x'.repeat(100_000) }] } : {}));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }));
  const reloads = () => relay.log.filter((line) => line.includes('"reloaded"')).length;
  for (let i = 0; i < 1000; i++) {
    if (i % 50 === 0) writeFileSync(config, JSON.stringify({ relay: { origins: [`https://a${i}.example`] } }));
    relay.child.kill('SIGHUP');
    await until(() => reloads() > i, `reload ${i}`);  // signals that come together are one
  }
  over = true;
  await load;
  assert.deepEqual(Object.keys(statuses), ['200'], JSON.stringify(statuses));
  assert.ok(statuses[200] > 500);
  assert.equal(await stop(relay), 0);
});

test('SIGTERM with 200 streams: each comes to its end, and the relay leaves with 0', async () => {
  let go;
  const gate = new Promise((open) => (go = open));
  const provider = await upstream(async (_, socket) => {
    const event = 'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n';
    const put = (text) => socket.write(`${text.length.toString(16)}\r\n${text}\r\n`);
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
    put(event);
    await gate;
    for (let i = 0; i < 20; i++) {
      put(event);
      await pause(20);
    }
    put('data: [DONE]\n\n');
    socket.write('0\r\n\r\n');
  });
  const relay = await startRelay(provider.base);
  let begun = 0;
  const answers = Array.from({ length: 200 }, async () => {
    const answer = await ask(relay, '/v1/chat/completions', chat({ stream: true }));
    begun += 1;
    return answer.text();
  });
  await until(() => begun === 200, 'all have begun');
  relay.child.kill('SIGTERM');
  await until(() => relay.log.some((line) => line.includes('"draining"')), 'it drains');
  go();
  for (const text of await Promise.all(answers)) {
    assert.equal(text.split('data: ').length - 1, 23);  // with the relay's own last one
    assert.match(text.slice(-200), /data: \[DONE\]\n\nevent: relay\ndata: \{"cost_micro":\d+\}\n\n$/);
  }
  const began = Date.now();
  assert.equal(await stop(relay), 0);
  assert.ok(Date.now() - began < 5_000, 'and does not wait for anything else');
});

test('two relays on one Redis never pass a budget, also when one is killed', async () => {
  const port = await new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
  const redis = spawn('redis-check-rdb', ['--port', String(port), '--save', '', '--bind', '127.0.0.1', '--dir', folder()], { argv0: 'redis-server', stdio: 'ignore' });
  finallyDo(() => redis.kill('SIGKILL'));
  await until(() => new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => (socket.destroy(), done(true)));
    socket.on('error', () => done(false));
  }), 'Redis answers');
  let charged = 0;
  const provider = await upstream((asked, socket) => {
    charged += Math.ceil(10 * 2.5 + 40 * 10);
    socket.write(http(completion('x', { prompt_tokens: 10, completion_tokens: 40 })));
  });
  const env = { REDIS_URL: `redis://127.0.0.1:${port}/0` };
  const cap = 400_000;
  const code = codesCommandIn(env, ...['add', '--name', 'shared', '--budget', String(cap / 1e6)]).split('\n').at(-1);
  const one = await startRelay(provider.base, { env });
  const two = await startRelay(provider.base, { env });
  const statuses = {};
  const all = Promise.all(Array.from({ length: 1500 }, async (_, i) => {
    const status = await post(i % 2 ? one : two, code, chat({ max_tokens: 50 }));
    statuses[status] = (statuses[status] ?? 0) + 1;
  }));
  await until(() => (statuses[200] ?? 0) > 150, 'both are at work', 20_000);
  one.child.kill('SIGKILL');
  await all;
  assert.ok(statuses[402] > 0 && statuses[200] > 300, JSON.stringify(statuses));
  assert.ok(charged <= cap, `${charged} of ${cap}`);
  const [spent, reserved] = moneyOf(await usageOf(two, code));
  assert.ok(spent + reserved <= cap && spent + reserved >= charged, `${spent} + ${reserved}, truly ${charged}`);
});

// T1, P2, P10: a canary key and a canary picture are in no answer, log, metric or file, whatever is asked a
// hundred thousand times: node hostile_test.mjs path/to/vignette-relay path/to/relay_hostile
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const [relayProgram, hostileProgram] = process.argv.slice(2);
process.env.VIGNETTE_RELAY = relayProgram;
const { addCode, bytesBelow, canaryKey, completion, folder, http, metric, metricsOf, soak, startRelay, stop, upstream } = await import('./setup.mjs');

const count = soak ? 1_000_000 : 100_000;
const picture = 'CANARYPICTUREiVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ';
const said = (request) => /authorization: (.*)/i.exec(request.head)?.[1] ?? '';
// Says the key back in every way, and now and then just answers.
const ways = [
  () => http(completion()),
  (key) => http(JSON.stringify({ error: { message: key, code: key, type: key } }), { status: '400 Bad Request' }),
  (key) => http(completion(), { headers: `X-Request-Id: ${key}\r\nX-Key: ${key}\r\nSet-Cookie: ${key}\r\n` }),
  (key) => http(completion(key)),
  (key) => http(JSON.stringify({ error: { message: key } })),
  (key) => http(`data: {"choices":[{"delta":{"content":"${key}"}}]}\n\ndata: [DONE]\n\n`, { type: 'text/event-stream' }),
  (key) => http(key, { status: '404 Not Found', type: 'text/html' }),
];

test(`T1 ${count} hostile requests, and no canary in anything that leaves the relay`, async () => {
  let reached = 0;
  const provider = await upstream((request, socket) => {
    reached += 1;
    provider.requests.length = 0;
    socket.write(ways[reached % ways.length](said(request)));
  });
  const data = folder();
  const code = addCode(data);
  // AddressSanitizer would keep 256 MB of freed memory back: growth of our own would not show beside that.
  const relay = await startRelay(provider.base, { args: ['--data', data], env: { ASAN_OPTIONS: 'quarantine_size_mb=16' } });
  const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${relay.child.pid}/status`, 'utf8'))[1]) / 1024;
  let lines = 0;
  const one = async (requests, seed) => {
    const hostile = spawn(hostileProgram, [String(relay.port), String(requests), String(seed), code, canaryKey, picture]);
    let text = '';
    hostile.stdout.on('data', (some) => (text += some));
    const [exit] = await once(hostile, 'close');
    assert.equal(exit, 0, text.slice(0, 4000));
    return text;
  };
  const run = async (requests, seed) => {
    const text = (await Promise.all([0, 1, 2, 3].map((i) => one(requests / 4, seed * 4 + i)))).join('');
    for (const line of relay.log) {
      assert.doesNotMatch(line, /CANARY/);
      JSON.parse(line);
    }
    lines += relay.log.length;
    relay.log.length = 0;
    return text;
  };
  await run(count / 10, 1);
  const before = megabytes();
  const statuses = await run(count - count / 10, Number(process.env.VIGNETTE_SEED ?? 2));
  for (const status of ['200', '400', '401', '411']) assert.match(statuses, new RegExp(`^${status} `, 'm'), statuses);
  assert.ok(reached > count / 200, `${reached} reached the provider`);
  assert.ok(lines > count / 2, `${lines} lines of log`);
  const metrics = await metricsOf(relay);
  assert.doesNotMatch(metrics, /CANARY/);
  assert.equal(metric(metrics, 'relay_escaped_exceptions_total'), 0);
  assert.ok(megabytes() < before + 25, `${before} MB, then ${megabytes()} MB`);
  assert.equal((await fetch(`${relay.address}/healthz`)).status, 200);
  assert.equal(await stop(relay), 0);
  assert.doesNotMatch(bytesBelow(data) + relay.log.join('\n'), /CANARY/);
});

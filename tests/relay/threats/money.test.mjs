// T5 to T9, T11: codes, shares and money, through the real door.
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';

import { addCode, ask, caption, chat, codesCommand, completion, folder, http, metric, metricsOf, soak, startRelay, stop, until, upstream, usageOf } from './setup.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
/** Like fetch, for a thousand at once. */
function post(relay, code, body, { leaveAfter } = {}) {
  return new Promise((done) => {
    const bytes = JSON.stringify(body);
    const call = request({ agent, host: '127.0.0.1', port: relay.port, method: 'POST', path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) } }, (response) => {
      let text = '';
      response.on('data', (some) => (text += some));
      response.on('end', () => done({ status: response.statusCode, text }));
      response.on('error', () => done({ status: 0 }));
    });
    call.on('error', () => done({ status: 0 }));
    call.end(bytes);
    if (leaveAfter !== undefined) setTimeout(() => call.destroy(), leaveAfter);
  });
}
/** Millionths of a dollar, for gpt-4o: 2.50 and 10 dollars a million. */
const costOf = ({ prompt_tokens, completion_tokens }) => Math.ceil(prompt_tokens * 2.5 + completion_tokens * 10);
const limitOf = (body) => body.max_completion_tokens ?? body.max_tokens;
const dollars = (micro) => (micro / 1e6).toFixed(6);

test('T8 1,000 requests at once on one code never pass its budget, whatever becomes of each', async () => {
  for (let trial = 0; trial < (soak ? 200 : 3); trial++) {
    const cap = 40_000 + Math.floor(Math.random() * 200_000);
    let charged = 0;
    const provider = await upstream(async (asked, socket) => {
      const most = limitOf(JSON.parse(asked.body));
      const usage = { prompt_tokens: 10 + Math.floor(Math.random() * 40), completion_tokens: Math.floor(Math.random() * (most + 1)) };
      charged += costOf(usage);  // what the provider will ask for, whether or not its answer arrives
      await new Promise((go) => setTimeout(go, Math.random() * 50));
      const fate = Math.random();
      if (fate < 0.1) socket.destroy();
      else if (fate < 0.2) socket.write(http('{"error":{"message":"x"}}', { status: '500 Internal Server Error' }));
      else socket.write(http(completion('x', usage)));
    });
    const data = folder();
    const code = addCode(data, '--budget', dollars(cap));
    // Many keys: one would rest after five failures, and the race would be over.
    const relay = await startRelay(provider.base, { args: ['--data', data], env: { OPENAI_API_KEY: Array.from({ length: 300 }, (_, i) => `sk-number-${i}-0123456789`).join(',') } });
    const statuses = {};
    await Promise.all(Array.from({ length: 1000 }, async (_, i) => {
      const body = chat({ max_tokens: 20 + Math.floor(Math.random() * 400) });
      const { status } = await post(relay, code, body, i % 7 === 0 ? { leaveAfter: Math.random() * 80 } : {});
      statuses[status] = (statuses[status] ?? 0) + 1;
    }));
    assert.ok(statuses[402] > 0, `some are refused: ${JSON.stringify(statuses)}`);
    assert.ok(statuses[200] > 10, `some are served: ${JSON.stringify(statuses)}`);
    assert.ok(charged <= cap, `trial ${trial}: ${charged} of ${cap}, ${JSON.stringify(statuses)}`);
    await until(async () => metric(await metricsOf(relay), 'relay_inflight') === 0, 'all is over');
    const usage = await usageOf(relay, code);
    const { spent, reserved } = figures(usage);
    assert.equal(reserved, 0, JSON.stringify(usage));
    assert.ok(spent <= cap && spent >= charged, `recorded ${spent}, true ${charged}, cap ${cap}`);
    await stop(relay);
  }
});

/** What /v1/usage says of money, in millionths. */
function figures(usage) {
  const find = (object, name) => {
    for (const [key, value] of Object.entries(object ?? {})) {
      if (key === name && typeof value === 'number') return value;
      const inner = value && typeof value === 'object' ? find(value, name) : undefined;
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  const value = (name) => find(usage, `${name}_micro`) ?? Math.round((find(usage, `${name}_usd`) ?? find(usage, name)) * 1e6);
  return { spent: value('spent'), reserved: value('reserved') };
}

const usages = [{ prompt_tokens: -1, completion_tokens: 5 }, { prompt_tokens: 10, completion_tokens: -5 }, { prompt_tokens: -1e9, completion_tokens: -1e9 }, { prompt_tokens: 1e308, completion_tokens: 1 }, { prompt_tokens: 1e18, completion_tokens: 0 },
  { prompt_tokens: 9223372036854775807n, completion_tokens: 1 }, { prompt_tokens: 18446744073709551616n, completion_tokens: 1 }, { prompt_tokens: '10', completion_tokens: '5' }, { prompt_tokens: 10.5, completion_tokens: 5 }, { prompt_tokens: null, completion_tokens: null }, {}, null, [], 'many', 5, true,
  { prompt_tokens: [10], completion_tokens: { a: 1 } }, { prompt_tokens: 10 }, { completion_tokens: 5 }, { total_tokens: -15 }, { prompt_tokens: 10, completion_tokens: 1e6 }, { prompt_tokens: 0, completion_tokens: 0 }, { prompt_tokens: '1e9', completion_tokens: 'NaN' }];
const json = (value) => JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `BIG${each}` : each)).replace(/"BIG(\d+)"/g, '$1');
test('T11 a usage that makes no sense costs what was set aside, and gives nothing back', async () => {
  let says;
  const provider = await upstream((asked, socket) => {
    const body = completion().replace(/"usage":\{[^}]*\}/, `"usage":${json(says)}`);
    if (!JSON.parse(asked.body).stream) return socket.write(http(body));
    return socket.write(http(`data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":${json(says)}}\n\ndata: [DONE]\n\n`, { type: 'text/event-stream' }));
  });
  const data = folder();
  const code = addCode(data, '--budget', '5');
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  let before = figures(await usageOf(relay, code)).spent;
  for (says of usages) {
    for (const stream of [false, true]) {
      const answer = await ask(relay, '/v1/chat/completions', chat({ stream, max_tokens: 50 }), { authorization: `Bearer ${code}` });
      await answer.text();
      const { spent, reserved } = figures(await usageOf(relay, code));
      const zero = says?.prompt_tokens === 0 || (says?.prompt_tokens === 10 && says.completion_tokens === undefined);
      assert.ok(zero ? spent >= before : spent >= before + 500, `${json(says)}: ${before} → ${spent}`);  // 50 tokens at 10 dollars a million
      assert.ok(spent <= before + 2000 && reserved === 0, `${json(says)}: ${before} → ${spent}, ${reserved}`);
      before = spent;
    }
  }
  assert.ok(metric(await metricsOf(relay), 'relay_usage_suspect_total') > usages.length / 2);
});

test('answers say what they cost, what is left, and how fast one may ask', async () => {
  const provider = await upstream((asked, socket) => {
    const { stream, messages } = JSON.parse(asked.body);
    if (messages[0].content === 'fail') return socket.write(http('{"error":{"message":"x"}}', { status: '400 Bad Request' }));
    const long = messages[0].content === 'long' ? 'x'.repeat(200_000) : 'x';
    if (!stream) return socket.write(http(completion(long)));  // 10 × 2.5 + 5 × 10
    return socket.write(http(`data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}\n\ndata: [DONE]\n\n`, { type: 'text/event-stream' }));
  });
  const data = folder();
  const code = addCode(data, '--budget', '1', '--daily', '0.5', '--rpm', '5');
  const free = addCode(data);
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const say = async (more, bearer = code) => {
    const answer = await ask(relay, '/v1/chat/completions', chat({ max_tokens: 50, ...more }), { authorization: `Bearer ${bearer}` });
    const told = (name) => answer.headers.get(name);
    return { status: answer.status, text: await answer.text(), cost: told('x-relay-cost-micro'), left: told('x-relay-remaining-micro'), rate: ['limit', 'remaining', 'reset'].map((name) => told(`ratelimit-${name}`)) };
  };
  const first = await say({});
  assert.deepEqual([first.status, first.cost, first.left], [200, '75', '499925']);
  assert.deepEqual(first.rate.slice(0, 2), ['5', '4']);
  assert.ok(Number(first.rate[2]) >= 11 && Number(first.rate[2]) <= 12);
  const refused = await say({ messages: [{ role: 'user', content: 'fail' }] });
  assert.deepEqual([refused.status, refused.cost, refused.left], [400, '0', '499925']);
  const stream = await say({ stream: true });
  assert.deepEqual([stream.cost, stream.left], [null, null], 'nobody knows yet');
  assert.ok(stream.text.endsWith('data: [DONE]\n\nevent: relay\ndata: {"cost_micro":75,"remaining_micro":499850}\n\n'), stream.text);
  const long = await say({ messages: [{ role: 'user', content: 'long' }] });
  assert.deepEqual([long.status, long.cost, long.text.length > 200_000], [200, null, true], 'it is passed on while it comes');
  assert.deepEqual((await say({})).left, '499700');
  const slow = await say({});
  assert.equal(slow.status, 429);
  assert.deepEqual(slow.rate.slice(0, 2), ['5', '0']);
  const unbound = await say({}, free);
  assert.deepEqual([unbound.cost, unbound.left, unbound.rate], ['75', null, [null, null, null]]);
});

test('T9 whatever a request asks for, no more than was set aside is charged, and the provider hears no more than is allowed', async () => {
  const provider = await upstream((asked, socket) => {
    socket.write(http(completion('x', { prompt_tokens: asked.body.length, completion_tokens: limitOf(JSON.parse(asked.body)) })));
  });
  const data = folder();
  const code = addCode(data, '--budget', '1', '--max-tokens', '200', '--max-n', '1');
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const pick = (list) => list[Math.floor(Math.random() * list.length)];
  let before = 0;
  for (let i = 0; i < (soak ? 20_000 : 400); i++) {
    const body = { ...chat({ max_tokens: pick([undefined, 1, 50, 200, 201, 1e6, 1e15, -5, 0, 1.5, '100', null]) }), n: pick([undefined, 1, 2, 1000, -1, '3', null]), stream: false, tools: pick([undefined, [], [{ type: 'function' }]]),
      max_completion_tokens: pick([undefined, 100, 1e9]), best_of: pick([undefined, 20]), reasoning_effort: pick([undefined, 'high']), service_tier: pick([undefined, 'priority']), logit_bias: pick([undefined, { 5: 100 }]),
      messages: [{ role: 'user', content: 'x'.repeat(pick([1, 100, 5000])) }] };
    const answer = await ask(relay, '/v1/chat/completions', body, { authorization: `Bearer ${code}` });
    await answer.text();
    const { spent } = figures(await usageOf(relay, code));
    const most = Math.ceil((body.messages[0].content.length + 300) * 2.5 + 200 * 10) * 3;  // a try may be repeated
    assert.ok(spent - before <= (answer.status === 200 ? most : 0) && spent <= 1e6, `${JSON.stringify(body).slice(0, 300)}: ${answer.status}, ${spent - before}`);
    before = spent;
    if (answer.status === 402) break;
  }
  assert.ok(provider.requests.length > 20);
  for (const asked of provider.requests) {
    const sent = JSON.parse(asked.body);
    assert.ok(limitOf(sent) >= 1 && limitOf(sent) <= 200, JSON.stringify(sent).slice(0, 300));
    for (const name of ['n', 'tools', 'best_of', 'service_tier', 'logit_bias']) assert.ok(!(name in sent), name);
  }
  const drawing = await ask(relay, '/v1/images/generations', { model: 'openai/gpt-image-2', prompt: 'x', n: 5 }, { authorization: `Bearer ${code}` });
  assert.equal(drawing.status, 422);
});

test('T5 unknown and malformed codes look alike, and guessing ends soon', async () => {
  const provider = await upstream((_, socket) => socket.write(http(completion())));
  const data = folder();
  const good = addCode(data);
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const answers = new Set();
  for (const code of ['K7QX-M2PD-9RHT', 'short', 'not a code', 'x'.repeat(300), 'r1.abc.def', '🙂']) {
    const answer = await ask(relay, '/v1/session', { code });
    answers.add(`${answer.status} ${(await answer.text()).replace(/"request_id":"[^"]*"/, '')}`);
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
  assert.match([...answers][0], /^401/);
  let limited = 0;
  for (let i = 0; i < 30; i++) limited += (await ask(relay, '/v1/session', { code: `K7QX-M2PD-9R${i}` })).status === 429 ? 1 : 0;
  assert.ok(limited >= 15, `${limited} of 30`);
  assert.equal((await ask(relay, '/v1/session', { code: good })).status, 200, 'the right one is let in all the same');
});

test('T6 a code that went round: sessions end, an end can be set, and disabling acts within a second', async () => {
  const provider = await upstream((_, socket) => socket.write(http(completion())));
  const data = folder();
  const few = addCode(data, '--sessions', '3');
  const over = addCode(data, '--expires', '2020-01-31');
  codesCommand('add', '--data', data, '--name', 'class');
  const code = addCode(data);
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const open = async (which) => (await ask(relay, '/v1/session', { code: which })).status;
  assert.deepEqual([await open(few), await open(few), await open(few), await open(few)], [200, 200, 200, 429]);
  assert.equal(await open(over), 403);
  const { token } = await (await ask(relay, '/v1/session', { code })).json();
  const use = (bearer) => caption(relay, {}, { authorization: `Bearer ${bearer}` });
  assert.equal((await use(token)).status, 200);
  const name = codesCommand('list', '--data', data).split('\n').filter((line) => / n0\.\d+/.test(line)).at(-1).match(/n0\.\d+/)[0];
  codesCommand('disable', name, '--data', data);
  await until(async () => (await use(code)).status === 403, 'the code is off', 1000);
  assert.ok([401, 403].includes((await use(token)).status), 'and its sessions');
});

test('T7 one who asks without end takes only a share, and the others do not wait for it', async () => {
  const provider = await upstream(async (_, socket) => {
    await new Promise((go) => setTimeout(go, 20));
    socket.write(http(completion('x', { prompt_tokens: 10, completion_tokens: 10 })));
  });
  const data = folder();
  const code = addCode(data, '--budget', '10', '--per-session', '0.02', '--session-concurrency', '4', '--sessions', '40');
  const relay = await startRelay(provider.base, { args: ['--data', data] });
  const session = async () => (await (await ask(relay, '/v1/session', { code })).json()).token;
  const polite = await Promise.all(Array.from({ length: 29 }, session));
  const greedy = await session();
  const times = [];
  const turn = async () => Promise.all(polite.map(async (token) => {
    const began = performance.now();
    const { status } = await post(relay, token, chat({ max_tokens: 50 }));
    times.push(performance.now() - began);
    return status;
  }));
  for (let i = 0; i < 5; i++) await turn();
  const alone = times.splice(0).sort((a, b) => a - b);
  let served = 0;
  let over = false;
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const flood = Promise.all(Array.from({ length: 20 }, async () => {
    while (!over) {
      served += (await post(relay, greedy, chat({ max_tokens: 50 }))).status === 200 ? 1 : 0;
      await new Promise((go) => setTimeout(go, 5));
    }
  }));
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push(...(await turn()));
  over = true;
  await flood;
  const beside = times.sort((a, b) => a - b);
  assert.deepEqual([...new Set(statuses)], [200], 'nobody else is refused');
  assert.ok(served * 125 <= 20_000, `${served} answers for its share`);  // each 10 × 2.5 + 10 × 10
  const p95 = (list) => list[Math.floor(list.length * 0.95)];
  assert.ok(p95(beside) <= p95(alone) * 1.2 + 250 + lag.max / 1e6, `${p95(alone)} ms alone, ${p95(beside)} ms beside`);  // this process floods as well, and may be late itself
});

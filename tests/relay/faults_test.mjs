// When providers fail, clients leave and operators reload: node faults_test.mjs path/to/vignette-relay path/to/vignette-emulator
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { code, control, environment, launch, png, post, stop, vision } from './world.mjs';

const [relayProgram, emulatorProgram] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'vignette-faults-'));
const config = join(folder, 'relay.json');
const write = (more = {}) => {
  writeFileSync(config, JSON.stringify({ keys: { groq: ['test-one', 'test-two'] }, aliases: { quick: 'openai/gpt-4o' },
    relay: { origins: ['https://friend.example'], fallbacks: { 'mistral/mistral-small-latest': ['openai/gpt-4o'] }, ...more } }));
  chmodSync(config, 0o600);
};
let emulator;
let relay;
before(async () => {
  write();
  emulator = await launch(emulatorProgram, ['--port', '0']);
  relay = await launch(relayProgram, ['serve', '--port', '0', '--config', config, '--admin', '0'], environment(emulator));
});
after(async () => {
  assert.equal(await stop(relay), 0);
  await stop(emulator);
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await control(emulator, 'reset', {});
  relay.child.kill('SIGHUP');  // keys that were refused or rest are well again
  reloads += 1;
  await until(() => relay.log.filter((line) => line.includes('"reloaded"')).length === reloads);
});
let reloads = 0;

async function until(condition, ms = 5000) {
  const end = performance.now() + ms;
  while (!(await condition())) {
    assert.ok(performance.now() < end, 'it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const picture = png(64, 48, [220, 20, 20]);
const ask = (model, more = {}) => post(relay, '/v1/chat/completions', vision(model, picture, more));
const usage = async () => (await fetch(`${relay.address}/v1/usage`, { headers: { authorization: `Bearer ${code}` } })).json();

test('a key that is told to wait rests, and the other one answers', async () => {
  await control(emulator, 'faults', { provider: 'groq', status: 429, retry_after: 30, times: 1 });
  const answer = await ask('groq/qwen/qwen3.6-27b');
  assert.equal(answer.status, 200);
  assert.equal((await ask('groq/qwen/qwen3.6-27b')).status, 200);
});

test('a key that is refused is not used again', async () => {
  await control(emulator, 'keys', { revoke: ['test-one'] });
  for (let i = 0; i < 5; i++) assert.equal((await ask('groq/qwen/qwen3.6-27b')).status, 200);
});

test('with one key, a rate limit is the client’s to wait for', async () => {
  await control(emulator, 'faults', { provider: 'openai', status: 429, retry_after: 7 });
  const answer = await ask('openai/gpt-4o');
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('retry-after'), '7');
  const { error } = await answer.json();
  assert.equal(error.retry_after_ms, 7000);
  assert.equal(error.request_id, answer.headers.get('x-request-id'));
});

test('a broken provider is asked again for a caption, and never twice for a drawing', async () => {
  await control(emulator, 'faults', { provider: 'openai', status: 500, times: 1 });
  assert.equal((await ask('openai/gpt-4o')).status, 200);
  await control(emulator, 'reset', {});
  await control(emulator, 'faults', { provider: 'openai', status: 500, times: 1 });
  const drawing = await post(relay, '/v1/images/generations', { model: 'openai/gpt-image-2', prompt: 'a red square' });
  assert.equal(drawing.status, 502);
});

test('after three attempts it is enough', async () => {
  await control(emulator, 'faults', { provider: 'openai', status: 503 });
  const before = (await control(emulator, 'stats')).total;
  assert.ok((await ask('openai/gpt-4o')).status >= 500);
  assert.ok((await control(emulator, 'stats')).total - before <= 3);
});

test('a fallback answers for a model that cannot', async () => {
  await control(emulator, 'faults', { provider: 'mistral', status: 429, retry_after: 60 });
  const answer = await ask('mistral/mistral-small-latest');
  assert.equal(answer.status, 200);
});

for (const model of ['openai/gpt-4o', 'gemini/gemini-3.5-flash-lite', 'anthropic/claude-haiku-4-5', 'ollama/gemma3:4b']) {
  test(`${model}: a stream that breaks off is never dressed up as whole`, async () => {
    await control(emulator, 'faults', { provider: model.split('/')[0], drop: 'middle', drop_after_events: 2 });
    const response = await ask(model, { stream: true });
    assert.equal(response.status, 200);
    const seen = [];
    await assert.rejects(async () => {
      let rest = '';
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        rest += part;
        seen.splice(0, seen.length, ...rest.split('\n\n'));
      }
    });
    assert.ok(seen.some((event) => event.startsWith('event: relay_error')), seen.join('|'));
    assert.ok(!seen.some((event) => event.includes('[DONE]')));
  });
}

test('nonsense, giants and redirects are a clear 502', async () => {
  for (const fault of [{ body: 'not json', content_type: 'application/json' }, { redirect: 'http://127.0.0.1:1/' }, { truncate: 20 }]) {
    await control(emulator, 'reset', {});
    await control(emulator, 'faults', { provider: 'gemini', ...fault });
    const answer = await ask('gemini/gemini-3.5-flash-lite');
    assert.equal(answer.status, 502, JSON.stringify(fault) + (await answer.text()));
  }
});

test('a drawing on a foreign host is not fetched', async () => {
  await control(emulator, 'faults', { provider: 'replicate', replicate: { output: 'foreign' } });
  const answer = await post(relay, '/v1/images/generations', { model: 'replicate/black-forest-labs/flux-schnell', prompt: 'a red square' });
  assert.ok(answer.status >= 400, String(answer.status));
});

for (const stream of [false, true]) {
  test(`a client that leaves ${stream ? 'a stream' : 'while it waits'} takes the provider’s work with it, within 100 ms`, async () => {
    await control(emulator, 'gates', { shut: 'hold' });
    await control(emulator, 'faults', { provider: 'openai', hold: 'hold', ...(stream ? { hold_after_events: 1 } : {}) });
    const left = (await control(emulator, 'wait?timeout_ms=1')).left ?? 0;
    const abort = new AbortController();
    const arrived = (await control(emulator, 'stats')).total;
    const asked = fetch(`${relay.address}/v1/chat/completions`, { method: 'POST', signal: abort.signal,
      headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json' }, body: JSON.stringify(vision('openai/gpt-4o', picture, { stream })) });
    asked.catch(() => {});
    await until(async () => (await control(emulator, 'stats')).in_flight > 0);
    if (stream) await (await asked).body.getReader().read();
    await new Promise((resolve) => setTimeout(resolve, 100));  // the watch begins after 40 ms
    const began = performance.now();
    abort.abort();
    const response = await fetch(`${emulator.address}/control/wait?left=${left + 1}&timeout_ms=3000`);
    assert.equal(response.status, 200, 'the provider never saw it leave');
    assert.ok(performance.now() - began < 200, `${performance.now() - began} ms`);
    await control(emulator, 'gates', { open: 'hold' });
    assert.ok(arrived >= 0);
  });
}

test('reloads under load fail no request; a bad file keeps the old configuration', async () => {
  let going = true;
  let asked = 0;
  const load = Array.from({ length: 4 }, async () => {
    while (going) {
      const answer = await ask('quick');
      assert.equal(answer.status, 200, await answer.text());
      asked += 1;
    }
  });
  for (let i = 0; i < 20; i++) {
    relay.child.kill('SIGHUP');
    await until(() => relay.log.filter((line) => line.includes('"reloaded"')).length === reloads + i + 1);
  }
  reloads += 20;
  writeFileSync(config, '{"relay": {"origns": []}}');
  relay.child.kill('SIGHUP');
  await until(() => relay.log.some((line) => line.includes('reload failed')));
  going = false;
  await Promise.all(load);
  assert.ok(asked > 10);
  assert.equal((await ask('quick')).status, 200);
  write();
});

test('money is settled by what the provider says, and by the ceiling where it says nothing', async () => {
  const before = await usage();
  await ask('openai/gpt-4o');
  const after = await usage();
  const spent = after.budget.spent_micro - before.budget.spent_micro;
  assert.ok(spent > 0 && spent < 20_000, String(spent));
  await control(emulator, 'faults', { provider: 'openai', drop: 'before_headers' });
  assert.ok((await ask('openai/gpt-4o', { max_tokens: 100 })).status >= 500);
  const broken = (await usage()).budget.spent_micro - after.budget.spent_micro;
  assert.ok(broken > spent, String(broken));
  assert.equal((await usage()).budget.reserved_micro, 0);
});

test('pages: friends may, others may not, and errors are visible to friends', async () => {
  const from = (origin, method = 'OPTIONS', more = {}) => fetch(`${relay.address}/v1/models`, { method, headers: { origin, ...more } });
  const preflight = await from('https://friend.example', 'OPTIONS', { 'access-control-request-headers': 'authorization, x-stainless-lang' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://friend.example');
  assert.match(preflight.headers.get('access-control-allow-headers'), /x-stainless-lang/);
  const refused = await from('https://friend.example', 'GET');
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('access-control-allow-origin'), 'https://friend.example');
  for (const evil of ['https://evil.example', 'null', 'https://friend.example.evil', 'http://friend.example', 'https://sub.friend.example']) {
    const answer = await from(evil, 'GET', { authorization: `Bearer ${code}` });
    assert.equal(answer.status, 403, evil);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  assert.match((await from(relay.address, 'GET')).headers.get('vary'), /Origin/);
});

test('bodies: too large, wrong type, no length, unknown model', async () => {
  assert.equal((await post(relay, '/v1/chat/completions', '{}', { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await post(relay, '/v1/chat/completions', '{"model":"nobody/nothing","messages":[]}')).status, 404);
  assert.equal((await post(relay, '/v1/session', JSON.stringify({ code: 'x'.repeat(2000) }))).status, 413);
  assert.equal((await post(relay, '/v1/models', '{}')).status, 405);
  const raw = net.connect(relay.port, '127.0.0.1');
  raw.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${code}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n`);
  const [line] = await new Promise((resolve) => raw.once('data', (data) => resolve(String(data).split('\r\n'))));
  assert.equal(line, 'HTTP/1.1 413 Payload Too Large');
  raw.destroy();
});

test('what a large body hides behind its picture is found before the provider has it whole', async () => {
  const large = png(64, 48, [220, 20, 20], 400_000);
  const body = JSON.stringify(vision('openai/gpt-4o', large));
  const before = (await control(emulator, 'stats')).total;
  const twice = await post(relay, '/v1/chat/completions', `${body.slice(0, -1)},"model":"openai/gpt-6-sol"}`);
  assert.equal(twice.status, 400);
  const late = await post(relay, '/v1/chat/completions', `${body.slice(0, -1)},"max_completion_tokens":100000}`);
  assert.equal(late.status, 400);
  const remote = JSON.parse(body);
  remote.messages.push({ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://169.254.169.254/' } }] });
  assert.equal((await post(relay, '/v1/chat/completions', remote)).status, 422);
  await control(emulator, `wait?idle=1&timeout_ms=2000`);
  const { requests } = await control(emulator, 'requests?last=10');
  assert.ok(requests.every((request) => request.complete !== true || request.id <= before), JSON.stringify(requests).slice(0, 500));
});

test('metrics tell what happened, without a key or a code', async () => {
  await ask('openai/gpt-4o');
  const at = /metrics at (\S+)/.exec(relay.lines.join('\n'))[1];
  const text = await (await fetch(at)).text();
  for (const name of ['relay_requests_total{route="/v1/chat/completions",status="200"}', 'relay_inflight 0', 'relay_spend_micro_total', 'relay_ttfb_seconds_bucket', 'relay_open_fds',
    'relay_build_info', 'relay_body_pool_bytes 0']) assert.ok(text.includes(name), name);
  for (const secret of ['test-', code]) assert.ok(!text.includes(secret));
  assert.equal((await fetch(`${relay.address}/metrics`)).status, 404);
});

test('metrics: what the relay itself took, and how the keys fare', async () => {
  const at = /metrics at (\S+)/.exec(relay.lines.join('\n'))[1];
  const read = async () => (await fetch(at)).text();
  const figure = (text, name) => Number(new RegExp(`^${name.replace(/[{}"#]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
  const before = await read();
  await control(emulator, 'faults', { provider: 'openai', delay_ms: 300, times: 1 });
  assert.equal((await ask('openai/gpt-4o')).status, 200);
  const text = await read();
  assert.equal(figure(text, 'relay_overhead_seconds_count') - figure(before, 'relay_overhead_seconds_count'), 1);
  const took = figure(text, 'relay_overhead_seconds_sum') - figure(before, 'relay_overhead_seconds_sum');
  assert.ok(took > 0 && took < 0.15, `${took} s of its own, while the provider took 0.3`);
  assert.equal(figure(text, 'relay_circuit_state{key="openai#1"}'), 0);
  await control(emulator, 'keys', { revoke: ['test-one'] });
  assert.equal((await ask('groq/qwen/qwen3.6-27b')).status, 200);
  assert.equal((await ask('groq/qwen/qwen3.6-27b')).status, 200);
  assert.equal(figure(await read(), 'relay_circuit_state{key="groq#1"}'), 3);
  await control(emulator, 'faults', { provider: 'openai', status: 429, retry_after: 30, times: 1 });
  assert.equal((await ask('openai/gpt-4o')).status, 429);
  assert.equal(figure(await read(), 'relay_circuit_state{key="openai#1"}'), 1);
});

test('the log has a line of JSON for each request, and no secret in it', () => {
  const lines = relay.log.map((line) => JSON.parse(line));
  assert.ok(lines.some((line) => line.model === 'openai/gpt-4o' && line.cost_micro > 0 && line.tok_in > 0));
  for (const secret of ['test-openai', 'test-one', code, 'base64', 'Describe']) assert.ok(!relay.log.join('\n').includes(secret), secret);
});

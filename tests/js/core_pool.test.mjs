import assert from 'node:assert/strict';
import test from 'node:test';
import { CorePool, core } from './core_setup.mjs';

const { describe } = await import(new URL('errors.mjs', core));
const { poolSize } = await import(new URL('pool.mjs', core));

/** Workers that do nothing until told to: `answer` the job they hold. */
function fakes(options = {}) {
  const workers = [];
  const makeWorker = () => {
    const worker = {
      jobs: [],
      inits: [],
      ended: false,
      postMessage(message) {
        if (message.payload === 'unsendable') throw new Error('could not be cloned');
        if (message.init) worker.inits.push(message.init);
        else worker.jobs.push(message);
      },
      terminate() { worker.ended = true; },
      say: (data) => worker.onmessage({ data }),
      answer: (value, more = {}) => worker.say({ id: worker.jobs.at(-1).id, ok: true, value, heapBytes: 1, ...more }),
      fail: (error, more = {}) => worker.say({ id: worker.jobs.at(-1).id, ok: false, error, heapBytes: 1, ...more }),
    };
    workers.push(worker);
    return worker;
  };
  return { workers, pool: new CorePool({ makeWorker, size: 1, idleMs: 60_000, ...options }) };
}

/** Answers every job of the only worker and tells in which order the payloads came. */
async function drain({ pool, workers }) {
  const order = [];
  while (pool.running > 0) {
    order.push(workers.at(-1).jobs.at(-1).payload);
    workers.at(-1).answer(null);
    await Promise.resolve();
  }
  return order;
}
const quiet = (promise) => (promise.catch(() => {}), promise);

test('jobs run by priority, and in the order they were given within one', async () => {
  const fake = fakes();
  fake.pool.run('k', 'first');
  for (const [payload, priority] of [['a', 0], ['b', 5], ['c', 0], ['d', 5], ['e', -1]]) fake.pool.run('k', payload, { priority });
  assert.deepEqual(await drain(fake), ['first', 'b', 'd', 'a', 'c', 'e']);
});

test('raising the priority of what became visible puts it in front of the rest', async () => {
  const fake = fakes();
  for (const payload of ['first', 'a', 'b', 'c', 'd']) fake.pool.run('k', payload, { group: payload < 'c' ? 'low' : 'high' });
  fake.pool.setPriority((job) => job.payload === 'b', 3);
  fake.pool.setPriority('high', 9);
  assert.deepEqual(await drain(fake), ['first', 'c', 'd', 'b', 'a']);
});

test('as many workers start as there is work for, and no more than the size', () => {
  const fake = fakes({ size: 3 });
  fake.pool.run('k', 1);
  assert.equal(fake.workers.length, 1);
  for (let i = 0; i < 9; i += 1) fake.pool.run('k', i);
  assert.equal(fake.workers.length, 3);
  assert.equal(fake.pool.waiting, 7);
});

test('an answer reaches its own caller, with progress on the way', async () => {
  const { pool, workers } = fakes({ size: 2 });
  const seen = [];
  const a = pool.run('k', 'a', { onProgress: (p) => seen.push(p) });
  const b = pool.run('k', 'b');
  workers[0].say({ id: workers[0].jobs[0].id, progress: 0.5 });
  workers[1].answer('of b');
  workers[0].answer('of a');
  assert.deepEqual([await a, await b, seen], ['of a', 'of b', [0.5]]);
});

test('an error arrives with code, message and hint, and the worker lives on', async () => {
  const { pool, workers } = fakes();
  const job = pool.run('k', 'a');
  workers[0].fail({ code: 'truncated', message: 'Half a picture.', hint: 'Copy it again.' });
  await assert.rejects(job, { code: 'truncated', message: 'Half a picture.', hint: 'Copy it again.' });
  assert.equal(workers[0].ended, false);
  pool.run('k', 'b');
  assert.equal(workers.length, 1);
});

test('cancelling a group drops what waits and ends the worker that runs it', async () => {
  const { pool, workers } = fakes();
  const running = quiet(pool.run('k', 1, { group: 'g' }));
  const waiting = quiet(pool.run('k', 2, { group: 'g' }));
  const other = pool.run('k', 3, { group: 'other' });
  pool.cancel('g');
  await assert.rejects(running, { code: 'cancelled' });
  await assert.rejects(waiting, { code: 'cancelled' });
  assert.equal(workers[0].ended, true);
  workers[0].say({ id: workers[0].jobs[0].id, ok: true, value: 'too late' });
  workers[1].answer('fine');
  assert.equal(await other, 'fine');
});

test('an AbortSignal cancels its own job, before, while and after it runs', async () => {
  const { pool, workers } = fakes();
  await assert.rejects(pool.run('k', 0, { signal: AbortSignal.abort() }), { code: 'cancelled' });
  const stop = new AbortController();
  const job = quiet(pool.run('k', 1, { signal: stop.signal }));
  stop.abort();
  await assert.rejects(job, { code: 'cancelled' });
  assert.equal(workers[0].ended, true);
  const late = new AbortController();
  const done = pool.run('k', 2, { signal: late.signal });
  workers[1].answer('done');
  assert.equal(await done, 'done');
  late.abort();
  assert.equal(workers[1].ended, false);
});

test('a worker that crashes fails only its job and is replaced for the next', async () => {
  const { pool, workers } = fakes();
  const lost = quiet(pool.run('k', 1));
  const next = pool.run('k', 2);
  workers[0].onerror({ message: 'boom' });
  await assert.rejects(lost, (error) => error.code === 'internal' && /boom/.test(error.message) && error.hint !== '');
  workers[1].answer('ok');
  assert.equal(await next, 'ok');
});

test('a worker whose wasm aborted, or whose memory has grown large, is not used again', async () => {
  const { pool, workers } = fakes({ heapLimit: 100 });
  const failing = quiet(pool.run('k', 1));
  workers[0].fail({ code: 'too_large', message: 'no memory', hint: '' }, { fatal: true });
  await assert.rejects(failing, { code: 'too_large' });
  assert.equal(workers[0].ended, true);
  const big = pool.run('k', 2);
  workers[1].answer('big', { heapBytes: 101 });
  assert.equal(await big, 'big');
  assert.equal(workers[1].ended, true);
  pool.run('k', 3);
  assert.equal(workers.length, 3);
});

test('a payload that cannot be sent fails its job alone', async () => {
  const { pool, workers } = fakes();
  await assert.rejects(pool.run('k', 'unsendable'), /cloned/);
  const next = pool.run('k', 'fine');
  workers[0].answer(1);
  assert.equal(await next, 1);
});

test('workers without work end after a while', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { pool, workers } = fakes({ idleMs: 10_000 });
  const job = pool.run('k', 1);
  workers[0].answer(1);
  await job;
  t.mock.timers.tick(9_999);
  assert.equal(workers[0].ended, false);
  t.mock.timers.tick(1);
  assert.equal(workers[0].ended, true);
});

test('idle() waits for the last job', async () => {
  const { pool, workers } = fakes();
  await pool.idle();
  pool.run('k', 1);
  let idle = false;
  const wait = pool.idle().then(() => (idle = true));
  await Promise.resolve();
  assert.equal(idle, false);
  workers[0].answer(1);
  await wait;
});

test('every worker is given the module that was compiled once, and waits for it', async () => {
  let ready;
  const { pool, workers } = fakes({ module: new Promise((resolve) => (ready = resolve)) });
  pool.run('k', 1);
  assert.equal(workers.length, 0);
  ready('module');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(workers[0].inits, [{ module: 'module' }]);
  assert.equal(workers[0].jobs.length, 1);
});

test('a module that cannot be loaded leaves it to the workers to say so', async () => {
  const { pool, workers } = fakes({ module: Promise.reject(new Error('offline')) });
  pool.run('k', 1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(workers[0].inits, [{ module: null }]);
});

test('the pool leaves one core to the page, but uses both of two', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 16].map((n) => poolSize(n)), [1, 2, 2, 3, 4, 4]);
});

test('a hundred thousand waiting jobs are no burden', () => {
  const fake = fakes();
  const begin = performance.now();
  for (let i = 0; i < 100_000; i += 1) quiet(fake.pool.run('k', i, { group: 'g' }));
  for (let i = 0; i < 20; i += 1) fake.pool.setPriority((job) => job.payload % 1000 === i, i + 1);
  fake.pool.cancel('g');
  assert.ok(performance.now() - begin < 5000);
});

test('an abort of wasm is told as what it means: no memory when much was in use, a bug otherwise', () => {
  const abort = new WebAssembly.RuntimeError('Aborted()');
  assert.equal(describe(abort, 1e9).code, 'too_large');
  assert.equal(describe(abort, 1e7).code, 'internal');
  assert.equal(describe(new RangeError('Array buffer allocation failed')).code, 'too_large');
  for (const thrown of [abort, 'text', null, undefined]) assert.ok(describe(thrown).message.length > 10);
});

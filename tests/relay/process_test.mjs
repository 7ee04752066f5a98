// The program itself, as a script sees it: node process_test.mjs path/to/vignette-relay
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, after } from 'node:test';

const program = process.argv[2];
const site = mkdtempSync(join(tmpdir(), 'vignette-relay-'));
writeFileSync(join(site, 'index.html'), '<p>home');
writeFileSync(join(site, 'big.bin'), Buffer.alloc(30_000_000, 'x'));
after(() => rmSync(site, { recursive: true }));

/** Starts it on a free port and waits for its one line. */
async function start(...options) {
  const child = spawn(program, ['serve', '--site', site, '--port', '0', ...options]);
  const log = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line.includes('serving')) break;
  }
  const address = /^vignette-relay: serving (http:\/\/\S+:\d+)$/.exec(said.at(-1))?.[1];
  assert.ok(address, `unexpected lines: ${said.join('\n')}`);
  return { child, log, said, address, port: Number(new URL(address).port) };
}

function run(...args) {
  return spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 });
}

async function end(child) {
  const [code, signal] = child.exitCode === null && child.signalCode === null ? await once(child, 'exit') : [child.exitCode, child.signalCode];
  return signal ?? code;
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} lets a running download finish and exits with 0`, async () => {
    const relay = await start();
    const response = await new Promise((resolve) => http.get(`${relay.address}/big.bin`, resolve));
    response.once('readable', () => relay.child.kill(signal));
    let bytes = 0;
    for await (const chunk of response) bytes += chunk.length;
    assert.equal(bytes, 30_000_000);
    assert.equal(await end(relay.child), 0);
    const records = relay.log.map((line) => JSON.parse(line));
    assert.deepEqual(records.map((r) => r.event ?? r.path), ['draining', '/big.bin', 'drained']);
  });
}

test('a signal to an idle server ends it, kept connections or not', async () => {
  const relay = await start();
  const agent = new http.Agent({ keepAlive: true });
  const response = await new Promise((resolve) => http.get(`${relay.address}/`, { agent }, resolve));
  response.resume();
  await once(response, 'end');
  relay.child.kill('SIGTERM');
  assert.equal(await end(relay.child), 0);
  agent.destroy();
  const idle = await start();
  idle.child.kill('SIGTERM');
  assert.equal(await end(idle.child), 0);
});

test('a second signal does not wait', async () => {
  const relay = await start();
  const response = await new Promise((resolve) => http.get(`${relay.address}/big.bin`, resolve));
  response.on('error', () => {});
  relay.child.kill('SIGTERM');  // the client reads nothing, so the first one would wait
  setTimeout(() => relay.child.kill('SIGTERM'), 300);
  assert.equal(await end(relay.child), 0);
  response.destroy();
});

test('where accounts are kept is said at the start, and that memory forgets', async () => {
  const relay = await start();
  assert.equal(relay.said.length, 2);
  assert.match(relay.said[0], /^vignette-relay: accounts are kept in memory only: .*forgotten.*--data DIR/);
  const data = join(site, 'kept');
  const kept = await start('--data', data);
  assert.equal(kept.said[0], `vignette-relay: accounts are kept in ${data}`);
  for (const { child } of [relay, kept]) {
    child.kill('SIGTERM');
    assert.equal(await end(child), 0);
  }
});

test('a busy port is a clear sentence and exit code 1', async () => {
  const relay = await start();
  const second = run('serve', '--port', String(relay.port));
  assert.equal(second.status, 1);
  assert.match(second.stderr, new RegExp(`^vignette-relay: 127\\.0\\.0\\.1:${relay.port} is already in use\\. .*--port`));
  assert.equal(second.stdout, '');
  relay.child.kill('SIGTERM');
  await end(relay.child);
});

test('a missing site is a clear sentence and exit code 1', () => {
  const result = run('serve', '--port', '0', '--site', join(site, 'missing'));
  assert.equal(result.status, 1);
  assert.match(result.stderr, /--site .*missing is not a folder that can be read\./);
});

test('a mistake in the command line is exit code 2, and help is 0', () => {
  assert.equal(run().status, 2);
  const unknown = run('serve', '--dta', 'x');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no option --dta; it has --port/);
  const help = run('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--site DIR/);
});

test('a reader of our output that went away does not end the server', async () => {
  const relay = await start();
  relay.child.stdout.destroy();
  relay.child.stderr.destroy();
  for (let i = 0; i < 5; i++) {
    const response = await fetch(`${relay.address}/healthz`);
    assert.equal(await response.text(), 'ok\n');
  }
  relay.child.kill('SIGTERM');
  assert.equal(await end(relay.child), 0);
});

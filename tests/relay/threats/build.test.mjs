// T23, T24, P9: what the program is made of, and how it is built.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { folder, relayProgram } from './setup.mjs';

const root = resolve(import.meta.dirname, '../../..');
const read = (...args) => execFileSync(args[0], [...args.slice(1), relayProgram], { encoding: 'utf8', maxBuffer: 1 << 28 });
const sanitized = execFileSync('readelf', ['-SW', relayProgram], { encoding: 'utf8', maxBuffer: 1 << 28 }).includes('.debug_info');

test('T23 what npm brings is pinned by its hash, and runs no scripts', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [name, each] of Object.entries(packages)) if (name) assert.match(each.integrity ?? '', /^sha512-/, name);
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies ?? {}), [], 'nothing of it is in what people run');
  const scripts = [...readdirSync(join(root, 'deploy'), { recursive: true }).map((name) => join(root, 'deploy', name))].filter((name) => statSync(name).isFile());
  for (const script of scripts) {
    for (const line of readFileSync(script, 'utf8').split('\n')) {
      if (/^\s*npm (ci|install|i)\b/.test(line)) assert.match(line, /--ignore-scripts/, `${script}: ${line}`);
    }
  }
});

test('T23 what CMake fetches has a hash or a tag', () => {
  const files = readdirSync(join(root, 'deploy/cmake')).map((name) => [name, readFileSync(join(root, 'deploy/cmake', name), 'utf8')]);
  for (const [name, text] of files) {
    for (const call of text.match(/(?:FetchContent_Declare|ExternalProject_Add|file\(DOWNLOAD)[^)]*\)/g) ?? []) assert.match(call, /URL_HASH|EXPECTED_HASH|GIT_TAG|SHA256/, `${name}: ${call}`);
  }
});

test('T24 hardened: position independent, no writable code, bound and read-only before it runs, checked stack', { skip: sanitized && 'a build for tests' }, () => {
  assert.match(read('readelf', '-hW'), /Type: +DYN/);
  const headers = read('readelf', '-lW');
  assert.match(headers, /GNU_RELRO/);
  assert.doesNotMatch(headers, /LOAD.*RWE/);
  assert.match(headers, /GNU_STACK.* RW /);
  const dynamic = read('readelf', '-dW');
  assert.match(dynamic, /BIND_NOW|FLAGS.*NOW/);
  assert.doesNotMatch(dynamic, /RPATH|RUNPATH/);
  assert.match(read('readelf', '--dyn-syms', '-W'), /__stack_chk_fail/);
  assert.doesNotMatch(dynamic, /NEEDED.*(ssl|crypto|stdc\+\+)/);
});

test('P9 ready within 100 ms, idle in 20 MB, and not 10 MB large', { skip: sanitized && 'a build for tests' }, async () => {
  assert.ok(statSync(relayProgram).size < 10e6, `${statSync(relayProgram).size} bytes`);
  const env = { OPENAI_API_KEY: 'sk-0123456789abcdef', SECRET_ACCESS_CODE: 'a-word' };
  for (const args of [[], ['--data', folder()]]) {
    const times = [];
    for (let i = 0; i < 10; i++) {  // others may be at work on this machine: the quickest start is the program's own
      const began = performance.now();
      const child = spawn(relayProgram, ['serve', '--port', '0', ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
      let said = '';
      for await (const some of child.stdout) if ((said += some).includes('serving')) break;
      times.push(performance.now() - began);
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);
      assert.ok(kilobytes < 20_000, `${kilobytes} kB`);
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    assert.ok(Math.min(...times) < 100, `${times.map(Math.round)} ms ${args}`);
  }
});

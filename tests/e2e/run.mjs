// Runs the browser tests one file after the other (two Chromiums on two cores would only measure each other).
//   node tests/e2e/run.mjs [part of a file name…]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const files = readdirSync('tests/e2e').filter((file) => file.endsWith('.test.mjs') && (!wanted.length || wanted.some((part) => file.includes(part))));
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', ...files.map((file) => `tests/e2e/${file}`)], { stdio: 'inherit' });
process.exitCode = status ?? 1;

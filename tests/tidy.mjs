// clang-tidy over our own sources, two at a time, skipping files that have not changed since they were last clean.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, existsSync, writeFileSync } from 'node:fs';

const database = JSON.parse(readFileSync('build/dev/compile_commands.json', 'utf8'));
const root = process.cwd();
const ours = /^(shared|wasm|relay)\//;
const files = database.map((entry) => entry.file.replace(`${root}/`, '')).filter((file) => ours.test(file));

// A header touched anywhere makes every file worth another look: simple, and right.
const headers = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'shared', 'wasm', 'relay'], { encoding: 'utf8' })
  .split('\n').filter((file) => file.endsWith('.hpp') && existsSync(file));
const common = createHash('sha256').update(readFileSync('.clang-tidy'));
for (const header of headers) common.update(readFileSync(header));
const base = common.digest('hex');
mkdirSync('build/tidy', { recursive: true });

const waiting = [...new Set(files)].map((file) => {
  const key = createHash('sha256').update(base).update(readFileSync(file)).digest('hex');
  return { file, stamp: `build/tidy/${key}` };
}).filter(({ stamp }) => !existsSync(stamp));

let failed = 0;
const total = files.length;
function next() {
  const job = waiting.shift();
  if (!job) return Promise.resolve();
  return new Promise((resolve) => {
    execFile('clang-tidy-19', ['-p', 'build/dev', '--quiet', job.file], { maxBuffer: 1 << 26 }, (error, stdout) => {
      if (error) {
        failed += 1;
        console.log(stdout);
      } else {
        writeFileSync(job.stamp, '');
      }
      resolve(next());
    });
  });
}
await Promise.all([next(), next()]);
console.log(`${total - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

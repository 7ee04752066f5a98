// Runs every fuzz target for N seconds, two at a time, from seeds made by code plus what earlier runs found.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';

const seconds = Number(process.argv[2] ?? 20);
const folder = 'build/fuzz/tests';
const targets = readdirSync(folder).filter((name) => /_fuzz$/.test(name));
let passed = 0;
let failed = 0;

const pictureTargets = ['sniff_fuzz', 'exif_fuzz', 'decode_fuzz'];

function run(target) {
  const corpus = `build/fuzz/corpus/${target}`;
  mkdirSync(corpus, { recursive: true });
  if (pictureTargets.includes(target)) execFileSync(`${folder}/picture_seeds`, [corpus]);
  return new Promise((resolve) => {
    const child = spawn(`${folder}/${target}`, [corpus, `-max_total_time=${seconds}`, '-timeout=10', '-rss_limit_mb=3000', '-print_final_stats=1', `-artifact_prefix=build/fuzz/${target}-`]);
    let log = '';
    child.stderr.on('data', (data) => { log = (log + data).slice(-8000); });
    child.on('close', (code) => {
      const runs = /stat::number_of_executed_units:\s*(\d+)/.exec(log)?.[1] ?? '?';
      if (code === 0) passed += 1;
      else { failed += 1; console.log(log); }
      console.log(`${target}: ${code === 0 ? 'ok' : 'FAILED'}, ${runs} runs`);
      resolve();
    });
  });
}

const waiting = [...targets];
async function worker() { for (let target; (target = waiting.shift());) await run(target); }
await Promise.all([worker(), worker()]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !targets.length ? 1 : 0;

// Every speed claim, side by side with a named peer in the same run; ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';

const benches = ['pictures_node.mjs', 'pictures_page.mjs', 'zip_page.mjs', 'relay_proxy.mjs'];
let passed = 0;
let failed = 0;
for (const bench of benches) {
  const { stdout, status } = spawnSync(process.execPath, [`tests/bench/${bench}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
    const { ratio, limit } = JSON.parse(line);
    if (ratio <= limit) passed += 1;
    else failed += 1;
  }
  if (status !== 0 && !stdout.includes('{')) failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

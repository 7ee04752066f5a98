import { readFileSync, readdirSync } from 'node:fs';

/** Memory of the browser's processes (all that descend from this one) that belongs to nobody else, in bytes. */
export function browserMemory() {
  const parents = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(pid, readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]);
    } catch { /* it ended */ }
  }
  const family = new Set([String(process.pid)]);
  for (let grown = 0; grown !== family.size;) {
    grown = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  family.delete(String(process.pid));
  let total = 0;
  for (const pid of family) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      for (const field of ['Private_Clean', 'Private_Dirty']) total += 1024 * Number(new RegExp(`${field}:\\s+(\\d+)`).exec(rollup)?.[1] ?? 0);
    } catch { /* it ended */ }
  }
  return total;
}

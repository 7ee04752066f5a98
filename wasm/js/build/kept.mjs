// Results of slow steps, kept by what went into them.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `make(path)` writes, or what it wrote the last time with the same ingredients. */
export async function kept(folder, name, ingredients, make) {
  const path = keptPath(folder, name, ingredients);
  if (!existsSync(path)) writeFileSync(path, await make());
  return readFileSync(path);
}

export function keptSync(folder, name, ingredients, make) {
  const path = keptPath(folder, name, ingredients);
  if (!existsSync(path)) writeFileSync(path, make());
  return readFileSync(path);
}

function keptPath(folder, name, ingredients) {
  const hash = createHash('sha256');
  for (const one of ingredients) hash.update(one).update('\0');
  return join(folder, `${hash.digest('hex').slice(0, 16)}-${name}`);
}

// The weights of the networks that look at pictures, in models/ of the site. They are as deploy/setup packed them; one that
// it could not get is left out, and the app says so.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const kFiles = { labels: 'mobilenet.bin', objects: 'coco.bin' };

/** @returns {Record<string, {name: string, bytes: number, sha256: string}|null>} by kind */
export function networks({ folder, out, read }) {
  return Object.fromEntries(Object.entries(kFiles).map(([kind, file]) => {
    const path = join(folder, file);
    if (!existsSync(path)) {
      console.error(`site: no ${file}; the captioner on this machine does without. deploy/setup fetches it.`);
      return [kind, null];
    }
    const content = read(path);
    const { name, bytes } = out.addHashed(`models/${file}`, content);
    return [kind, { name, bytes, sha256: createHash('sha256').update(content).digest('hex') }];
  }));
}

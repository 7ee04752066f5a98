// The storage side without the app: the real client, the real worker and SQLite in real Chromium, and a page that issues
// commits the way C++ does. Served under the site's content policy.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bundle } from '../../wasm/js/build/bundle.mjs';
import { serveFolders } from '../js/core_static.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const core = path.resolve(process.env.VIGNETTE_CORE ?? path.join(root, 'build/wasm/core'));

/** Resolves to {url, close}; the page has `harness` (storage_page.mjs). */
export async function serveStorage() {
  const text = async (entry) => Buffer.from((await bundle({ entry: path.join(root, entry) })).text);
  return serveFolders({ '/core/': core }, {
    '/index.html': '<!doctype html><script type="module" src="page.mjs"></script>',
    '/page.mjs': await text('tests/e2e/storage_page.mjs'),
    '/storage.mjs': await text('wasm/js/storage/worker.mjs'),
    '/sqlite.wasm': readFileSync(path.join(root, 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm')),
  });
}

/** A page with the harness in it; `troubles` collects what the browser complained about. */
export async function openHarness(context, url) {
  const page = await context.newPage();
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => /policy|refused|error/i.test(message.text()) && troubles.push(message.text()));
  await page.goto(`${url}/index.html`);
  await page.waitForFunction(() => globalThis.harness);
  return Object.assign(page, { troubles });
}

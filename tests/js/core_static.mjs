// A loopback server for folders: {'/core/': 'build/wasm/core', …}, the longest prefix first. Sends the policy the site
// is written for, and none of the headers shared memory would need.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const types = { '.html': 'text/html', '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob:";

/** Resolves to {url, close}. `pages`: {'/x.html': text} made on the spot; `extra`: more headers. */
export async function serveFolders(folders, pages = {}, extra = {}) {
  const server = createServer((request, response) => {
    const asked = decodeURI(new URL(request.url, 'http://loopback').pathname);
    const headers = { 'content-type': types[path.extname(asked)] ?? 'application/octet-stream', 'content-security-policy': policy, ...extra };
    if (asked in pages) return response.writeHead(200, headers).end(pages[asked]);
    const prefix = Object.keys(folders).find((start) => asked.startsWith(start));
    const file = prefix && path.join(folders[prefix], path.normalize(asked.slice(prefix.length)));
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, headers);
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// Fetches what the first frame needs, all at once, and says how far it is. The sizes come from the build: a server
// that compresses announces the compressed size, but what we can count is what comes out.

export class LoadError extends Error {}

async function open(url) {
  const response = await fetch(url).catch((error) => {
    throw new LoadError(`${url.pathname}: ${error.message}`);
  });
  if (!response.ok) throw new LoadError(`${url.pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/** Passes the body on and counts it. */
function counted(response, count) {
  if (!response.body) return response;
  const counter = new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: response.headers });
}

async function compile(response) {
  if (response.headers.get('Content-Type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer()); // a host that does not know the type
}

/**
 * @param {{wasm: {url: URL, bytes: number}, fonts: Record<string, {url: URL, bytes: number}>}} wanted
 * @param {(share: number) => void} onProgress  0 … 1
 * @returns {Promise<{wasm: WebAssembly.Module, fonts: Record<string, Uint8Array>}>}
 */
export async function loadAll({ wasm, fonts }, onProgress) {
  const names = Object.keys(fonts);
  const total = names.reduce((sum, name) => sum + fonts[name].bytes, wasm.bytes);
  let loaded = 0;
  const count = (bytes) => onProgress(Math.min(1, (loaded += bytes) / total));
  const [module, ...faces] = await Promise.all([
    open(wasm.url).then((response) => compile(counted(response, count))),
    ...names.map(async (name) => {
      const response = counted(await open(fonts[name].url), count);
      return new Uint8Array(await response.arrayBuffer());
    }),
  ]);
  return { wasm: module, fonts: Object.fromEntries(names.map((name, i) => [name, faces[i]])) };
}

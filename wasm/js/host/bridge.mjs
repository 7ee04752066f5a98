// Words across the border: calls the C functions of wasm/platform/exports_*.cpp with JavaScript values. Texts and
// bytes lie in wasm memory only during the call. Any call may grow that memory, which detaches old views of it, so
// module.HEAPU8 is read anew each time.

/**
 * @returns {{call: (name: string, ...args: any[]) => number, text: (name: string, ...args: any[]) => string}}
 *          `call('frame', now)` calls vignette_frame; `text` also reads the UTF-8 text that comes back.
 */
export function createBridge(module) {
  const encoder = new TextEncoder();

  function put(bytes) {
    const at = module._malloc(bytes.length + 1);
    if (at === 0) throw new RangeError('The app is out of memory.');
    module.HEAPU8.set(bytes, at);
    module.HEAPU8[at + bytes.length] = 0;
    return at;
  }

  function call(name, ...args) {
    const held = [];
    const plain = args.map((arg) => {
      if (typeof arg === 'number' || typeof arg === 'boolean') return arg;
      const at = put(typeof arg === 'string' ? encoder.encode(arg) : arg);
      held.push(at);
      return at;
    });
    try {
      return module[`_vignette_${name}`](...plain);
    } finally {
      for (const at of held) module._free(at);
    }
  }

  return { call, text: (name, ...args) => module.UTF8ToString(call(name, ...args)) };
}

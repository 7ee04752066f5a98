// What the browser must bring, asked before anything is loaded.

// The smallest module with a SIMD instruction: (func (result v128) i32.const 0, i8x16.splat).
const kSimdModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

const hasWebGL2 = () => {
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext(); // a page may hold only a few contexts
  return gl !== null;
};

/** The first thing missing: 'wasm', 'simd', 'workers' or 'webgl2'; null when all is there. */
export function whatIsMissing() {
  if (typeof WebAssembly !== 'object') return 'wasm';
  if (!WebAssembly.validate(kSimdModule)) return 'simd';
  if (typeof Worker !== 'function' || typeof OffscreenCanvas !== 'function') return 'workers';
  if (!hasWebGL2()) return 'webgl2';
  return null;
}

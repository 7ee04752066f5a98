// wasm-vips in a worker of its own, as its authors advise.
let vips = null;

onmessage = async ({ data: { kind, file, side } }) => {
  try {
    if (kind === 'start') {
      const { default: Vips } = await import('/peers/wasm-vips/lib/vips-es6.js');
      vips = await Vips({ dynamicLibraries: [], locateFile: (name) => `/peers/wasm-vips/lib/${name}` });
      vips.concurrency(1);
      return postMessage({ ok: true });
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const image = vips.Image.thumbnailBuffer(bytes, side);
    const out = kind === 'copy' ? image.writeToBuffer('.jpg', { Q: 85, keep: 'none' }) : image.writeToMemory();
    image.delete();
    return postMessage({ ok: true, size: out.length });
  } catch (error) {
    return postMessage({ error: String(error) });
  }
};

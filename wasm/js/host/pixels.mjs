// The pixels of the one large picture wait here, outside wasm memory (a picture of 50 megapixels is 200 MB), until
// C++ has cut them into textures, a few tiles a frame.

export function createPixels(bridge, gl, onWant) {
  let kept = null;
  return {
    /** See Host.uploadPixels. */
    keep(item, width, height, rgba) {
      if (rgba.length !== width * height * 4) {
        throw new TypeError(`uploadPixels: ${width} × ${height} pixels are not ${rgba.length} bytes.`);
      }
      // Late pixels of another picture must not push out those of the one being cut.
      if (bridge.call('pixels_arrived', item, width, height)) kept = { width, rgba };
    },
    want(item, longSide) {
      onWant(item === '' ? null : { item, longSide });
    },
    drop() {
      kept = null;
    },
    uploadTile(x, y, width, height) {
      if (!kept) return;
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, kept.width);
      gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x);
      gl.pixelStorei(gl.UNPACK_SKIP_ROWS, y);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, kept.rgba, 0);
      // Emscripten's own uploads know nothing of these.
      gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
      gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 0);
      gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0);
    },
  };
}

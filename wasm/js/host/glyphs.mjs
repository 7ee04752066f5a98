// Text drawn by the browser: single characters the bundled font lacks, and whole texts in scripts that need a text
// engine. ImGui sizes a font by ascent + descent, CSS by the em square; `ratio` is the one by the other.

export const family = 'Vignette Inter';

/** Registers the same font files ImGui draws with, so that DOM fields look like what they cover. */
export async function registerFonts({ regular, semibold }) {
  const faces = [
    new FontFace(family, regular, { weight: '400' }),
    new FontFace(family, semibold, { weight: '600' }),
  ];
  for (const face of faces) document.fonts.add(face);
  await Promise.all(faces.map((face) => face.load()));
}

const fallbacks = 'system-ui, sans-serif';
const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const mostSide = 4096;

export function createGlyphs(module, gl) {
  const canvas = new OffscreenCanvas(64, 64);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.font = `1000px "${family}"`; // so large that rounding inside the browser does not matter
  const whole = pen.measureText('x');
  const ascent = whole.fontBoundingBoxAscent / 1000;
  const ratio = ascent + whole.fontBoundingBoxDescent / 1000;
  let run = null;

  function prepare(width, height, font) {
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.font = font; // changing the canvas's size forgets it
    pen.textBaseline = 'alphabetic';
    pen.fontKerning = 'normal';
  }
  const fontOf = (px, weight) => `${weight} ${px / ratio}px "${family}", ${fallbacks}`;

  return {
    /** The CSS font that looks like ImGui's at that line height. */
    cssFont: (linePx) => `400 ${linePx / ratio}px/${linePx}px "${family}", ${fallbacks}`,
    ascent: (linePx) => (linePx * ascent) / ratio,

    /** See host::glyph. `shape` and `rgba` are addresses in wasm memory. */
    glyph(codepoint, px, weight, shape, rgba, room) {
      const text = String.fromCodePoint(codepoint);
      const font = fontOf(px, weight);
      pen.font = font;
      pen.direction = 'ltr';
      pen.textAlign = 'left';
      const m = pen.measureText(text);
      let left = Math.floor(-m.actualBoundingBoxLeft) - 1;
      const top = Math.floor(-m.actualBoundingBoxAscent) - 1;
      let width = Math.ceil(m.actualBoundingBoxRight) + 1 - left;
      let height = Math.ceil(m.actualBoundingBoxDescent) + 1 - top;
      if (/^\s$/u.test(text) || width <= 2 || height <= 2) width = height = left = 0;
      if (width * height * 4 > room && rgba !== 0) return 0;
      let coloured = 0;
      if (rgba !== 0 && width > 0) {
        prepare(width, height, font);
        pen.fillStyle = '#fff';
        pen.fillText(text, -left, -top);
        const { data } = pen.getImageData(0, 0, width, height);
        coloured = isColoured(data) ? 1 : 0;
        if (!coloured) whiten(data);
        module.HEAPU8.set(data, rgba);
      }
      module.HEAPF32.set([m.width, width, height, left, top, coloured], shape >> 2);
      return 1;
    },

    /** See host::shape_run. Keeps what it drew for uploadRun. */
    shapeRun(text, px, wrap, color, size) {
      const rtl = rightToLeft.test(text);
      const font = fontOf(px, 400);
      pen.font = font;
      const lines = text.split('\n').flatMap((line) => (wrap > 0 ? broken(pen, line, wrap) : [line]));
      const widest = Math.max(...lines.map((line) => pen.measureText(line).width));
      const width = Math.min(mostSide, Math.ceil(rtl && wrap > 0 ? wrap : widest) + 2);
      const height = Math.min(mostSide, Math.ceil(px * lines.length));
      prepare(width, height, font);
      pen.direction = rtl ? 'rtl' : 'ltr';
      pen.textAlign = 'start';
      pen.fillStyle = cssColor(color);
      const baseline = Math.round((px * ascent) / ratio);
      lines.forEach((line, i) => pen.fillText(line, rtl ? width - 1 : 1, Math.round(i * px) + baseline));
      run = pen.getImageData(0, 0, width, height);
      module.HEAP32.set([width, height], size >> 2);
    },
    uploadRun() {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, run);
      run = null;
    },
  };
}

/** Emoji: anything that is neither clear nor white. The thresholds forgive what smoothing does to white. */
function isColoured(data) {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 64) continue;
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
    if (Math.min(r, g, b) < 200) return true;
  }
  return false;
}

function whiten(data) {
  for (let i = 0; i < data.length; i += 4) data[i] = data[i + 1] = data[i + 2] = 255;
}

/** ImU32, red in the lowest byte. */
function cssColor(color) {
  const at = (shift) => (color >>> shift) & 255;
  return `rgba(${at(0)}, ${at(8)}, ${at(16)}, ${at(24) / 255})`;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The line in pieces no wider than `wrap`, broken between words where that is possible. */
function broken(pen, line, wrap) {
  const out = [];
  let now = '';
  for (const { segment } of words.segment(line)) {
    if (now !== '' && pen.measureText(now + segment).width > wrap && segment.trim() !== '') {
      out.push(now);
      now = segment;
    } else {
      now += segment;
    }
  }
  out.push(now);
  return out;
}

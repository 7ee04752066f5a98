// Where a line's baseline falls. ImGui puts it at the ascent, rounded up; browsers round ascent and descent each in
// its own way (Chromium on Linux takes a pixel from the ascent where text is placed by fractions of pixels). DOM fields
// are moved by the difference, which is measured once for each size.

/**
 * @param fontOf    ImGui's line height → CSS font
 * @param ascentOf  ImGui's line height → ascent, in fractions of pixels
 * @returns (linePx) => CSS pixels that a DOM field has to move down
 */
export function createBaseline(layer, fontOf, ascentOf) {
  const known = new Map();

  function measure(linePx) {
    const line = document.createElement('div');
    const foot = document.createElement('span'); // its bottom is the baseline
    line.className = 'vignette-baseline';
    line.style.font = fontOf(linePx);
    line.append('x', foot);
    layer.append(line);
    const baseline = foot.getBoundingClientRect().bottom - line.getBoundingClientRect().top;
    line.remove();
    return Math.round(Math.ceil(ascentOf(linePx)) - baseline);
  }

  return (linePx) => {
    if (!known.has(linePx)) known.set(linePx, measure(linePx));
    return known.get(linePx);
  };
}

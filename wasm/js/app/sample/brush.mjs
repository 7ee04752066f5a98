// What the painters share: chance that repeats, noise, and a few strokes.

export const kTau = Math.PI * 2;

/** Random numbers in 0 … 1, the same for the same seed (mulberry32's mixing). */
export function makeRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, {
    between: (low, high) => low + (high - low) * next(),
    pick: (list) => list[Math.floor(next() * list.length)],
  });
}

/** A smooth random curve, about -1 … 1; `octaves` add finer and finer detail. */
export function makeCurve(random, octaves = 5) {
  const values = Array.from({ length: 512 }, () => random.between(-1, 1));
  const smooth = (x) => {
    const at = Math.floor(x);
    const t = x - at;
    const ease = t * t * (3 - 2 * t);
    return values[at & 511] * (1 - ease) + values[(at + 1) & 511] * ease;
  };
  return (x) => {
    let sum = 0;
    for (let octave = 0, scale = 1; octave < octaves; ++octave, scale *= 2) sum += smooth(x * scale + octave * 37) / scale;
    return sum / 1.6;
  };
}

/** `stops`: [[0, '#fff'], …] */
export function linear(pen, x0, y0, x1, y1, stops) {
  const gradient = pen.createLinearGradient(x0, y0, x1, y1);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

export function radial(pen, x, y, from, to, stops) {
  const gradient = pen.createRadialGradient(x, y, from, x, y, to);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

export function fillAll(pen, width, height, style) {
  pen.fillStyle = style;
  pen.fillRect(0, 0, width, height);
}

/** A light that fades out around (x, y). */
export function glow(pen, x, y, radius, colour, strength = 1) {
  pen.save();
  pen.globalAlpha = strength;
  pen.fillStyle = radial(pen, x, y, 0, radius, [[0, colour], [1, 'rgba(0,0,0,0)']]);
  pen.globalCompositeOperation = 'lighter';
  pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  pen.restore();
}

export function disc(pen, x, y, radius, style) {
  pen.fillStyle = style;
  pen.beginPath();
  pen.arc(x, y, radius, 0, kTau);
  pen.fill();
}

export function oval(pen, x, y, rx, ry, style, turn = 0) {
  pen.fillStyle = style;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, turn, 0, kTau);
  pen.fill();
}

/** Everything below the curve y(x). */
export function fillBelow(pen, width, height, yAt, style) {
  pen.fillStyle = style;
  pen.beginPath();
  pen.moveTo(0, height);
  for (let x = 0; x <= width; x += 3) pen.lineTo(x, yAt(x));
  pen.lineTo(width, yAt(width));
  pen.lineTo(width, height);
  pen.fill();
}

/** Draws something soft: `draw` gets a pen of its own, whose strokes are blurred together. */
export function blurred(pen, radius, draw) {
  const layer = new OffscreenCanvas(pen.canvas.width, pen.canvas.height);
  draw(layer.getContext('2d', { willReadFrequently: true }));
  pen.save();
  pen.filter = `blur(${radius}px)`;
  pen.drawImage(layer, 0, 0);
  pen.restore();
}

/** The grain of a photograph, and its darker corners. */
export function finish(pen, width, height, random, grain = 10) {
  const reach = Math.hypot(width, height) / 2;
  fillAll(pen, width, height, radial(pen, width / 2, height / 2, reach * 0.55, reach, [[0, 'rgba(0,0,0,0)'], [1, 'rgba(0,0,0,.32)']]));
  if (grain === 0) return; // a PNG of noise would be enormous
  const image = pen.getImageData(0, 0, width, height);
  const { data } = image;
  const noises = Float32Array.from({ length: 8191 }, () => (random() - 0.5) * grain); // prime, so that no pattern shows
  for (let i = 0; i < data.length; i += 4) {
    const noise = noises[(i >> 2) % noises.length];
    data[i] += noise;
    data[i + 1] += noise;
    data[i + 2] += noise;
  }
  pen.putImageData(image, 0, 0);
}

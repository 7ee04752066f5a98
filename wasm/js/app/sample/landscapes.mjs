import { blurred, disc, fillAll, fillBelow, finish, glow, linear, makeCurve } from './brush.mjs';

export function mountains(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, 0, h * 0.75, [[0, '#5d7fb4'], [0.45, '#c3bfd6'], [0.75, '#f6cdb0'], [1, '#fbe3c4']]));
  glow(pen, w * 0.68, h * 0.4, h * 0.5, 'rgba(255,190,120,.42)');
  disc(pen, w * 0.68, h * 0.4, h * 0.035, '#fff6e0');
  const layers = 7;
  for (let layer = 0; layer < layers; ++layer) {
    const near = layer / (layers - 1);
    const curve = makeCurve(random, 6);
    const base = h * (0.42 + 0.5 * near ** 1.1);
    const relief = h * (0.09 + 0.07 * near);
    const yAt = (x) => base + curve((x / w) * (2.2 + layer * 0.4) + layer * 9) * relief;
    const shade = (light) => `rgb(${150 - 128 * near + light},${166 - 130 * near + light},${200 - 142 * near + light})`;
    fillBelow(pen, w, h, yAt, linear(pen, 0, base - relief, 0, base + h * 0.22, [[0, shade(0)], [1, shade(46 * (1 - near) + 8)]]));
  }
  finish(pen, w, h, random);
}

export function sea(pen, w, h, random) {
  const horizon = h * 0.54;
  const sun = { x: w * 0.42, y: h * 0.45 };
  fillAll(pen, w, horizon, linear(pen, 0, 0, 0, horizon, [[0, '#27396f'], [0.45, '#9a5b86'], [0.78, '#ee8a58'], [1, '#ffd08a']]));
  const curve = makeCurve(random, 4);
  blurred(pen, 5, (pen) => {
    for (let band = 0; band < 9; ++band) {
      const y = h * (0.1 + 0.035 * band) + curve(band * 3) * 14;
      const from = random.between(-0.2, 0.6) * w;
      pen.fillStyle = `rgba(255,${150 + band * 8},${130 + band * 4},${0.09 + band * 0.012})`;
      pen.beginPath();
      pen.ellipse(from + w * 0.3, y, w * random.between(0.15, 0.45), h * random.between(0.006, 0.02), 0, 0, 7);
      pen.fill();
    }
  });
  glow(pen, sun.x, sun.y, h * 0.55, 'rgba(255,170,90,.75)');
  disc(pen, sun.x, sun.y, h * 0.05, '#fff0c8');
  pen.fillStyle = linear(pen, 0, horizon, 0, h, [[0, '#d9805e'], [0.18, '#7a5478'], [1, '#16234a']]);
  pen.fillRect(0, horizon, w, h - horizon);
  for (let stroke = 0; stroke < 2600; ++stroke) {
    const depth = random() ** 1.6;
    const y = horizon + depth * (h - horizon);
    const long = 6 + depth * 90 * random();
    const x = random.between(-0.05, 1.05) * w;
    const inPath = Math.abs(x - sun.x) < w * (0.03 + 0.13 * depth) * random.between(0.2, 1.2);
    pen.fillStyle = inPath ? `rgba(255,${190 + random() * 50},130,${0.5 - depth * 0.2})` : `rgba(${random() > 0.5 ? '10,16,44' : '190,130,150'},${0.1 + 0.14 * random()})`;
    pen.fillRect(x, y, long, 0.8 + depth * 3.2);
  }
  finish(pen, w, h, random);
}

export function forest(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, 0, h, [[0, '#dfe9e2'], [0.5, '#b9cec0'], [1, '#6f8c78']]));
  glow(pen, w * 0.55, h * 0.2, w * 0.7, 'rgba(255,240,190,.16)');
  const layers = 6;
  for (let layer = 0; layer < layers; ++layer) {
    const near = layer / (layers - 1);
    const green = `rgb(${168 - 150 * near},${192 - 148 * near},${176 - 144 * near})`;
    const curve = makeCurve(random, 4);
    const ground = h * (0.52 + 0.4 * near);
    fillBelow(pen, w, h, (x) => ground + curve((x / w) * 3) * h * 0.03, green);
    const trees = 16 - layer * 2;
    for (let tree = 0; tree < trees; ++tree) {
      const x = ((tree + random.between(0.1, 0.9)) / trees) * w * 1.1 - w * 0.05;
      fir(pen, x, ground + curve((x / w) * 3) * h * 0.03 + 8, h * random.between(0.16, 0.27) * (0.7 + near * 1.15), green, random);
    }
    blurred(pen, 34, (pen) => {
      pen.fillStyle = `rgba(226,236,228,${0.34 * (1 - near)})`;
      pen.fillRect(-60, ground - h * 0.06, w + 120, h * 0.12);
    });
  }
  finish(pen, w, h, random);
}

function fir(pen, x, foot, tall, colour, random) {
  pen.fillStyle = colour;
  pen.fillRect(x - tall * 0.012, foot - tall * 0.2, tall * 0.024, tall * 0.2);
  const tiers = 9;
  for (let tier = 0; tier < tiers; ++tier) {
    const t = tier / tiers;
    const y = foot - tall * (0.08 + 0.84 * t);
    const half = tall * 0.2 * (1 - t) ** 0.9 * random.between(0.85, 1.15);
    pen.beginPath();
    pen.moveTo(x, y - tall * 0.16);
    pen.quadraticCurveTo(x + half * 0.35, y - tall * 0.03, x + half, y + tall * 0.012);
    pen.quadraticCurveTo(x, y - tall * 0.02, x - half, y + tall * 0.012);
    pen.quadraticCurveTo(x - half * 0.35, y - tall * 0.03, x, y - tall * 0.16);
    pen.fill();
  }
}

export function dunes(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, 0, h * 0.7, [[0, '#070b24'], [0.6, '#1d2558'], [1, '#54457e']]));
  blurred(pen, 26, (pen) => {
    for (let cloud = 0; cloud < 60; ++cloud) {
      const t = random();
      disc(pen, w * (0.1 + t * 0.85), h * (0.52 - t * 0.48) + random.between(-40, 40), random.between(14, 46), 'rgba(160,150,230,.07)');
    }
  });
  for (let star = 0; star < 900; ++star) {
    disc(pen, random() * w, random() ** 1.3 * h * 0.62, random() ** 6 * 2 + 0.45, `rgba(255,250,${225 + random() * 30},${random.between(0.25, 0.95)})`);
  }
  glow(pen, w * 0.79, h * 0.2, h * 0.28, 'rgba(200,210,255,.14)');
  pen.fillStyle = '#f6f3df';
  pen.beginPath(); // a crescent: around the moon, back along the shadow's edge
  pen.arc(w * 0.79, h * 0.2, h * 0.045, -1.634, 2.221);
  pen.arc(w * 0.777, h * 0.193, h * 0.043, 1.667, -1.079, true);
  pen.fill();
  for (let layer = 0; layer < 5; ++layer) {
    const near = layer / 4;
    const curve = makeCurve(random, 2);
    const base = h * (0.6 + 0.28 * near);
    const crest = (x) => base + curve((x / w) * (1.6 - near * 0.5) + layer * 5) * h * 0.1;
    const lit = [[0, `rgb(${150 + 40 * near},${112 + 30 * near},${120 + 4 * near})`], [0.35, `rgb(${96 + 20 * near},${68 + 8 * near},${92})`], [1, '#231b3c']];
    fillBelow(pen, w, h, crest, linear(pen, 0, base - h * 0.1, 0, base + h * 0.3, lit));
    pen.save();
    pen.globalAlpha = 0.5;
    fillBelow(pen, w, h, (x) => crest(x) + Math.max(0, curve((x / w) * 1.6 + layer * 5 + 0.6)) * h * 0.16 + 2, '#1c1636');
    pen.restore();
  }
  finish(pen, w, h, random, 8);
}

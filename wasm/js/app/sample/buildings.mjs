import { blurred, disc, fillAll, fillBelow, finish, glow, linear, makeCurve, oval } from './brush.mjs';

export function city(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, 0, h * 0.8, [[0, '#0a1030'], [0.6, '#3a2a63'], [1, '#b0567a']]));
  glow(pen, w * 0.5, h * 0.75, w * 0.6, 'rgba(255,140,110,.4)');
  for (let layer = 0; layer < 3; ++layer) {
    const shades = ['#5a4377', '#2e2752', '#131530'];
    for (let x = -40; x < w;) {
      const wide = random.between(60, 130) * (0.8 + layer * 0.35);
      const tall = h * random.between(0.18, 0.5) * (1 - layer * 0.12);
      tower(pen, x, h * (0.8 + layer * 0.03) - tall, wide, h, shades[layer], layer, random);
      x += wide + random.between(-4, 16);
    }
  }
  const shore = h * 0.86;
  pen.save();
  pen.beginPath();
  pen.rect(0, shore, w, h - shore);
  pen.clip();
  pen.globalAlpha = 0.55;
  pen.filter = 'blur(5px)';
  pen.setTransform(1, 0, 0, -0.9, 0, shore * 1.9);
  pen.drawImage(pen.canvas, 0, 0);
  pen.restore();
  fillAllBelow(pen, w, h, shore, 'rgba(8,10,34,.45)');
  for (let glint = 0; glint < 300; ++glint) {
    pen.fillStyle = `rgba(255,${180 + random() * 60},140,${random.between(0.05, 0.3)})`;
    pen.fillRect(random() * w, shore + random() ** 1.4 * (h - shore), random.between(8, 60), 1.6);
  }
  finish(pen, w, h, random);
}

function fillAllBelow(pen, w, h, top, style) {
  pen.fillStyle = style;
  pen.fillRect(0, top, w, h - top);
}

function tower(pen, x, top, wide, h, colour, layer, random) {
  pen.fillStyle = colour;
  pen.fillRect(x, top, wide, h * 0.86 - top);
  if (random() > 0.6) pen.fillRect(x + wide / 2 - 2, top - random.between(20, 70), 4, 80);
  if (layer === 0) return;
  const step = 9 + layer * 5;
  for (let wy = top + step; wy < h * 0.84; wy += step * 1.4) {
    for (let wx = x + step * 0.6; wx < x + wide - step; wx += step) {
      if (random() > 0.42) continue;
      pen.fillStyle = `rgba(255,${random.between(190, 235)},${random.between(110, 190)},${random.between(0.35, 0.95)})`;
      pen.fillRect(wx, wy, step * 0.5, step * 0.7);
    }
  }
}

export function terrace(pen, w, h, random) {
  const quay = h * 0.66;
  fillAll(pen, w, quay, linear(pen, 0, 0, 0, quay, [[0, '#a9cbe0'], [1, '#f3e6d0']]));
  blurred(pen, 12, (pen) => {
    for (let cloud = 0; cloud < 26; ++cloud) oval(pen, random() * w, random() * h * 0.22, random.between(40, 150), random.between(8, 26), 'rgba(255,255,255,.4)');
  });
  const fronts = ['#c8553d', '#e0a458', '#8a9b68', '#d7c0a0', '#5b7f95', '#b4656f', '#e9d2a6', '#7b5b4c'];
  let last = '';
  for (let x = 0; x < w;) {
    const wide = Math.min(random.between(130, 180), Math.max(90, w - x + 20));
    const colour = random.pick(fronts.filter((front) => front !== last));
    house(pen, x, quay, wide, h * random.between(0.4, 0.5), (last = colour), random);
    x += wide;
  }
  pen.fillStyle = '#6d6258';
  pen.fillRect(0, quay, w, h * 0.035);
  const water = quay + h * 0.035;
  pen.save();
  pen.beginPath();
  pen.rect(0, water, w, h - water);
  pen.clip();
  pen.setTransform(1, 0, 0, -0.85, 0, water * 1.85);
  pen.filter = 'blur(3px) brightness(.72) saturate(.9)';
  pen.drawImage(pen.canvas, 0, 0);
  pen.restore();
  for (let ripple = 0; ripple < 420; ++ripple) {
    const depth = random();
    pen.fillStyle = `rgba(${random() > 0.5 ? '235,240,240' : '20,40,50'},${random.between(0.04, 0.16)})`;
    pen.fillRect(random() * w, water + depth * (h - water), random.between(20, 120), 1 + depth * 2.5);
  }
  finish(pen, w, h, random, 0);
}

function house(pen, x, foot, wide, tall, colour, random) {
  const top = foot - tall;
  const gable = wide * 0.5;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, foot);
  pen.lineTo(x, top + gable * 0.6);
  for (const [dx, dy] of random.pick([[[0.5, -0.1]], [[0.18, 0.6], [0.18, 0.3], [0.34, 0.3], [0.34, 0], [0.66, 0], [0.66, 0.3], [0.82, 0.3], [0.82, 0.6]]])) {
    pen.lineTo(x + wide * dx, top + gable * dy);
  }
  pen.lineTo(x + wide, top + gable * 0.6);
  pen.lineTo(x + wide, foot);
  pen.fill();
  pen.fillStyle = linear(pen, x, 0, x + wide, 0, [[0, 'rgba(255,255,255,.1)'], [0.9, 'rgba(0,0,0,.12)'], [1, 'rgba(0,0,0,.35)']]);
  pen.fill();
  const columns = 3;
  const ww = wide * 0.17;
  for (let row = 0; row < 4; ++row) {
    for (let column = 0; column < columns; ++column) {
      const wx = x + wide * ((column + 0.5) / columns) - ww / 2;
      const wy = top + gable * 0.8 + row * tall * 0.19;
      const wh = tall * 0.125;
      if (wy + wh > foot - tall * 0.06) continue;
      pen.fillStyle = '#f7f2e6';
      pen.fillRect(wx - 4, wy - 4, ww + 8, wh + 8);
      pen.fillStyle = random() > 0.8 ? '#ffd98a' : linear(pen, wx, wy, wx + ww, wy + wh, [[0, '#7f9db0'], [1, '#2b3d4c']]);
      pen.fillRect(wx, wy, ww, wh);
      pen.fillStyle = '#f7f2e6';
      pen.fillRect(wx + ww / 2 - 1.5, wy, 3, wh);
      pen.fillRect(wx, wy + wh * 0.45, ww, 3);
    }
  }
  pen.fillStyle = random.pick(['#2f4a3a', '#6b2b23', '#26384f']);
  pen.fillRect(x + wide * 0.4, foot - tall * 0.15, wide * 0.2, tall * 0.15);
}

export function lighthouse(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, 0, h * 0.8, [[0, '#131c45'], [0.5, '#49508e'], [0.85, '#d98a82'], [1, '#f5c08a']]));
  for (let star = 0; star < 160; ++star) disc(pen, random() * w, random() * h * 0.4, random.between(0.4, 1.5), 'rgba(255,255,240,.7)');
  const lamp = { x: w * 0.52, y: h * 0.25 };
  blurred(pen, 14, (pen) => {
    for (const [angle, strength] of [[-0.16, 0.5], [Math.PI + 0.1, 0.34]]) {
      const far = w * 1.1;
      pen.fillStyle = `rgba(255,240,190,${strength * 0.5})`;
      pen.beginPath();
      pen.moveTo(lamp.x, lamp.y);
      pen.lineTo(lamp.x + Math.cos(angle - 0.07) * far, lamp.y + Math.sin(angle - 0.07) * far);
      pen.lineTo(lamp.x + Math.cos(angle + 0.07) * far, lamp.y + Math.sin(angle + 0.07) * far);
      pen.fill();
    }
  });
  const horizon = h * 0.74;
  pen.fillStyle = linear(pen, 0, horizon, 0, h, [[0, '#8d6d8c'], [0.25, '#3b4377'], [1, '#10173a']]);
  pen.fillRect(0, horizon, w, h - horizon);
  const curve = makeCurve(random, 5);
  fillBelow(pen, w, h, (x) => h * 0.8 - Math.exp(-(((x / w - 0.52) / 0.24) ** 2)) * h * 0.11 + curve((x / w) * 5) * h * 0.018 + Math.abs(x / w - 0.52) * h * 0.16, linear(pen, 0, h * 0.66, 0, h, [[0, '#3a3347'], [1, '#0f0e1c']]));
  tube(pen, lamp.x, h * 0.29, h * 0.71, w * 0.065, w * 0.1);
  pen.fillStyle = '#2a2436';
  pen.fillRect(lamp.x - w * 0.085, h * 0.283, w * 0.17, h * 0.011);
  pen.fillStyle = '#ffe9a8';
  pen.fillRect(lamp.x - w * 0.042, h * 0.228, w * 0.084, h * 0.056);
  pen.fillStyle = '#8e2a2a';
  pen.beginPath();
  pen.moveTo(lamp.x - w * 0.062, h * 0.229);
  pen.quadraticCurveTo(lamp.x, h * 0.17, lamp.x + w * 0.062, h * 0.229);
  pen.fill();
  glow(pen, lamp.x, lamp.y, w * 0.3, 'rgba(255,232,160,.8)');
  for (let wave = 0; wave < 240; ++wave) {
    const depth = random();
    pen.fillStyle = `rgba(${random() > 0.6 ? '240,200,190' : '8,12,40'},${random.between(0.05, 0.2)})`;
    pen.fillRect(random() * w, h * 0.87 + depth * h * 0.13, random.between(20, 110), 1 + depth * 4);
  }
  finish(pen, w, h, random);
}

/** The tower in its four bands, round by its shading. */
function tube(pen, x, top, foot, halfTop, halfFoot) {
  const bands = 6;
  const halfAt = (t) => halfTop + (halfFoot - halfTop) * t;
  for (let band = 0; band < bands; ++band) {
    const [from, to] = [band / bands, (band + 1) / bands];
    const [y0, y1] = [top + (foot - top) * from, top + (foot - top) * to];
    pen.fillStyle = band % 2 ? '#f2e9df' : '#b93a36';
    pen.beginPath();
    pen.moveTo(x - halfAt(from), y0);
    pen.lineTo(x + halfAt(from), y0);
    pen.lineTo(x + halfAt(to), y1);
    pen.lineTo(x - halfAt(to), y1);
    pen.fill();
    pen.fillStyle = linear(pen, x - halfFoot, 0, x + halfFoot, 0, [[0, 'rgba(20,16,50,.55)'], [0.35, 'rgba(255,230,200,.12)'], [1, 'rgba(20,16,50,.7)']]);
    pen.fill();
  }
}

import { blurred, disc, fillAll, finish, glow, kTau, linear, makeCurve, oval, radial } from './brush.mjs';

function table(pen, w, h, top, colours, random) {
  pen.fillStyle = linear(pen, 0, top, 0, h, [[0, colours[0]], [1, colours[1]]]);
  pen.fillRect(0, top, w, h - top);
  const curve = makeCurve(random, 3);
  for (let line = 0; line < 90; ++line) {
    const y = top + (h - top) * (line / 90) ** 1.3;
    pen.strokeStyle = `rgba(${random() > 0.5 ? '40,18,6' : '255,220,170'},${random.between(0.03, 0.12)})`;
    pen.lineWidth = random.between(0.8, 3);
    pen.beginPath();
    for (let x = 0; x <= w; x += 24) pen.lineTo(x, y + curve(x / w + line * 0.13) * 14);
    pen.stroke();
  }
}

function shadowUnder(pen, x, y, rx, ry) {
  blurred(pen, ry * 0.7, (pen) => oval(pen, x + rx * 0.35, y, rx * 1.15, ry, 'rgba(20,8,2,.55)'));
}

export function apples(pen, w, h, random) {
  fillAll(pen, w, h, radial(pen, w * 0.2, h * 0.2, 0, w * 1.1, [[0, '#8a8f86'], [0.5, '#4d554f'], [1, '#1f2422']]));
  table(pen, w, h, h * 0.62, ['#a8713f', '#5a3216'], random);
  const hues = [['#ffb199', '#d8322a', '#6d0d12'], ['#f3f2a0', '#9dbb3a', '#3d5a12'], ['#ffd08a', '#e2562d', '#7a1510']];
  const places = [[0.66, 0.6, 0.155], [0.33, 0.62, 0.17], [0.52, 0.7, 0.185]];
  places.forEach(([x, y, r], i) => apple(pen, x * w, y * h, r * w, hues[i], random));
  finish(pen, w, h, random);
}

function apple(pen, x, y, r, [light, middle, dark], random) {
  shadowUnder(pen, x, y + r * 0.86, r * 0.9, r * 0.2);
  const body = () => {
    pen.beginPath();
    pen.moveTo(x, y - r * 0.72);
    pen.bezierCurveTo(x + r * 0.55, y - r * 1.08, x + r * 1.16, y - r * 0.6, x + r * 0.98, y + r * 0.1);
    pen.bezierCurveTo(x + r * 0.85, y + r * 0.75, x + r * 0.4, y + r * 0.98, x, y + r * 0.9);
    pen.bezierCurveTo(x - r * 0.4, y + r * 0.98, x - r * 0.85, y + r * 0.75, x - r * 0.98, y + r * 0.1);
    pen.bezierCurveTo(x - r * 1.16, y - r * 0.6, x - r * 0.55, y - r * 1.08, x, y - r * 0.72);
  };
  pen.save();
  body();
  pen.clip();
  const shade = pen.createRadialGradient(x - r * 0.4, y - r * 0.4, r * 0.05, x, y, r * 1.25);
  [[0, light], [0.42, middle], [1, dark]].forEach(([at, colour]) => shade.addColorStop(at, colour));
  pen.fillStyle = shade;
  pen.fillRect(x - 2 * r, y - 2 * r, 4 * r, 4 * r);
  for (let streak = 0; streak < 150; ++streak) {
    const turn = random.between(-1.3, 1.3);
    pen.strokeStyle = `rgba(255,${170 + random() * 60},120,${random.between(0.02, 0.09)})`;
    pen.lineWidth = random.between(1, 3);
    pen.beginPath();
    pen.moveTo(x + turn * r * 0.15, y - r * 0.7);
    pen.quadraticCurveTo(x + turn * r, y - r * 0.1, x + turn * r * 0.6, y + r * 0.85);
    pen.stroke();
  }
  blurred(pen, r * 0.08, (pen) => {
    oval(pen, x, y - r * 0.72, r * 0.3, r * 0.11, 'rgba(40,16,6,.6)');
    oval(pen, x - r * 0.45, y - r * 0.4, r * 0.13, r * 0.2, 'rgba(255,255,245,.75)', 0.5);
  });
  pen.restore();
  pen.strokeStyle = '#3b2413';
  pen.lineWidth = r * 0.06;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(x, y - r * 0.68);
  pen.quadraticCurveTo(x + r * 0.02, y - r * 0.95, x + r * 0.16, y - r * 1.08);
  pen.stroke();
}

export function flowers(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, w, h, [[0, '#f1e4d3'], [0.6, '#dcb99c'], [1, '#a97f66']]));
  table(pen, w, h, h * 0.8, ['#d9c2a8', '#8d6a50'], random);
  const foot = { x: w * 0.5, y: h * 0.88 };
  shadowUnder(pen, foot.x, foot.y, w * 0.15, h * 0.018);
  const blooms = Array.from({ length: 15 }, () => {
    const turn = random.between(-1.15, 1.15);
    const long = h * random.between(0.26, 0.48);
    return { x: foot.x + Math.sin(turn) * long, y: h * 0.62 - Math.cos(turn) * long };
  });
  for (const bloom of blooms) stem(pen, foot.x, h * 0.66, bloom, random);
  vase(pen, foot.x, foot.y, w * 0.15, h * 0.28);
  const hues = ['#e4572e', '#f2a541', '#d1495b', '#f6e7cb', '#8367c7', '#ef798a'];
  blooms.sort((a, b) => a.y - b.y).forEach((bloom) => flower(pen, bloom.x, bloom.y, w * random.between(0.05, 0.085), random.pick(hues), random));
  finish(pen, w, h, random);
}

function stem(pen, x, y, bloom, random) {
  pen.strokeStyle = random.pick(['#41663a', '#56803f', '#345a3b']);
  pen.lineWidth = random.between(4, 8);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.quadraticCurveTo(x + (bloom.x - x) * 0.2, bloom.y + (y - bloom.y) * 0.4, bloom.x, bloom.y);
  pen.stroke();
  oval(pen, (x + bloom.x) / 2 + 12, (y + bloom.y) / 2, 44, 13, random.pick(['#5f8a45', '#47703c']), random.between(-1, 1));
}

function vase(pen, x, foot, r, tall) {
  pen.fillStyle = linear(pen, x - r, 0, x + r, 0, [[0, '#bfe0e4'], [0.25, '#5f9aa6'], [0.7, '#2f6474'], [1, '#1b4150']]);
  pen.beginPath();
  pen.moveTo(x - r * 0.45, foot - tall);
  pen.bezierCurveTo(x - r * 0.35, foot - tall * 0.75, x - r * 1.3, foot - tall * 0.5, x - r * 0.6, foot);
  pen.quadraticCurveTo(x, foot + tall * 0.05, x + r * 0.6, foot);
  pen.bezierCurveTo(x + r * 1.3, foot - tall * 0.5, x + r * 0.35, foot - tall * 0.75, x + r * 0.45, foot - tall);
  pen.fill();
  blurred(pen, 7, (pen) => oval(pen, x - r * 0.5, foot - tall * 0.42, r * 0.09, tall * 0.2, 'rgba(255,255,255,.65)', 0.12));
}

function flower(pen, x, y, r, colour, random) {
  const petals = 7 + Math.floor(random() * 6);
  const turn = random() * kTau;
  for (let ring = 0; ring < 2; ++ring) {
    for (let i = 0; i < petals; ++i) {
      const angle = turn + ((i + ring * 0.5) / petals) * kTau;
      const reach = r * (ring ? 0.42 : 0.68);
      pen.save();
      pen.globalAlpha = 0.94;
      pen.shadowColor = 'rgba(60,20,10,.35)';
      pen.shadowBlur = r * 0.12;
      oval(pen, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, r * 0.52, r * 0.26, colour, angle);
      pen.restore();
    }
  }
  disc(pen, x, y, r * 0.27, radial(pen, x - r * 0.08, y - r * 0.08, 0, r * 0.3, [[0, '#ffe08a'], [1, '#8a5a1a']]));
}

export function teacup(pen, w, h, random) {
  fillAll(pen, w, h, radial(pen, w * 0.3, h * 0.25, 0, w, [[0, '#4f7263'], [0.6, '#22392f'], [1, '#101c17']]));
  table(pen, w, h, h * 0.7, ['#7a4b2b', '#3a2010'], random);
  const x = w * 0.5;
  const y = h * 0.56;
  const r = w * 0.17;
  shadowUnder(pen, x, y + r * 1.0, r * 1.7, r * 0.25);
  oval(pen, x, y + r * 0.93, r * 1.75, r * 0.36, '#c9bfae');
  oval(pen, x, y + r * 0.88, r * 1.75, r * 0.34, linear(pen, x - 2 * r, 0, x + 2 * r, 0, [[0, '#fffaf0'], [0.6, '#e5dccb'], [1, '#a99f8c']]));
  oval(pen, x, y + r * 0.92, r * 0.9, r * 0.17, '#cfc5b2');
  pen.strokeStyle = '#ded4c2';
  pen.lineWidth = r * 0.15;
  pen.beginPath();
  pen.ellipse(x + r * 1.05, y + r * 0.18, r * 0.36, r * 0.34, 0, -1.9, 1.9);
  pen.stroke();
  pen.fillStyle = linear(pen, x - r, 0, x + r, 0, [[0, '#fffdf6'], [0.45, '#efe7d8'], [1, '#a59a86']]);
  pen.beginPath();
  pen.moveTo(x - r * 1.08, y - r * 0.35);
  pen.bezierCurveTo(x - r * 1.0, y + r * 0.5, x - r * 0.65, y + r * 0.9, x - r * 0.4, y + r * 0.94);
  pen.quadraticCurveTo(x, y + r * 1.03, x + r * 0.4, y + r * 0.94);
  pen.bezierCurveTo(x + r * 0.65, y + r * 0.9, x + r * 1.0, y + r * 0.5, x + r * 1.08, y - r * 0.35);
  pen.fill();
  oval(pen, x, y - r * 0.35, r * 1.08, r * 0.27, '#f7f1e4');
  oval(pen, x, y - r * 0.33, r * 0.98, r * 0.22, linear(pen, x - r, 0, x + r, 0, [[0, '#c4722a'], [0.5, '#8a4314'], [1, '#5a290b']]));
  blurred(pen, 16, (pen) => {
    for (let wisp = 0; wisp < 3; ++wisp) {
      const from = x + (wisp - 1) * r * 0.4;
      pen.strokeStyle = 'rgba(240,245,238,.3)';
      pen.lineWidth = r * 0.1;
      pen.beginPath();
      pen.moveTo(from, y - r * 0.45);
      pen.bezierCurveTo(from - r * 0.4, y - r, from + r * 0.5, y - r * 1.5, from + (wisp - 1) * 20, y - r * random.between(2, 2.4));
      pen.stroke();
    }
  });
  glow(pen, w * 0.2, h * 0.15, w * 0.5, 'rgba(255,236,190,.16)');
  finish(pen, w, h, random);
}

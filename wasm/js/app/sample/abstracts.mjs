import { blurred, disc, fillAll, finish, kTau, linear, makeCurve } from './brush.mjs';

export function circles(pen, w, h, random) {
  fillAll(pen, w, h, '#f2e6d0');
  const hues = ['#d1495b', '#edae49', '#00798c', '#30638e', '#003d5b', '#f26d3d', '#7a9e7e', '#f7c7b3', '#2b2d42'];
  const cells = 4;
  const side = w / cells;
  for (let row = 0; row < cells; ++row) {
    for (let column = 0; column < cells; ++column) {
      const [x, y] = [column * side, row * side];
      pen.save();
      pen.beginPath();
      pen.rect(x, y, side, side);
      pen.clip();
      fillCell(pen, x, y, side, random.pick(hues));
      const rings = 4 + Math.floor(random() * 3);
      for (let ring = 0; ring < rings; ++ring) {
        const r = side * 0.52 * (1 - ring / rings) * random.between(0.9, 1.08);
        disc(pen, x + side / 2 + random.between(-6, 6), y + side / 2 + random.between(-6, 6), r, random.pick(hues));
      }
      pen.restore();
    }
  }
  blurred(pen, 18, (pen) => {
    for (let i = 0; i < cells * cells; ++i) {
      const [column, row] = [i % cells, Math.floor(i / cells)];
      disc(pen, side * (column + 0.38), side * (row + 0.36), side * 0.14, 'rgba(255,255,255,.16)');
    }
  });
  finish(pen, w, h, random, 0);
}

function fillCell(pen, x, y, side, colour) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, side, side);
}

export function currents(pen, w, h, random) {
  fillAll(pen, w, h, linear(pen, 0, 0, w, h, [[0, '#0b1130'], [0.5, '#12224f'], [1, '#2a0f3d']]));
  const [along, across] = [makeCurve(random, 2), makeCurve(random, 2)];
  const angleAt = (x, y) => (along(x / 420 + 3) + across(y / 360 + 7)) * kTau * 0.42 + 0.3;
  const hues = [[255, 205, 120], [255, 122, 110], [126, 200, 255], [150, 130, 255], [240, 240, 255]];
  pen.lineCap = 'round';
  for (let line = 0; line < 1500; ++line) {
    let [x, y] = [random.between(-0.1, 1.1) * w, random.between(-0.1, 1.1) * h];
    const [r, g, b] = random.pick(hues);
    pen.strokeStyle = `rgba(${r},${g},${b},${random.between(0.08, 0.4)})`;
    pen.lineWidth = random() ** 3 * 5 + 0.6;
    pen.beginPath();
    pen.moveTo(x, y);
    for (let step = 0; step < 70; ++step) {
      const angle = angleAt(x, y);
      x += Math.cos(angle) * 7;
      y += Math.sin(angle) * 7;
      pen.lineTo(x, y);
    }
    pen.stroke();
  }
  finish(pen, w, h, random, 8);
}

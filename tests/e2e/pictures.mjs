// Test pictures, made by code with an encoder that is not ours (sharp, and a few bytes by hand).
import sharp from 'sharp';

/** A small scene with distinct corners, so that a turned or mirrored picture is told from an upright one. */
export function scene(width, height, seed = 0) {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const left = x < width / 2;
      const top = y < height / 2;
      const wave = Math.round(30 * Math.sin((x + seed * 13) / 9) + 30 * Math.cos((y - seed * 7) / 11));
      data[at] = clamp((left ? 200 : 60) + wave);
      data[at + 1] = clamp((top ? 180 : 50) + wave / 2);
      data[at + 2] = clamp((left === top ? 40 : 190) + ((seed * 37) % 60));
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}
const clamp = (v) => Math.max(0, Math.min(255, Math.round(v)));

/** As a camera stores it: pixels turned so that `orientation` makes them upright again. (sharp mirrors before it turns.) */
export async function orientedJpeg(width, height, orientation, seed) {
  let stored = scene(width, height, seed);
  const undo = { 1: (s) => s, 2: (s) => s.flop(), 3: (s) => s.rotate(180), 4: (s) => s.flip(),
    5: (s) => s.rotate(270).flop(), 6: (s) => s.rotate(270), 7: (s) => s.rotate(90).flop(), 8: (s) => s.rotate(90) }[orientation];
  const turned = await undo(stored).png().toBuffer();
  return sharp(turned).withMetadata({ orientation }).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
}

export async function bmp(width, height, seed) {
  const { data } = await scene(width, height, seed).raw().toBuffer({ resolveWithObject: true });
  const stride = Math.ceil((width * 3) / 4) * 4;
  const out = Buffer.alloc(54 + stride * height);
  out.write('BM', 0);
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(54, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      const to = 54 + (height - 1 - y) * stride + x * 3;
      out[to] = data[from + 2];
      out[to + 1] = data[from + 1];
      out[to + 2] = data[from];
    }
  }
  return out;
}

/** Forty files as somebody's folder has them: every orientation, every common format, one cut off, one that lies. */
export async function fortyFiles() {
  const files = [];
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    files.push({ name: `camera_${orientation}.jpg`, type: 'image/jpeg', bytes: await orientedJpeg(320, 200, orientation, orientation) });
  }
  for (let i = 1; i <= 8; i += 1) files.push({ name: `photo ${i}.jpeg`, type: 'image/jpeg', bytes: await scene(300 + i * 10, 240, 20 + i).jpeg({ quality: 85, progressive: i % 2 === 0 }).toBuffer() });
  for (let i = 1; i <= 8; i += 1) files.push({ name: `drawing-${i}.png`, type: 'image/png', bytes: await scene(160, 120 + i, 40 + i).png({ palette: i % 2 === 0 }).toBuffer() });
  for (let i = 1; i <= 7; i += 1) files.push({ name: `web-${i}.webp`, type: 'image/webp', bytes: await scene(200 + i, 150, 60 + i).webp(i % 2 ? { quality: 80 } : { lossless: true }).toBuffer() });
  for (let i = 1; i <= 3; i += 1) files.push({ name: `loop-${i}.gif`, type: 'image/gif', bytes: await scene(90 + i, 80, 70 + i).gif().toBuffer() });
  for (let i = 1; i <= 4; i += 1) files.push({ name: `old-${i}.bmp`, type: 'image/bmp', bytes: await bmp(121 + i, 75, 80 + i) });
  const whole = await scene(640, 480, 99).jpeg({ quality: 90 }).toBuffer();
  files.push({ name: 'cut-off.jpg', type: 'image/jpeg', bytes: whole.subarray(0, Math.floor(whole.length / 2)) });
  files.push({ name: 'not-a-picture.jpg', type: 'image/jpeg', bytes: Buffer.from('Dear diary, this is a letter and no picture at all.\n') });
  return files;
}

/** Twelve megapixels with the detail of a photo: about 3 MB as JPEG. */
export async function twelveMegapixels(seed = 1) {
  const width = 4032;
  const height = 3024;
  const data = Buffer.alloc(width * height * 3);
  let random = seed >>> 0 || 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      const grain = ((random >>> 24) - 128) / 11;
      const at = (y * width + x) * 3;
      const hill = 60 * Math.sin(x / 190 + seed) + 50 * Math.cos(y / 140 - seed) + 14 * Math.sin((x * y) / 90000);
      data[at] = clamp(128 + hill + grain);
      data[at + 1] = clamp(120 + hill * 0.7 + grain);
      data[at + 2] = clamp(110 - hill * 0.5 + grain);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 88 }).toBuffer();
}

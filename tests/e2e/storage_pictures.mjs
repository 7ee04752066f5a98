// Small pictures, each different, for tests that only care that there are some.
import sharp from 'sharp';

/** @returns {Promise<Array<{name: string, bytes: Buffer}>>} */
export const manyPictures = (count, first = 0) =>
  Promise.all(Array.from({ length: count }, async (_, i) => {
    const background = { r: (first + i * 37) & 255, g: (i * 91 + first) & 255, b: (i * 53 + 7) & 255 };
    const bytes = await sharp({ create: { width: 96 + i, height: 64 + first, channels: 3, background } }).jpeg().toBuffer();
    return { name: `picture-${String(first + i).padStart(3, '0')}.jpg`, bytes };
  }));

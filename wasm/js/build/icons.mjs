// The icon as PNG, for where an SVG will not do: home screens, task bars.

import sharp from 'sharp';

import { kept } from './kept.mjs';

const kBackground = '#141a38'; // the colour of the icon's own border

const kIcons = [
  { name: 'icon-180.png', side: 180, inner: 180, background: kBackground },
  { name: 'icon-192.png', side: 192, inner: 192 },
  { name: 'icon-512.png', side: 512, inner: 512 },
  // Systems cut this one to their own shape; what matters lies in the inner four fifths.
  { name: 'icon-maskable.png', side: 512, inner: 440, background: kBackground },
];

/** @returns {Promise<Array<{name: string, png: Buffer}>>} */
export const drawIcons = (svg, work) =>
  Promise.all(kIcons.map(async ({ name, side, inner, background = '#00000000' }) => ({
    name,
    png: await kept(work, name, [svg, String([side, inner, background])], () => {
      const margin = (side - inner) / 2;
      return sharp(svg, { density: (72 * inner) / 32 })
        .resize(inner, inner)
        .extend({ top: margin, bottom: margin, left: margin, right: margin, background })
        .flatten(background === kBackground ? { background } : false)
        .png()
        .toBuffer();
    }),
  })));

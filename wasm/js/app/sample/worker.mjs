// Draws the sample set and posts it file by file, {file, path}, then null.

import { makeRandom } from './brush.mjs';
import { circles, currents } from './abstracts.mjs';
import { city, lighthouse, terrace } from './buildings.mjs';
import { dunes, forest, mountains, sea } from './landscapes.mjs';
import { apples, flowers, teacup } from './still_lifes.mjs';

// Different shapes, sizes and formats, as in a real folder. The seeds never change: everybody gets the same pictures.
const kPictures = [
  { name: 'mountains.jpg', paint: mountains, width: 1600, height: 1067, seed: 11,
    caption: 'layered blue mountain ridges at dawn under a pale sun, mist between the ridges' },
  { name: 'evening sea.jpg', paint: sea, width: 1440, height: 960, seed: 23,
    caption: 'an evening sea with a low orange sun and its glittering path on the water' },
  { name: 'forest in fog.jpg', paint: forest, width: 1067, height: 1600, seed: 31 },
  { name: 'dunes.webp', paint: dunes, width: 1600, height: 900, seed: 47,
    caption: 'sand dunes at night under a starry sky with a crescent moon' },
  { name: 'apples.jpg', paint: apples, width: 1200, height: 1200, seed: 5,
    caption: 'three apples on a wooden table in soft light from the left' },
  { name: 'flowers.webp', paint: flowers, width: 1024, height: 1365, seed: 67 },
  { name: 'teacup.jpg', paint: teacup, width: 1280, height: 1024, seed: 71,
    caption: 'a steaming cup of tea on a saucer in front of a dark green wall' },
  { name: 'city at night.jpg', paint: city, width: 1600, height: 1200, seed: 83 },
  { name: 'terrace.png', paint: terrace, width: 1500, height: 1000, seed: 97,
    caption: 'a row of narrow houses in warm colours along a canal, mirrored in the water' },
  { name: 'lighthouse.jpg', paint: lighthouse, width: 900, height: 1350, seed: 101,
    caption: 'a red and white lighthouse on a rock, its beam crossing the dusk' },
  { name: 'circles.png', paint: circles, width: 1200, height: 1200, seed: 113 },
  { name: 'currents.webp', paint: currents, width: 1600, height: 1000, seed: 127 },
];

const kTypes = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };
const kFolder = 'sample';
const kModified = Date.UTC(2026, 0, 1);

const fileOf = (parts, name, type) => ({
  file: new File(parts, name, { type, lastModified: kModified }),
  path: `${kFolder}/${name}`,
});

async function picture({ name, paint, width, height, seed }) {
  const canvas = new OffscreenCanvas(width, height);
  // Drawn by the processor, not the graphics card: the same strokes then give the same pixels everywhere.
  paint(canvas.getContext('2d', { alpha: false, willReadFrequently: true }), width, height, makeRandom(seed));
  const [stem, extension] = name.split('.');
  const blob = await canvas.convertToBlob({ type: kTypes[extension], quality: 0.88 });
  // Where the browser writes no WebP it gives a PNG instead.
  const written = blob.type === kTypes[extension] ? name : `${stem}.png`;
  return fileOf([blob], written, blob.type);
}

// The caption first: whoever sees the picture arrive should not see it without.
for (const one of kPictures) {
  if (one.caption) postMessage(fileOf([`${one.caption}\n`], one.name.replace(/\.\w+$/, '.txt'), 'text/plain'));
  postMessage(await picture(one));
}
postMessage(null);

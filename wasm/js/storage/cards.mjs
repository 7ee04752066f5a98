// What the start page shows of a dataset without opening it: name, counts, a small mosaic. Written now and then, never
// the truth; a card that cannot be read is made again when its dataset is opened.
//
//   {name, items, captioned, bytes, changed, trashed?: session, cover: [{id, jpeg: base64}]}

import { readSmall, writeSmall } from './folders.mjs';

const kFile = 'card.json';
const kNone = { name: 'Untitled', items: 0, captioned: 0, bytes: 0, changed: 0, cover: [] };
export const kCoverPictures = 8;

export async function readCard(folder) {
  try {
    return { ...kNone, ...JSON.parse(await readSmall(folder, kFile)) };
  } catch {
    return { ...kNone };
  }
}

export const writeCard = (folder, card) => writeSmall(folder, kFile, JSON.stringify(card));

/** The card of an open dataset. */
export function cardOf(catalogue, thumbnails, now) {
  const cover = [];
  for (const id of catalogue.firstItems(kCoverPictures)) {
    const bytes = thumbnails?.get(id);
    if (bytes) cover.push({ id, jpeg: base64(bytes) });
  }
  return { name: catalogue.meta('name') ?? kNone.name, ...catalogue.counts(), changed: now, cover };
}

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

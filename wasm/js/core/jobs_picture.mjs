// What workers do with pictures. Everything is decoded by core.wasm; only AVIF and HEIC go through the browser.

import { CoreError } from './errors.mjs';
import { readInto } from './reading.mjs';

const maxFileBytes = 512 * 1024 * 1024;

export function refuseHuge(file) {
  if (file.size <= maxFileBytes) return;
  throw new CoreError({
    code: 'too_large',
    message: `The picture file is ${Math.round(file.size / 1e6)} MB; the limit is 512 MB.`,
    hint: 'Make it smaller with another program.',
  });
}

/** RGBA of a picture only the browser can decode, upright; reduced when it is far larger than `atLeast`. */
async function decodeInBrowser(file, mime, atLeast) {
  const format = mime.replace(/^image\//, '').toUpperCase();
  let bitmap;
  try {
    bitmap = await createImageBitmap(file.type ? file : file.slice(0, file.size, mime));
  } catch {
    throw new CoreError({
      code: 'unsupported',
      message: `This browser cannot decode this ${format} picture.`,
      hint: 'Convert it to JPEG or PNG, or check that it is complete.',
    });
  }
  const full = { width: bitmap.width, height: bitmap.height };
  const longSide = Math.max(bitmap.width, bitmap.height);
  const scale = atLeast > 0 && longSide > 4 * atLeast ? (2 * atLeast) / longSide : 1;
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { full, width, height, rgba: pen.getImageData(0, 0, width, height).data };
}

/**
 * The picture as core.wasm's functions take it: a file, or pixels with their size.
 * @returns {Promise<{at: number, size: number, width: number, height: number}>}
 */
export async function loadPicture(core, memory, file, name, atLeast) {
  const data = await readInto(core, memory, file);
  if (!core.number('core_needs_browser', data.at, data.size, name.at, name.size)) return { ...data, width: 0, height: 0 };
  memory.free(data.at);
  const drawn = await decodeInBrowser(file, file.type || 'image/avif', atLeast);
  return { ...memory.put(drawn.rgba), width: drawn.width, height: drawn.height };
}

const asBlob = ({ file, bytes }) => file ?? new Blob([bytes]);

export const pictureJobs = {
  async inspect(core, { file, name = file.name ?? '', thumb = 256, expectCrc32 }) {
    refuseHuge(file);
    return core.using(async (memory) => {
      const hint = memory.put(name);
      const data = await readInto(core, memory, file);
      let { value, parts } = core.call('core_inspect', data.at, data.size, hint.at, hint.size, thumb);
      if (expectCrc32 !== undefined && value.crc32 !== expectCrc32) {
        throw new CoreError({
          code: 'invalid_input',
          message: 'The content does not match its checksum.',
          hint: 'The archive it comes from is damaged: download or create it again.',
        });
      }
      if (value.browserDecodes) {
        memory.free(data.at);
        const drawn = await decodeInBrowser(file, value.mime, thumb);
        const pixels = memory.put(drawn.rgba);
        const rest = core.call('core_inspect_pixels', pixels.at, pixels.size, drawn.width, drawn.height, thumb);
        value = { ...value, ...rest.value, ...drawn.full };
        parts = rest.parts;
      }
      const { browserDecodes, thumbType, ...about } = value;
      return {
        ...about,
        thumb: { ...about.thumb, rgba: parts[0].buffer },
        thumbFile: { bytes: parts[1].buffer, type: thumbType },
      };
    });
  },

  /** A thumbnail that was stored as a file is pixels again. */
  thumbnail: (core, payload) => pictureJobs.pixels(core, { file: asBlob(payload), longSide: 0 }),

  async pixels(core, { file, bytes, name = file?.name ?? '', longSide = 0 }) {
    const blob = asBlob({ file, bytes });
    refuseHuge(blob);
    return core.using(async (memory) => {
      const hint = memory.put(name);
      const from = await loadPicture(core, memory, blob, hint, longSide);
      const { value, parts } = core.call(
        'core_pixels', from.at, from.size, from.width, from.height, hint.at, hint.size, longSide);
      return { ...value, rgba: parts[0].buffer };
    });
  },

  /** `boxes` are [left, top, width, height] in fractions of the upright picture. `base64`: the bytes are that text. */
  async copy(core, { file, bytes, name = file?.name ?? '', longSide = 1024, quality = 85, boxes = [], maxBytes = 0, base64 = false }) {
    const blob = asBlob({ file, bytes });
    refuseHuge(blob);
    return core.using(async (memory) => {
      const hint = memory.put(name);
      const from = await loadPicture(core, memory, blob, hint, longSide);
      const options = memory.put(JSON.stringify({ longSide, quality, boxes, maxBytes, base64 }));
      const { value, parts } = core.call(
        'core_copy', from.at, from.size, from.width, from.height, hint.at, hint.size, options.at, options.size);
      return { ...value, bytes: parts[0].buffer };
    });
  },

  async strip(core, { file }) {
    refuseHuge(file);
    return core.using(async (memory) => {
      const data = await readInto(core, memory, file);
      const { value, parts } = core.call('core_strip', data.at, data.size);
      return { bytes: value.changed ? parts[0].buffer : null, crc32: value.crc32, size: value.size };
    });
  },
};

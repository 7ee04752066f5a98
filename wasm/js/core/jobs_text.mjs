// Files as base64, for the bodies of requests. Three bytes become four letters, so a file is cut at multiples of three
// and the pieces are put together as they are.

import { readPieces } from './reading.mjs';

const kGatherBytes = 3 << 18; // a multiple of three

export const textJobs = {
  /** @returns {Promise<{base64: Blob, size: number}>}  size: of the file */
  base64: (core, { file }) =>
    core.using(async (memory) => {
      const at = memory.allocate(kGatherBytes);
      const texts = [];
      let held = 0;
      const encode = (size) => texts.push(core.call('core_base64', at, size).parts[0]);
      await readPieces(file, (bytes) => {
        for (let from = 0; from < bytes.length; ) {
          const some = bytes.subarray(from, from + kGatherBytes - held);
          core.view(at + held, some.length).set(some);
          from += some.length;
          held += some.length;
          if (held < kGatherBytes) break;
          encode(held);
          held = 0;
        }
      });
      if (held > 0) encode(held);
      return { base64: new Blob(texts), size: file.size };
    }),
};

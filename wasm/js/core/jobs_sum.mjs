// CRC-32 of files. core.wasm sums at memory speed, so all that counts here is reading.

import { readPieces } from './reading.mjs';

/** `tell` hears the size of each piece. */
function sum(core, file, tell) {
  return core.using(async (memory) => {
    let at = 0;
    let room = 0;
    let crc32 = 0;
    await readPieces(file, (bytes) => {
      if (bytes.length > room) [at, room] = [memory.allocate(bytes.length), bytes.length];
      core.view(at, bytes.length).set(bytes);
      crc32 = core.number('core_crc32', at, bytes.length, crc32);
      tell(bytes.length);
    });
    return crc32;
  });
}

export const sumJobs = {
  /** One file, or a part of one (file.slice); progress is in bytes so far. */
  async checksum(core, { file }, { progress }) {
    let done = 0;
    let told = 0;
    const crc32 = await sum(core, file, (bytes) => {
      done += bytes;
      if (done - told < 4e6 && done < file.size) return;
      progress((told = done));
    });
    return { crc32, size: file.size };
  },

  /** Many small files in one go: a message for each would cost more than its sum. */
  async checksums(core, { files }) {
    const sums = [];
    for (const file of files) sums.push(await sum(core, file, () => {}));
    return { crc32s: sums };
  },
};

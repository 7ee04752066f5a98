// ZIP archives: reading only what is needed of one, and planning the headers of a new one.

import { CoreError } from './errors.mjs';
import { readInto } from './reading.mjs';

const tailBytes = 22 + 65535 + 20 + 56; // kZipTailBytes of shared/archive/zip_reader.hpp
const headerBytes = 30;

export const zipJobs = {
  'zip.open': (core, { file }) =>
    core.using(async (memory) => {
      const tail = await readInto(core, memory, file.slice(Math.max(0, file.size - tailBytes)));
      const place = core.call('core_zip_locate', tail.at, tail.size, file.size).value;
      const directory = await readInto(core, memory, file.slice(place.offset, place.offset + place.size));
      const { value } = core.call(
        'core_zip_directory', directory.at, directory.size, place.offset, place.entries, place.prepended);
      // macOS takes letters and their accents apart; captions and folders are compared in the composed form.
      for (const entry of value.entries) entry.name = entry.name.normalize('NFC');
      return value;
    }),

  'zip.extract': (core, { file, entry }) =>
    core.using(async (memory) => {
      if (entry.problem) throw new CoreError(entry.problem);
      const about = memory.put(JSON.stringify(entry));
      const header = await readInto(core, memory, file.slice(entry.headerOffset, entry.headerOffset + headerBytes));
      const { offset } = core.call('core_zip_data_offset', about.at, about.size, header.at, header.size).value;
      const stored = file.slice(offset, offset + entry.storedSize);
      if (entry.method === 0) return { blob: stored, crc32: entry.crc32 }; // whoever reads it checks the sum
      const data = await readInto(core, memory, stored);
      const { parts } = core.call('core_zip_inflate', about.at, about.size, data.at, data.size);
      return { bytes: parts[0].buffer, crc32: entry.crc32 };
    }),

  'zip.plan': (core, { entries }) =>
    core.using(async (memory) => {
      const list = memory.put(JSON.stringify(entries));
      const { value, parts } = core.call('core_zip_plan', list.at, list.size);
      return { heads: parts[0].buffer, ends: value.ends, tail: parts[1].buffer, size: value.size };
    }),
};

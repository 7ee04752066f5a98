// Looking at pictures with networks that run here. A worker keeps the networks that it was given once.

import { loadPicture, refuseHuge } from './jobs_picture.mjs';
import { readInto } from './reading.mjs';

const kSide = 512; // of the picture that is looked at
const kKinds = ['labels', 'objects']; // in the order of core_load_network

const given = new WeakMap(); // core → the kinds that it has

async function give(core, kind, blob) {
  const has = given.get(core) ?? new Set();
  given.set(core, has);
  if (has.has(kind)) return;
  await core.using(async (memory) => {
    const file = await readInto(core, memory, blob);
    core.call('core_load_network', file.at, file.size, kKinds.indexOf(kind));
  });
  has.add(kind);
}

export const localJobs = {
  /** `networks`: {labels: Blob, objects?: Blob}, files as shared/local/network.hpp describes them. */
  async look(core, { file, name = file.name ?? '', boxes = [], networks }) {
    refuseHuge(file);
    for (const kind of kKinds) if (networks[kind]) await give(core, kind, networks[kind]);
    return core.using(async (memory) => {
      const hint = memory.put(name);
      const black = memory.put(JSON.stringify(boxes));
      const from = await loadPicture(core, memory, file, hint, kSide);
      const withObjects = networks.objects ? 1 : 0;
      return core.call(
        'core_look', from.at, from.size, from.width, from.height, hint.at, hint.size, black.at, black.size, withObjects).value;
    });
  },
};

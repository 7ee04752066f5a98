// Obeys what update() asks for. One function a kind; the structs are in wasm/app/effects.hpp. What comes of an effect
// goes back as an event, or as the answer to a script.

import { errorOf } from './errors.mjs';
import { storePreference } from './preferences.mjs';

/**
 * @param {object} parts
 * @returns {(effect: object) => void}
 */
export function createEffects({ intake, importing, exporting, picturesOut, sample, sources, calls, guard, storage, sending, looking, texts }) {
  const run = {
    PickFiles: ({ folder, project }) => intake.pick(folder, project),
    async MakeSample({ request }) {
      const arrival = intake.arrival(request);
      try {
        await sample(arrival.add);
      } catch (thrown) {
        calls.fail(request, errorOf(thrown));
      }
      arrival.end();
    },
    InspectPictures: (effect) => importing.inspect(effect),
    ReadTexts: (effect) => importing.readTexts(effect),
    OpenArchives: (effect) => importing.openArchives(effect),
    StopWork({ job }) {
      importing.stop(job);
      exporting.stop(job);
    },
    KeepSources({ kept }) {
      for (const { item, source } of kept) sources.keep(item, source);
    },
    BuildArchive: (effect) => exporting.build(effect),
    Reply({ request, json, error }) {
      if (error) calls.fail(request, error);
      else calls.answer(request, JSON.parse(json));
    },
    async ReplyWithPicture(effect) {
      try {
        calls.answer(effect.request, await picturesOut.make(effect));
      } catch (thrown) {
        calls.fail(effect.request, errorOf(thrown));
      }
    },
    StorePreference: storePreference,
    GuardLeaving: ({ guard: on }) => guard(on),
    ...storage.effects(),
    ...sending.effects(),
    ...looking.effects(),
    ...texts,
  };
  return (effect) => {
    const obey = run[effect.kind];
    if (!obey) throw new TypeError(`There is no effect “${effect.kind}”; site and app.wasm are of different versions.`);
    obey(effect);
  };
}

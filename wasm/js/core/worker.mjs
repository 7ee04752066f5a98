// The worker: takes a job, answers with its value or with an error, holds nothing in between.
//
//   kind         payload                                     value
//   inspect      {file, name?, thumb=256, expectCrc32?}      {hash, crc32, bytes, format, mime, width, height (upright),
//                                                             orientation, alpha, animated, phash, taken (ms or null),
//                                                             thumb: {width, height, rgba}, thumbFile: {bytes, type}}
//   thumbnail    {file | bytes}                              {width, height, rgba} of a stored thumbnail
//   pixels       {file | bytes, name?, longSide=0: full}     {width, height, rgba}
//   copy         {file | bytes, name?, longSide, quality,    {bytes, width, height, size, hash}: the
//                 boxes?, maxBytes?, base64?}                 very JPEG a model is sent
//   look         {file, name?, boxes?, networks: {labels:    what is seen in it (shared/caption/seen.hpp)
//                 Blob, objects?: Blob}}
//   base64       {file}                                      {base64: Blob, size}
//   strip        {file}                                      {bytes (null: nothing to take out), crc32, size}
//   checksum     {file}                                      {crc32, size}; progress in bytes
//   checksums    {files}                                     {crc32s}
//   zip.open     {file}                                      {entries: [{name, size, storedSize, method, crc32, time,
//                                                             headerOffset, endLimit, skip?, problem?}], warnings}
//   zip.extract  {file, entry}                               {blob, crc32} when stored, {bytes, crc32} when deflated
//   zip.plan     {entries: [{name, time?, size, crc32        {heads, ends, tail, size}: heads up to ends[i] go before
//                 | pieces: [[size, crc32], …] | text}]}      the content of the i-th entry that is no text
//
// Every rgba, bytes, heads and tail is an ArrayBuffer and is transferred. Messages:
//
//   in    {init: {module?}} once, first     {id, kind, payload}
//   out   {id, ok: true, value, heapBytes}  {id, ok: false, error: {code, message, hint}, fatal, heapBytes}
//         {id, progress}
//
// `fatal` says that this worker must not be used again: wasm that aborted is in an unknown state.

import createCore from './core.mjs';
import { CoreError, describe } from './errors.mjs';
import { localJobs } from './jobs_local.mjs';
import { pictureJobs } from './jobs_picture.mjs';
import { sumJobs } from './jobs_sum.mjs';
import { textJobs } from './jobs_text.mjs';
import { zipJobs } from './jobs_zip.mjs';
import { Core } from './memory.mjs';

const kinds = { ...localJobs, ...pictureJobs, ...sumJobs, ...textJobs, ...zipJobs };

/** The page compiles core.wasm once and sends the module; without one the glue fetches it itself. */
async function startCore(module) {
  const options = { print: () => {}, printErr: () => {} };
  if (module) {
    options.instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    };
  }
  return new Core(await createCore(options));
}

/** Our values are at most two objects deep. */
function buffersIn(value, depth = 2) {
  if (value instanceof ArrayBuffer) return [value];
  if (depth === 0 || value === null || typeof value !== 'object' || value instanceof Blob || Array.isArray(value)) return [];
  return Object.values(value).flatMap((inner) => buffersIn(inner, depth - 1));
}

/** @param port something with postMessage and onmessage: the worker's global scope, or node's parentPort in disguise */
export function serve(port) {
  let core = null;
  port.onmessage = async ({ data }) => {
    if (data.init) {
      core = startCore(data.init.module);
      core.catch(() => {}); // told to the first job, below
      return;
    }
    const { id, kind, payload } = data;
    let ready = null;
    try {
      ready = await (core ??= startCore());
      const work = kinds[kind];
      if (!work) throw new CoreError({ code: 'internal', message: `There is no job “${kind}”.`, hint: '' });
      const value = await work(ready, payload, { progress: (done) => port.postMessage({ id, progress: done }) });
      port.postMessage({ id, ok: true, value, heapBytes: ready.heapBytes }, buffersIn(value));
    } catch (thrown) {
      const heapBytes = ready?.heapBytes ?? 0;
      const fatal = !(thrown instanceof CoreError);
      port.postMessage({ id, ok: false, error: describe(thrown, heapBytes), fatal, heapBytes });
    }
  };
}

if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope) serve(globalThis);

// The platform layer: everything between the C++ app in app.wasm and the browser that is not files, workers or the
// network. One entry, `createHost`; the other modules in this folder are its parts, one idea each.
//
//   import createModule from './app.mjs';
//   import { createHost } from './host/host.mjs';
//
//   const module = await createModule();             // app.wasm is compiled, nothing runs yet
//   const host = await createHost({
//     module, canvas, root,                          // <div id="app"> (position: fixed, inset: 0) holding <canvas>
//     fonts: { regular, semibold, icons },           // Uint8Array of TrueType bytes
//     onEffect(effect) {…},                          // a parsed effect of wasm/app/effects.hpp, {kind: 'PickFiles', …}
//     onCommit(json) {…},                            // a Commit effect, as text
//     onWantThumbnails(ids) {…},
//     onWantPixels(wanted) {…},
//     onPasteFiles(files) {…},
//     onContextTrouble(trouble) {…},
//   });
//   host.event({ kind: 'FilesArrived', files: […], last: true });
//
// They may be called before createHost's promise resolves: the first frame is drawn by then. They promise and expect:
//
//   onEffect(effect)        Called synchronously from within update, so a click that led here still counts as the
//                           person's (file dialogs, clipboard). FocusField, RefreshField and Announce never arrive
//                           here: the host obeys them itself. It may call host.event(…) at once; that event is applied
//                           when the current one is done.
//   onCommit(json)          A Commit effect is not parsed: a step over ten thousand captions has megabytes, and only the
//                           storage worker reads them.
//   onWantThumbnails(ids)   The whole list of items whose thumbnail is missing, the most wanted first; replaces the
//                           list before. Called at most once a frame and only when the list changed. Answer each
//                           with uploadThumbnail, in any order, at any time; drop work for ids no longer listed.
//   onWantPixels(wanted)    {item, longSide}: send that picture's pixels with uploadPixels, upright. longSide 0 means
//                           in full; otherwise reduce so that the longer side is at most longSide. null: none wanted.
//   onPasteFiles(files)     File[] that were pasted, in the page or in a field.
//   onContextTrouble(t)     'lost' when the graphics context has not come back within five seconds, 'back' when it
//                           has after that: show and hide a banner that offers a reload.
//
// The promise rejects with a HostError whose `code` is 'no-webgl2' when there is nothing to draw with.

import { createBaseline } from './baseline.mjs';
import { createBridge } from './bridge.mjs';
import { openContext, watchContext, watchKeyboard, watchSize } from './canvas.mjs';
import { isMac } from './chord.mjs';
import { copyText, watchClipboard } from './clipboard.mjs';
import { createFields } from './field.mjs';
import { createFocus } from './focus.mjs';
import { createGlyphs, registerFonts } from './glyphs.mjs';
import { watchKeys } from './keys.mjs';
import { watchLook } from './look.mjs';
import { createLoop } from './loop.mjs';
import { createMirror } from './mirror.mjs';
import { createPixels } from './pixels.mjs';
import { watchPointer } from './pointer.mjs';
import { addSheet } from './sheet.mjs';
import { createVoice } from './voice.mjs';

const kCommit = '{"kind":"Commit",';

export { HostError } from './canvas.mjs';

/**
 * @typedef {object} Host
 * @property {(event: object) => void} event      An event of wasm/app/events.hpp that comes from outside; throws a
 *                                                TypeError that says what is wrong with it.
 * @property {(json: string|Uint8Array) => void} eventText   The same of one that is JSON already.
 * @property {(request: number, id: string, args?: object) => void} run   RunCommand; the answer is a Reply,
 *                                                ReplyWithPicture or BuildArchive effect with that request number.
 * @property {() => object} state                 What vignette.state() returns.
 * @property {() => object[]} commands            [{id, title, keys, enabled}]
 * @property {() => object[]} nodes               [{id, parent, role, name, value, rect: {x,y,w,h}, …}] of the last frame.
 * @property {() => number} frameCount            Frames drawn since the start.
 * @property {() => boolean} settled              Nothing is waiting to be drawn or uploaded.
 * @property {() => void} wake                    Draw a frame soon.
 * @property {(text: string) => void} setLicences Third-party licence texts for the About dialog; may come late.
 * @property {(item: string, width: number, height: number, rgba: Uint8Array) => void} uploadThumbnail
 *                                                At most 256 pixels a side; straight (not premultiplied) alpha.
 * @property {(item: string, width: number, height: number, rgba: Uint8Array) => void} uploadPixels
 *                                                Keeps `rgba` until it is on the GPU, which takes a few frames.
 */

/** @returns {Promise<Host>} */
export async function createHost(options) {
  const { module, canvas, root, fonts } = options;
  addSheet();
  canvas.classList.add('vignette-canvas');
  const gl = openContext(module, canvas);
  await registerFonts(fonts);

  const bridge = createBridge(module);
  /** An event that is JSON already, as text or as UTF-8. */
  const sendText = (json) => {
    const problem = bridge.text('event', json);
    if (problem) throw new TypeError(problem);
  };
  const send = (event) => sendText(JSON.stringify(event));
  const loop = createLoop({
    frame: (now) => bridge.call('frame', now),
    timer: () => bridge.call('timer'),
    nextTimer: () => bridge.call('next_timer'),
    inputWaits: () => bridge.call('input_waits'),
    drawn: () => fields.drawn(),
  });
  const glyphs = createGlyphs(module, gl);
  const pixels = createPixels(bridge, gl, options.onWantPixels);
  const layer = document.createElement('div');
  layer.className = 'vignette-fields';
  root.append(layer);
  const type = { font: glyphs.cssFont, shift: createBaseline(layer, glyphs.cssFont, glyphs.ascent) };
  const focus = createFocus({ bridge, root, loop });
  const fields = createFields({ bridge, layer, send, focus, type, loop });
  const mirror = createMirror({
    root,
    canvas,
    readNodes: () => JSON.parse(bridge.text('nodes')),
    act: {
      press(id) {
        bridge.call('activate', id);
        loop.drawNow();
      },
      setValue: (id, value) => bridge.call('set_value', id, value),
      openField: fields.openAt,
    },
  });
  root.append(layer); // above the mirror, so that an open field is what a pointer meets
  const say = createVoice(root);

  const obeyed = {
    FocusField: ({ field }) => fields.want(field),
    RefreshField: ({ text }) => fields.refresh(text),
    Announce: ({ text, assertive }) => say(text, assertive),
  };
  let pointer = null;
  module.host = {
    // wasm/platform/host_calls.cpp calls these.
    effect(json) {
      if (json.startsWith(kCommit)) return options.onCommit(json);
      const effect = JSON.parse(json);
      (obeyed[effect.kind] ?? options.onEffect)(effect);
    },
    wake: loop.wake,
    nodesChanged: mirror.changed,
    fields: (json) => fields.update(JSON.parse(json)),
    cursor: (shape) => pointer?.cursor(shape),
    copyText,
    wantThumbnails: (json) => options.onWantThumbnails(JSON.parse(json)),
    wantPixels: pixels.want,
    uploadTile: pixels.uploadTile,
    dropPixels: pixels.drop,
    glyph: glyphs.glyph,
    shapeRun: glyphs.shapeRun,
    uploadRun: glyphs.uploadRun,
  };

  const isPhone = matchMedia('(pointer: coarse)').matches;
  const { regular, semibold, icons } = fonts;
  bridge.call('start', regular, regular.length, semibold, semibold.length, icons, icons.length, isPhone ? 64 : 192, isMac);
  watchSize(canvas, (width, height, density) => {
    bridge.call('resize', width, height, density);
    loop.drawNow();
  });
  watchKeyboard(root);
  watchContext(canvas, {
    lost() {
      loop.stop();
      bridge.call('context_lost');
    },
    restored() {
      bridge.call('context_restored');
      loop.go();
    },
    trouble: options.onContextTrouble ?? (() => {}),
  });
  watchLook(send);
  pointer = watchPointer({ bridge, root, canvas, fields, loop, takeFocus: focus.toCanvas });
  watchKeys({ bridge, focus, drawNow: loop.drawNow });
  watchClipboard(options.onPasteFiles);
  loop.wake();

  return {
    event: send,
    eventText: sendText,
    run: (request, id, args = {}) => void bridge.call('run', request, id, JSON.stringify(args)),
    state: () => JSON.parse(bridge.text('state')),
    commands: () => JSON.parse(bridge.text('commands')),
    nodes: () => JSON.parse(bridge.text('nodes')),
    frameCount: loop.frameCount,
    settled: () => !loop.waiting() && bridge.call('settled') !== 0,
    wake: loop.wake,
    setLicences: (text) => void bridge.call('licences', text),
    uploadThumbnail(item, width, height, rgba) {
      if (!bridge.call('thumbnail', item, width, height, rgba)) {
        throw new RangeError(`A thumbnail of ${width} × ${height} pixels is larger than 256 × 256.`);
      }
    },
    uploadPixels: pixels.keep,
  };
}

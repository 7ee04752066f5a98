// The keyboard outside text fields: first our commands, then what ImGui uses to move the focus and press things.
// Everything else stays the browser's: reload, find, zoom, its own shortcuts.

import { chordOf, modifiersOf } from './chord.mjs';

/**
 * @param focus   where the keyboard focus is kept, see createFocus
 * @param drawNow see createLoop
 */
export function watchKeys({ bridge, focus, drawNow }) {
  const down = new Set();

  function tellModifiers(event) {
    const held = modifiersOf(event);
    // ImGui's Ctrl is what people use to select more: Cmd on a Mac, which it maps itself.
    const bits = (event.ctrlKey && !event.getModifierState?.('AltGraph') ? 1 : 0) | (held.shift ? 2 : 0) |
      (held.alt ? 4 : 0) | (event.metaKey ? 8 : 0);
    bridge.call('modifiers', bits);
  }

  function releaseAll() {
    for (const code of down) bridge.call('key', code, false);
    down.clear();
  }

  function onDown(event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (!focus.isOurs(event.target)) return;
    tellModifiers(event);
    const held = modifiersOf(event);
    const plain = !held.command && !held.alt;
    const chord = chordOf(event);
    const forPopup = plain && bridge.call('popup_open');
    if (chord !== '' && !forPopup && bridge.call('chord', chord, false)) {
      event.preventDefault();
      drawNow();
      return;
    }
    if (held.other || held.alt) return;
    // A pressed mirror button makes a click of its own.
    const onMirror = event.target.matches?.('.vignette-mirror *');
    if (onMirror && (event.key === 'Enter' || event.key === ' ')) return;
    if (event.key === 'Tab') {
      // At either end the focus leaves the app, as it would leave any list of buttons.
      if (held.command || bridge.call('tab_leaves', held.shift)) return;
      event.preventDefault();
      focus.step(held.shift);
      return;
    }
    if (!bridge.call('key', event.code, true)) return;
    down.add(event.code);
    event.preventDefault();
    if (event.key === 'Enter' || event.key === ' ') drawNow(); // still the person's act
  }

  function onUp(event) {
    tellModifiers(event);
    // While Cmd is held, macOS keeps the release of other keys to itself.
    if (event.key === 'Meta' || event.key === 'Control') releaseAll();
    if (down.delete(event.code)) bridge.call('key', event.code, false);
  }

  window.addEventListener('keydown', onDown);
  window.addEventListener('keyup', onUp);
  window.addEventListener('blur', () => {
    down.clear();
    bridge.call('focus', false);
  });
  window.addEventListener('focus', () => bridge.call('focus', true));
}

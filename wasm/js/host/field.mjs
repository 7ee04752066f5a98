// Text fields. While a field has the focus, a real <textarea> or <input> lies exactly over the place where ImGui draws
// it otherwise: so input methods, dead keys, dictation, spelling, autocorrection, selection handles, right-to-left
// text, the context menu and undo within the field are the browser's own, and work.
//
// C++ lists the fields on screen as slots (ui::FieldSlot) whenever they change. An overlay is
//
//   armed   invisible over the slot under the mouse, so that a press lands in it: it sets the caret where it was
//           made, selects by dragging, and brings up the field's own context menu
//   open    visible and focused; what is typed goes to C++ as FieldChanged
//
// There is one open overlay at most. It closes when another place is clicked, when the field leaves the screen, and
// with Escape, Tab, or Enter in a single line; not when another tab or window takes the focus for a while.

import { chordOf } from './chord.mjs';
import { createOverlay } from './overlay.mjs';

const palette = 'palette'; // its arrows move through the list of commands

/**
 * @param send       (event) to C++
 * @param focus      see createFocus
 * @param type       how ImGui's text is written in CSS, see createOverlay
 */
export function createFields({ bridge, layer, send, focus, type, loop }) {
  const pool = [];
  let slots = [];
  let open = null; // {overlay, field, item}
  let armed = null; // {overlay, field, item}
  let wanted = null; // a field to open as soon as it is on screen: {field, until}
  let stepping = false; // Tab is being pressed
  let missing = 0; // frames the open field has not been on screen

  function overlayFor(slot) {
    const kind = slot.multiline ? 'textarea' : 'input';
    const found = pool.find((one) => one.kind === kind && one !== open?.overlay && one !== armed?.overlay);
    if (found) return found;
    const made = createOverlay(layer, kind, type);
    listen(made);
    pool.push(made);
    return made;
  }

  const slotOf = (place) => slots.find((slot) => slot.field === place.field && slot.item === place.item);
  const same = (a, b) => a?.field === b?.field && a?.item === b?.item;
  const inside = ({ x, y, w, h }, px, py) => px >= x && py >= y && px < x + w && py < y + h;
  const slotAt = (x, y) => slots.find((slot) => !slot.covered && inside(slot.rect, x, y) && inside(slot.clip, x, y));

  function arm(slot) {
    if (same(armed, slot) || same(open, slot)) return;
    disarm();
    const overlay = overlayFor(slot);
    overlay.setText(slot.text);
    overlay.place(slot);
    overlay.show(false);
    armed = { overlay, field: slot.field, item: slot.item };
  }
  function disarm() {
    armed?.overlay.hide();
    armed = null;
  }

  /** The overlay has, or is about to get, the DOM focus. */
  function enter(place) {
    if (same(open, place)) return;
    leave(false);
    open = place;
    if (armed?.overlay === place.overlay) armed = null;
    wanted = null;
    missing = 0;
    place.overlay.show(true);
    send({ kind: 'FieldEntered', field: place.field, item: place.item });
  }

  function openSlot(slot, selectAll) {
    if (same(open, slot)) return;
    arm(slot);
    const place = armed;
    enter(place);
    place.overlay.focus(selectAll);
  }

  /** Ends the editing. `toCanvas`: the keyboard goes on in the app; otherwise the focus is where it is. */
  function leave(toCanvas) {
    if (!open) return;
    const { overlay, field, item } = open;
    open = null;
    overlay.hide();
    if (toCanvas) focus.toCanvas();
    send({ kind: 'FieldLeft', field, item });
  }

  function listen(overlay) {
    const { element } = overlay;
    element.addEventListener('focus', () => {
      if (armed?.overlay === overlay) enter(armed);
    });
    element.addEventListener('blur', () => {
      // Another tab or window is not leaving: the browser gives the focus back when it returns.
      if (open?.overlay === overlay && document.hasFocus()) leave(false);
    });
    element.addEventListener('input', () => {
      if (open?.overlay !== overlay) return;
      send({ kind: 'FieldChanged', field: open.field, item: open.item, text: element.value });
    });
    element.addEventListener('keydown', (event) => {
      event.stopPropagation(); // keys.mjs is for outside of fields
      if (event.isComposing || event.keyCode === 229 || open?.overlay !== overlay) return;
      if (onKey(event)) event.preventDefault();
    });
  }

  /** True when the key was for us and not for the text. */
  function onKey(event) {
    const chord = chordOf(event);
    if (open.field === palette && onPaletteKey(chord)) return true;
    if (chord === 'Escape') {
      leave(true);
      return true;
    }
    if (chord === 'Tab' || chord === 'Shift+Tab') {
      leave(true);
      stepping = true; // where Tab leads to a field, its text is selected, as on any page
      focus.step(event.shiftKey);
      stepping = false;
      return true;
    }
    if (chord !== '' && bridge.call('chord', chord, true)) {
      loop.drawNow();
      return true;
    }
    if (chord === 'Enter' && open.overlay.kind === 'input') {
      leave(true);
      return true;
    }
    return false;
  }

  function onPaletteKey(chord) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (chord in steps) send({ kind: 'MovePaletteRow', step: steps[chord] });
    else if (chord === 'Enter') bridge.call('run_palette_row');
    else if (chord === 'Escape') bridge.call('run', 0, 'view.back', '{}');
    else return false;
    loop.drawNow();
    return true;
  }

  return {
    owns: (element) => pool.some((overlay) => overlay.element === element),
    isOpen: () => open !== null,

    /** After a frame in which the fields changed: {open: {field, item} | null, slots, ink, hint}. */
    update(screen) {
      slots = screen.slots;
      layer.style.setProperty('--vignette-ink', screen.ink);
      layer.style.setProperty('--vignette-hint', screen.hint);
      // The same field, now of another picture.
      if (open && screen.open?.field === open.field) open.item = screen.open.item;
      if (open && !screen.open) {
        const { overlay } = open;
        open = null;
        const had = overlay.hasFocus();
        overlay.hide();
        if (had) focus.toCanvas();
      }
      if (armed) {
        const slot = slotOf(armed);
        if (slot && !slot.covered) armed.overlay.place(slot);
        else disarm();
      }
    },

    /** After every frame. */
    drawn() {
      if (wanted) {
        const slot = slots.find((one) => one.field === wanted.field);
        if (slot) openSlot(slot, wanted.selectAll);
        else if (performance.now() > wanted.until) wanted = null;
      }
      if (!open) return;
      const slot = slotOf(open);
      if (slot) {
        missing = 0;
        open.overlay.place(slot);
      } else if (++missing > 3) {
        leave(open.overlay.hasFocus());
      }
    },

    /** The FocusField effect. */
    want(field) {
      if (field === '') {
        wanted = null;
        if (!open) return;
        const { overlay } = open;
        open = null; // C++ has closed it already
        overlay.hide();
        focus.toCanvas();
        return;
      }
      if (open?.field === field) return;
      wanted = { field, selectAll: stepping, until: performance.now() + 1000 };
      loop.wake();
    },

    /** The RefreshField effect: the text changed under the caret. */
    refresh(text) {
      open?.overlay.setText(text);
    },

    /** The mouse is here, no button pressed. */
    hover(x, y) {
      const slot = slotAt(x, y);
      if (slot) arm(slot);
      else disarm();
    },

    /** A finger tapped here. True when it was in a field: it has to be focused now, or no keyboard comes up. */
    tap(x, y) {
      const slot = slotAt(x, y);
      if (!slot) return false;
      openSlot(slot, false);
      open?.overlay.caretAt(x, y);
      return true;
    },

    /** Opens the field a screen reader's cursor chose: by the place of its node. */
    openAt({ x, y, w, h }) {
      const slot = slotAt(x + w / 2, y + h / 2);
      if (slot) openSlot(slot, false);
      return slot !== undefined;
    },

    /** Whether the wheel belongs to the text in an open field. */
    scrolls(element, delta) {
      if (open?.overlay.element !== element || element.scrollHeight <= element.clientHeight) return false;
      return delta < 0 ? element.scrollTop > 0 : element.scrollTop + element.clientHeight < element.scrollHeight - 1;
    },
  };
}

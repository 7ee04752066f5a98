// Mouse, pen and wheel. Fingers are in touch.mjs. Listens on the root, not on the canvas: what happens over a text
// field laid on the canvas is ImGui's to see as well.

import { isMac } from './chord.mjs';
import { createTouch } from './touch.mjs';

const buttons = [0, 2, 1]; // the DOM counts left, middle, right; ImGui left, right, middle
const cursors = ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'wait',
  'progress', 'not-allowed'];

// ImGui scrolls by five text lines for one turn of the wheel.
export const pixelsPerTurn = 85;

/**
 * @param fields   see createFields: told where the mouse is, so that a click can land in a real text field
 * @param loop     see createLoop
 * @param takeFocus  gives the keyboard focus to the canvas
 */
export function watchPointer({ bridge, root, canvas, fields, loop, takeFocus }) {
  // Measured again only when it may have moved: asking at every move makes the browser lay the page out each time.
  let box = null;
  const moved = () => (box = null);
  new ResizeObserver(moved).observe(canvas);
  window.addEventListener('scroll', moved, { capture: true, passive: true });
  const position = (event) => {
    box ??= canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const touch = createTouch({ bridge, fields, loop });
  const pressed = new Set();

  root.addEventListener('pointermove', (event) => {
    const [x, y] = position(event);
    if (event.pointerType === 'touch') return touch.move(event, x, y);
    bridge.call('pointer_move', x, y, event.pointerType === 'pen' ? 2 : 0);
    if (event.buttons === 0) fields.hover(x, y);
  });

  root.addEventListener('pointerdown', (event) => {
    const [x, y] = position(event);
    const inField = fields.owns(event.target);
    if (event.pointerType === 'touch') return inField ? undefined : touch.down(event, x, y);
    const button = buttons[event.button];
    if (button === undefined) return; // back and forward are the browser's
    bridge.call('pointer_move', x, y, event.pointerType === 'pen' ? 2 : 0);
    bridge.call('pointer_button', button, true);
    pressed.add(button);
    if (inField) return;
    takeFocus();
    canvas.setPointerCapture(event.pointerId);
  });

  // On the window: a button pressed here may be released anywhere.
  window.addEventListener('pointerup', (event) => {
    const [x, y] = position(event);
    if (event.pointerType === 'touch') return touch.up(event, x, y);
    release(buttons[event.button], x, y);
  });
  window.addEventListener('pointercancel', (event) => {
    if (event.pointerType === 'touch') return touch.cancel(event);
    for (const button of [...pressed]) release(button, ...position(event));
  });
  function release(button, x, y) {
    if (!pressed.delete(button)) return;
    bridge.call('pointer_move', x, y, 0);
    bridge.call('pointer_button', button, false);
    loop.drawNow(); // a click opens dialogs and copies only while it is being handled
  }

  root.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'touch' || pressed.size > 0) return;
    bridge.call('pointer_left');
    fields.hover(-1, -1);
  });

  // Without this the press would move the DOM focus away from where takeFocus put it, and select text.
  root.addEventListener('mousedown', (event) => {
    if (!fields.owns(event.target)) event.preventDefault();
  });
  root.addEventListener('contextmenu', (event) => {
    if (!fields.owns(event.target)) event.preventDefault();
  });

  root.addEventListener(
    'wheel',
    (event) => {
      if (fields.scrolls(event.target, event.deltaY) && !event.ctrlKey) return;
      event.preventDefault();
      sendWheel(bridge, event);
    },
    { passive: false },
  );

  return {
    /** ImGuiMouseCursor, -1 for none. */
    cursor(shape) {
      canvas.style.cursor = shape < 0 ? 'none' : cursors[shape] ?? 'default';
    },
  };
}

function sendWheel(bridge, event) {
  const unit = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? 400 : 1; // lines, pages, pixels
  let x = (-event.deltaX * unit) / pixelsPerTurn;
  let y = (-event.deltaY * unit) / pixelsPerTurn;
  // With Shift ImGui turns the vertical wheel itself, and so do browsers: only one of them may.
  if (event.shiftKey && !isMac && y === 0) [x, y] = [0, x];
  // A trackpad's pinch comes as a wheel with a Ctrl that nobody holds.
  const bits = (event.ctrlKey ? 1 : 0) | (event.shiftKey ? 2 : 0) | (event.altKey ? 4 : 0) | (event.metaKey ? 8 : 0);
  bridge.call('modifiers', isMac && event.ctrlKey ? bits | 8 : bits);
  bridge.call('wheel', x, y);
  if (event.ctrlKey) bridge.call('modifiers', 0);
}

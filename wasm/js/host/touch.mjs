// Fingers. ImGui knows a mouse only, so a finger becomes what it means: a tap is a click, a long press the right
// button, a stroke scrolls with a little momentum, two fingers zoom. On a slider or a picture a stroke drags.

import { pixelsPerTurn } from './pointer.mjs';

const slop = 8; // CSS pixels a finger may move and still tap
const longPressMs = 450;
const finger = 1; // vignette_pointer_move's source

export function createTouch({ bridge, fields, loop }) {
  const fingers = new Map();
  let stroke = null; // {x, y, startX, startY, mode: 'undecided' | 'scroll' | 'drag' | 'done', timer, speed, at}
  let pinch = 0; // distance between two fingers
  let glide = 0;

  const moveTo = (x, y) => bridge.call('pointer_move', x, y, finger);

  function click(button, x, y) {
    moveTo(x, y);
    bridge.call('pointer_button', button, true);
    bridge.call('pointer_button', button, false);
    loop.drawNow();
    bridge.call('pointer_left'); // nothing stays hovered where no finger is
  }

  function distance() {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  }

  function scroll(dx, dy) {
    bridge.call('wheel', dx / pixelsPerTurn, dy / pixelsPerTurn);
  }

  function startGlide(speed) {
    let last = performance.now();
    const step = (now) => {
      const ms = now - last;
      last = now;
      scroll(speed.x * ms, speed.y * ms);
      const slowdown = Math.exp(-ms / 325);
      speed.x *= slowdown;
      speed.y *= slowdown;
      glide = Math.hypot(speed.x, speed.y) > 0.02 ? requestAnimationFrame(step) : 0;
      if (!glide) bridge.call('pointer_left');
    };
    glide = requestAnimationFrame(step);
  }

  function endStroke() {
    clearTimeout(stroke?.timer);
    stroke = null;
  }

  return {
    down(event, x, y) {
      cancelAnimationFrame(glide);
      glide = 0;
      fingers.set(event.pointerId, { x, y });
      if (fingers.size === 2) {
        if (stroke?.mode === 'drag') bridge.call('pointer_button', 0, false);
        endStroke();
        pinch = distance();
        return;
      }
      moveTo(x, y);
      stroke = { x, y, startX: x, startY: y, mode: 'undecided', at: event.timeStamp, speed: { x: 0, y: 0 } };
      stroke.timer = setTimeout(() => {
        if (stroke?.mode !== 'undecided') return;
        stroke.mode = 'done';
        click(1, x, y);
      }, longPressMs);
    },

    move(event, x, y) {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, { x, y });
      if (fingers.size === 2) {
        const now = distance();
        bridge.call('modifiers', 1);
        bridge.call('wheel', 0, Math.log2(now / pinch) * 4);
        bridge.call('modifiers', 0);
        pinch = now;
        return;
      }
      if (!stroke) return;
      if (stroke.mode === 'undecided' && Math.hypot(x - stroke.startX, y - stroke.startY) > slop) {
        clearTimeout(stroke.timer);
        stroke.mode = bridge.call('drags_at', stroke.startX, stroke.startY) ? 'drag' : 'scroll';
        moveTo(stroke.startX, stroke.startY);
        if (stroke.mode === 'drag') bridge.call('pointer_button', 0, true);
      }
      if (stroke.mode === 'drag') moveTo(x, y);
      if (stroke.mode === 'scroll') {
        const ms = Math.max(1, event.timeStamp - stroke.at);
        stroke.speed = { x: (x - stroke.x) / ms, y: (y - stroke.y) / ms };
        scroll(x - stroke.x, y - stroke.y);
      }
      Object.assign(stroke, { x, y, at: event.timeStamp });
    },

    up(event, x, y) {
      if (!fingers.delete(event.pointerId) || !stroke) return;
      const { mode, speed, at } = stroke;
      endStroke();
      if (mode === 'undecided') {
        if (!fields.tap(x, y)) click(0, x, y);
      } else if (mode === 'drag') {
        bridge.call('pointer_button', 0, false);
        loop.drawNow();
        bridge.call('pointer_left');
      } else if (mode === 'scroll' && event.timeStamp - at < 100) {
        startGlide(speed);
      }
    },

    cancel(event) {
      fingers.delete(event.pointerId);
      if (stroke?.mode === 'drag') bridge.call('pointer_button', 0, false);
      endStroke();
      bridge.call('pointer_left');
    },
  };
}

// The mirrored DOM: for every widget on the canvas a real element in the same place, unseen, with its role, name and
// state. Screen readers read it, voice control and touch exploration find things in it, tests ask it. The pointer
// goes through it to the canvas.
//
// Elements are kept from update to update, keyed by the widget's id: a reader's cursor stays where it is. There is one
// tab stop, the root; aria-activedescendant says which widget has the focus.

import { describeElement, makeElement } from './mirror_element.mjs';
import { withRows } from './mirror_rows.mjs';

// However fast the canvas changes: ten updates a second for somebody who is doing something, two for who looks on.
// Each one makes the browser lay out and paint again, which a job of thousands of pictures would pay for each of them.
const quietMs = 100;
const lookingOnMs = 500;
const busyForMs = 1500; // after a key or a press

/** @param act {press(id), setValue(id, value), openField(rect) => boolean} */
export function createMirror({ root, canvas, readNodes, act }) {
  canvas.setAttribute('aria-hidden', 'true');
  const top = document.createElement('div');
  top.className = 'vignette-mirror';
  root.append(top);

  const known = new Map(); // id → {element, role, node}
  let nodes = [];
  let timer = 0;
  let updatedAt = 0;
  let actedAt = -Infinity;

  function plan() {
    const now = performance.now();
    const quiet = now - actedAt < busyForMs ? quietMs : lookingOnMs;
    timer = setTimeout(update, Math.max(0, updatedAt + quiet - now));
  }
  for (const kind of ['keydown', 'pointerdown', 'click', 'focusin']) {
    root.addEventListener(kind, () => {
      actedAt = performance.now();
      if (!timer) return;
      clearTimeout(timer);
      plan();
    }, { capture: true, passive: true });
  }

  function update() {
    timer = 0;
    updatedAt = performance.now();
    nodes = withRows(readNodes());
    const seen = new Set();
    const next = new Map(); // parent element → its child that comes next
    let active = '';
    for (const node of nodes) {
      if (seen.has(node.id)) continue;
      seen.add(node.id);
      const entry = entryFor(node);
      describeElement(entry.element, node, entry.node);
      entry.node = node;
      const parent = known.get(node.parent)?.element ?? top;
      const before = next.has(parent) ? next.get(parent) : parent.firstElementChild;
      if (before !== entry.element) parent.insertBefore(entry.element, before);
      next.set(parent, entry.element.nextElementSibling);
      if (node.focused) active = entry.element.id;
    }
    for (const [id, entry] of known) {
      if (seen.has(id)) continue;
      entry.element.remove();
      known.delete(id);
    }
    if (active) root.setAttribute('aria-activedescendant', active);
    else root.removeAttribute('aria-activedescendant');
  }

  function entryFor(node) {
    const old = known.get(node.id);
    if (old?.role === node.role) return old;
    old?.element.remove();
    const element = makeElement(node);
    element.id = `vignette-${node.id}`;
    const entry = { element, role: node.role, node: null };
    known.set(node.id, entry);
    return entry;
  }

  const nodeOf = (event) => nodes.find((node) => `vignette-${node.id}` === event.target.id);

  top.addEventListener('click', (event) => {
    const node = nodeOf(event);
    if (!node || node.disabled) return;
    event.preventDefault(); // a check box changes when the app says so
    if (node.role !== 'textbox' || !act.openField(node.rect)) act.press(node.id);
  });
  top.addEventListener('input', (event) => {
    const node = nodeOf(event);
    if (node) act.setValue(node.id, Number(event.target.value));
  });

  return {
    /** The tree of the last frame differs from the one before. */
    changed() {
      if (!timer) plan();
    },
    contains: (element) => top.contains(element),
  };
}

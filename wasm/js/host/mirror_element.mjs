// The element for one widget of the mirrored DOM: a native one where its meaning is native, otherwise a div with a
// role. Only what changed is written.

const native = {
  button: () => document.createElement('button'),
  checkbox: () => input('checkbox'),
  switch: () => input('checkbox', 'switch'),
  slider: () => input('range'),
  paragraph: () => document.createElement('p'),
  text: () => document.createElement('span'),
};

function input(type, role) {
  const element = document.createElement('input');
  element.type = type;
  if (role) element.setAttribute('role', role);
  if (type === 'range') element.step = 'any';
  return element;
}

export function makeElement(node) {
  let element;
  if (node.role === 'heading') element = document.createElement(`h${Math.min(6, Math.max(1, node.level || 2))}`);
  else element = native[node.role]?.() ?? document.createElement('div');
  if (element.tagName === 'DIV') element.setAttribute('role', node.role || 'group');
  if (/^(BUTTON|INPUT)$/.test(element.tagName) || node.role === 'textbox') element.tabIndex = -1;
  // What is new is said by voice.mjs; a live region here would say it again.
  if (node.role === 'status' || node.role === 'alert') element.setAttribute('aria-live', 'off');
  if (node.role === 'dialog') element.setAttribute('aria-modal', 'true');
  if (node.role === 'textbox') element.setAttribute('aria-readonly', 'false');
  return element;
}

// Roles whose text is their content; the others are named by aria-label.
const spoken = new Set(['button', 'heading', 'paragraph', 'text', 'status']);
const listLike = new Set(['listitem', 'option', 'tab', 'menuitem', 'radio', 'treeitem', 'article']);

export function describeElement(element, node, old) {
  if (!old || differs(node.rect, old.rect)) place(element, node.rect);
  if (node.name !== old?.name || node.value !== old?.value) name(element, node);
  set(element, 'aria-description', node.description);
  set(element, 'aria-disabled', node.disabled || undefined);
  set(element, 'aria-selected', selectable(node) ? String(node.selected ?? false) : undefined);
  set(element, 'aria-expanded', node.expanded);
  if (element.type === 'checkbox') {
    element.checked = node.checked ?? false;
    set(element, 'aria-checked', node.checked ?? false);
  } else if (node.role === 'radio') {
    set(element, 'aria-checked', node.checked ?? node.selected ?? false);
  } else {
    set(element, 'aria-pressed', node.role === 'button' ? node.checked : undefined);
  }
  if (listLike.has(node.role)) {
    set(element, 'aria-posinset', node.position);
    set(element, 'aria-setsize', node.setSize);
  }
  set(element, 'aria-colindex', node.column);
  set(element, 'aria-rowindex', node.number);
  if (node.role === 'grid' && node.cells !== undefined) {
    set(element, 'aria-colcount', node.columns);
    set(element, 'aria-rowcount', Math.ceil(node.cells / node.columns));
  }
  if (node.max !== undefined) range(element, node);
}

function selectable(node) {
  return node.selected !== undefined || ['gridcell', 'option', 'tab'].includes(node.role);
}

function differs(a, b) {
  return a.x !== b.x || a.y !== b.y || a.w !== b.w || a.h !== b.h;
}

function place(element, { x, y, w, h }) {
  const { style } = element;
  style.left = `${x}px`;
  style.top = `${y}px`;
  style.width = `${w}px`;
  style.height = `${h}px`;
}

function name(element, node) {
  if (spoken.has(node.role)) {
    // Not textContent of an element with children: widgets inside it are elements as well.
    if (element.firstChild?.nodeType === Node.TEXT_NODE) element.firstChild.data = node.name;
    else element.prepend(node.name);
    return;
  }
  set(element, 'aria-label', node.name || undefined);
  if (node.role === 'textbox') element.textContent = node.value ?? '';
  else set(element, 'aria-valuetext', node.max === undefined ? undefined : node.value);
}

function range(element, node) {
  if (element.type !== 'range') {
    set(element, 'aria-valuemin', node.min);
    set(element, 'aria-valuemax', node.max);
    set(element, 'aria-valuenow', node.now);
    return;
  }
  element.min = node.min;
  element.max = node.max;
  if (document.activeElement !== element || Number(element.value) !== node.now) element.value = node.now;
}

/** undefined removes the attribute; an equal value is not written, so that no observer wakes. */
function set(element, attribute, value) {
  if (value === undefined || value === '') {
    if (element.hasAttribute(attribute)) element.removeAttribute(attribute);
  } else if (element.getAttribute(attribute) !== String(value)) {
    element.setAttribute(attribute, String(value));
  }
}

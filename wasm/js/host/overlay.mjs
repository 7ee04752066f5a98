// One DOM text field that can be laid over a slot so that its text falls on ImGui's to the pixel: the same font file,
// the same size and line height, no kerning and no ligatures (ImGui has neither), no padding or border of its own.

let count = 0;

/**
 * @param kind  'textarea' or 'input'
 * @param type  {font(linePx), shift(linePx)}: the CSS font, and how far down its text must move to meet ImGui's
 */
export function createOverlay(layer, kind, type) {
  const element = document.createElement(kind);
  element.className = 'vignette-field';
  element.id = `vignette-field-${++count}`;
  element.hidden = true;
  element.dir = 'auto';
  element.spellcheck = kind === 'textarea';
  element.autocomplete = 'off';
  element.setAttribute('autocapitalize', kind === 'textarea' ? 'sentences' : 'off');
  layer.append(element);
  let last = '';

  return {
    kind,
    element,

    place(slot) {
      const { rect, clip } = slot;
      // ImGui starts text on whole pixels.
      const x = Math.floor(rect.x);
      const y = Math.floor(rect.y) + type.shift(slot.font);
      const now = JSON.stringify([x, y, rect, clip, slot.font, slot.label, slot.placeholder, slot.lang]);
      if (now === last) return;
      last = now;
      const { style } = element;
      style.transform = `translate(${x}px, ${y}px)`;
      style.width = `${rect.w}px`;
      style.height = `${rect.h}px`;
      style.font = type.font(slot.font);
      const cut = [clip.y - y, x + rect.w - clip.x - clip.w, y + rect.h - clip.y - clip.h, clip.x - x];
      style.clipPath = cut.some((px) => px > 0) ? `inset(${cut.map((px) => `${Math.max(0, px)}px`).join(' ')})` : '';
      element.setAttribute('aria-label', slot.label);
      element.placeholder = slot.placeholder;
      element.lang = slot.lang ?? '';
    },

    /** Armed it is there for the mouse only; open it is seen. */
    show(visible) {
      element.hidden = false;
      element.classList.toggle('is-open', visible);
      element.tabIndex = visible ? 0 : -1;
    },
    hide() {
      element.hidden = true;
      element.classList.remove('is-open');
    },

    hasFocus: () => document.activeElement === element,
    focus(selectAll) {
      element.focus({ preventScroll: true });
      if (selectAll) element.select();
      else element.setSelectionRange(element.value.length, element.value.length);
    },
    caretAt(x, y) {
      const caret = document.caretPositionFromPoint?.(x, y);
      if (caret?.offsetNode === element) element.setSelectionRange(caret.offset, caret.offset);
    },

    /** Forgets the field's own undo when the text differs: it would bring back another text. */
    setText(text) {
      if (element.value === text) return;
      element.value = text;
      if (document.activeElement === element) element.setSelectionRange(text.length, text.length);
    },
  };
}

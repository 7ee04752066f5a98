// Where the keyboard focus is. The app is one tab stop, the root element; ImGui moves its own focus inside.

export function createFocus({ bridge, root, loop }) {
  root.tabIndex = 0;
  // Not "application": that would keep screen readers from reading the mirrored DOM as the page it is. And without
  // a name: the landmarks inside have theirs.
  root.setAttribute('role', 'group');
  root.style.outline = 'none'; // ImGui draws the ring around what has the focus

  return {
    toCanvas: () => root.focus({ preventScroll: true }),
    /** Keys that nobody else on the page has a claim to. */
    isOurs: (element) => element === document.body || root.contains(element),
    /**
     * The next widget, or the one before. ImGui needs three frames to get there; drawn at once, so that what is typed
     * right after Tab goes into the field it led to.
     */
    step(backwards) {
      bridge.call('modifiers', backwards ? 2 : 0);
      bridge.call('tab');
      loop.drawNow(3);
    },
  };
}

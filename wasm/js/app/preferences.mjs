// What this device remembers about the look of things. Small, and losing it hurts nobody: localStorage.

const kPrefix = 'vignette.';

// StorePreference's keys, and the event that brings each back.
const kEvents = {
  theme: (value) => ({ kind: 'SetTheme', theme: value }),
  tile: (value) => ({ kind: 'SetTileSize', px: Number(value) }),
  scale: (value) => ({ kind: 'SetScale', scale: Number(value) / 100 }),
};

export function storePreference({ key, value }) {
  try {
    localStorage.setItem(kPrefix + key, value);
  } catch {
    // Storage is full or forbidden; the preference holds until the page is closed.
  }
}

/** The events that restore what was stored. */
export function storedPreferences() {
  const events = [];
  for (const [key, eventOf] of Object.entries(kEvents)) {
    let value = null;
    try {
      value = localStorage.getItem(kPrefix + key);
    } catch {
      // As above.
    }
    if (value) events.push(eventOf(value));
  }
  return events;
}

// How a key press is spelled, as the command registry spells its keys: "Ctrl+Shift+Z", "ArrowRight", "?".
// Ctrl stands for Cmd on a Mac. Letters go by what the key types, so that shortcuts follow the keyboard's layout
// (QWERTZ, AZERTY, Dvorak); where it types no ASCII (Cyrillic, Greek) they go by its place.

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? '');

const byPlace = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Minus: '-',
  Equal: '=',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Backquote: '`',
  Space: 'Space',
};

/** What is held, with AltGr (Ctrl+Alt to the system) taken for what it is: part of typing. */
export function modifiersOf(event) {
  const typing = event.getModifierState?.('AltGraph') ?? false;
  return {
    command: !typing && (isMac ? event.metaKey : event.ctrlKey),
    alt: !typing && event.altKey,
    shift: event.shiftKey,
    other: isMac ? event.ctrlKey : event.metaKey, // belongs to the system
  };
}

export function chordOf(event) {
  const held = modifiersOf(event);
  if (held.other) return '';
  const key = keyName(event, held);
  if (key === '') return '';
  // Shift is part of what a sign is ("?"), but not of a letter or a named key.
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key);
  return [held.command && 'Ctrl', held.alt && 'Alt', held.shift && !isSign && 'Shift', key].filter(Boolean).join('+');
}

function keyName({ key, code }, { command, alt }) {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified', 'Process'].includes(key)) return '';
  if (key === ' ') return 'Space';
  if (key.length > 1) return key; // "ArrowRight", "Enter", "F2"
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if ((command || alt) && /^Digit\d$/.test(code)) return code.slice(5);
  if (key > ' ' && key <= '~') return key;
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  return byPlace[code] ?? '';
}

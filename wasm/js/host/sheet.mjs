// The few style rules of the host's own elements, as a constructed sheet: it needs no exception in a strict
// content security policy.

const rules = `
.vignette-canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none;
  outline: none; user-select: none; -webkit-user-select: none; }
.vignette-fields { position: absolute; inset: 0; pointer-events: none; overflow: hidden; }
.vignette-field { position: absolute; left: 0; top: 0; margin: 0; padding: 0; border: 0; outline: 0; border-radius: 0;
  box-sizing: border-box; background: transparent; color: var(--vignette-ink); caret-color: var(--vignette-ink);
  opacity: 0; pointer-events: auto; resize: none; appearance: none; overflow: hidden auto; scrollbar-width: thin;
  white-space: pre-wrap; overflow-wrap: break-word; text-rendering: geometricPrecision; font-kerning: none;
  font-variant-ligatures: none; font-feature-settings: "calt" 0, "liga" 0, "kern" 0; letter-spacing: 0; tab-size: 4;
  font-size-adjust: none; -webkit-text-size-adjust: none; }
input.vignette-field { white-space: pre; }
.vignette-field[hidden] { display: none; }
.vignette-field.is-open { opacity: 1; }
.vignette-field::placeholder { color: var(--vignette-hint); opacity: 1; }
.vignette-baseline { position: absolute; visibility: hidden; white-space: pre; text-rendering: geometricPrecision; }
.vignette-baseline span { display: inline-block; width: 1px; height: 0; }
.vignette-mirror { position: absolute; inset: 0; opacity: 0; pointer-events: none; overflow: hidden; }
.vignette-mirror * { position: fixed; margin: 0; padding: 0; border: 0; overflow: hidden; pointer-events: none;
  font-size: 12px; appearance: none; }
.vignette-voice { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
`;

export function addSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

// How key presses are spelled, on keyboards of all layouts.
import assert from 'node:assert/strict';
import { test } from 'node:test';

Object.defineProperty(globalThis, 'navigator', { value: { platform: 'Linux x86_64' }, configurable: true });
const { chordOf } = await import('../../wasm/js/host/chord.mjs');
Object.defineProperty(globalThis, 'navigator', { value: { platform: 'MacIntel' }, configurable: true });
const mac = await import('../../wasm/js/host/chord.mjs?mac');

const press = (key, code, held = '') => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  shiftKey: held.includes('s'),
  altKey: held.includes('a'),
  metaKey: held.includes('m'),
  getModifierState: (name) => name === 'AltGraph' && held.includes('g'),
});

test('letters go by what they type, whatever the layout', () => {
  assert.equal(chordOf(press('z', 'KeyZ', 'c')), 'Ctrl+Z');
  assert.equal(chordOf(press('z', 'KeyY', 'c')), 'Ctrl+Z', 'QWERTZ');
  assert.equal(chordOf(press('Z', 'KeyZ', 'cs')), 'Ctrl+Shift+Z');
  assert.equal(chordOf(press('u', 'KeyU')), 'U');
});

test('where a key types no ASCII it goes by its place', () => {
  assert.equal(chordOf(press('я', 'KeyZ', 'c')), 'Ctrl+Z', 'Cyrillic');
  assert.equal(chordOf(press('б', 'Comma', 'c')), 'Ctrl+,');
});

test('Shift is part of a sign, but not of a named key', () => {
  assert.equal(chordOf(press('?', 'Slash', 's')), '?');
  assert.equal(chordOf(press('?', 'Minus', 's')), '?', 'QWERTZ');
  assert.equal(chordOf(press('Enter', 'Enter', 'cs')), 'Ctrl+Shift+Enter');
  assert.equal(chordOf(press(' ', 'Space')), 'Space');
});

test('AltGr types; it is no shortcut', () => {
  assert.equal(chordOf(press('@', 'KeyQ', 'cag')), '@');
});

test('digits with Ctrl go by their place: on AZERTY they need Shift', () => {
  assert.equal(chordOf(press('&', 'Digit1', 'c')), 'Ctrl+1');
});

test('modifiers alone, dead keys and the system\'s own chords are nothing to us', () => {
  assert.equal(chordOf(press('Control', 'ControlLeft', 'c')), '');
  assert.equal(chordOf(press('Dead', 'Quote')), '');
  assert.equal(chordOf(press('l', 'KeyL', 'm')), '');
});

test('on a Mac, Cmd is what Ctrl is elsewhere', () => {
  assert.equal(mac.chordOf(press('z', 'KeyZ', 'm')), 'Ctrl+Z');
  assert.equal(mac.chordOf(press('a', 'KeyA', 'c')), '', 'Ctrl+A goes to the start of the line there');
  assert.equal(mac.chordOf(press('¬', 'KeyL', 'a')), 'Alt+L', 'Option types a sign');
});

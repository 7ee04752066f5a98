// Writes icons.hpp: one constant per name in icons.txt, holding the UTF-8 of its code point in Lucide's icon font.
// The same list decides which glyphs the site's subset of that font keeps, so the two cannot drift apart.
//   node make_icons.mjs <icons.txt> <codepoints.json> <out.hpp>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [list, codepointsPath, out] = process.argv.slice(2);
const codepoints = JSON.parse(readFileSync(codepointsPath, 'utf8'));
const names = readFileSync(list, 'utf8').split('\n').filter(Boolean);

const pascal = (name) => name.split('-').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
const escaped = (codepoint) =>
  [...Buffer.from(String.fromCodePoint(codepoint))].map((byte) => `\\x${byte.toString(16)}`).join('');

const lines = names.map((name) => {
  if (!(name in codepoints)) throw new Error(`icons.txt names "${name}", which Lucide does not have; correct the name.`);
  return `inline constexpr const char* k${pascal(name)} = "${escaped(codepoints[name])}";`;
});
const text = `#pragma once
// Made by wasm/ui/make_icons.mjs from icons.txt.
namespace vignette::ui::icon {
${lines.join('\n')}
}  // namespace vignette::ui::icon
`;
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, text);

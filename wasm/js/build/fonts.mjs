// Fonts reduced to what the app draws. Other scripts are drawn by the browser's own fonts (wasm/js/host/glyphs.mjs).

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { keptSync } from './kept.mjs';

// Latin, Greek and Cyrillic with their marks, punctuation, arrows and mathematical signs.
const kText = 'U+0020-024F,U+0300-04FF,U+1E00-1EFF,U+2000-22FF,U+FFFD';
// ImGui places glyphs by itself, without features and hints.
const kOptions = ['--layout-features=', '--no-hinting', '--drop-tables+=STAT,GDEF,GPOS,GSUB', '--name-IDs=1,2'];

function subset(font, unicodes, work) {
  return keptSync(work, 'subset.ttf', [font, unicodes, ...kOptions], () => {
    const folder = mkdtempSync(join(work, 'font-'));
    const [input, output] = [join(folder, 'in.ttf'), join(folder, 'out.ttf')];
    writeFileSync(input, font);
    try {
      execFileSync('pyftsubset', [input, `--unicodes=${unicodes}`, `--output-file=${output}`, ...kOptions], { stdio: ['ignore', 'ignore', 'inherit'] });
      return readFileSync(output);
    } catch (error) {
      if (error.code === 'ENOENT') throw new Error('pyftsubset is missing; run deploy/setup, which installs fonttools.');
      throw error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

export const textSubset = (font, work) => subset(font, kText, work);

/** @param {{font: Buffer, codepoints: Record<string, number>, names: string[], work: string}} options */
export function iconSubset({ font, codepoints, names, work }) {
  const unicodes = names.map((name) => `U+${codepoints[name].toString(16).toUpperCase()}`);
  return subset(font, unicodes.join(','), work);
}

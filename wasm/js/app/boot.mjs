// The page's entry: asks whether the browser can, loads what the first frame needs, and takes the skeleton away once
// that frame is drawn. What is set up between the parts is in start.mjs.

import { whatIsMissing } from './capabilities.mjs';
import { LoadError, loadAll } from './loading.mjs';
import { showPlainPage } from './plain_page.mjs';
import { installScripting } from './script.mjs';
import { site, urlOf } from './site_files.mjs';
import { start } from './start.mjs';

const fileOf = (file) => ({ url: urlOf(file), bytes: file.bytes });

function showProgress(share) {
  document.getElementById('progress').value = share * 100;
}

function removeSkeleton() {
  const skeleton = document.getElementById('skeleton');
  skeleton.classList.add('leaving');
  setTimeout(() => skeleton.remove(), 150);
}

function giveUp(scripting, reason, error) {
  showPlainPage(reason, error ? String(error.message ?? error) : '');
  scripting.fail(error ?? Object.assign(new Error(`Vignette cannot run here: ${reason}.`), { code: 'unsupported', hint: '' }));
}

async function boot() {
  const scripting = installScripting();
  const missing = whatIsMissing();
  if (missing) return giveUp(scripting, missing);
  try {
    const loaded = await loadAll(
      {
        wasm: fileOf(site.appWasm),
        fonts: { regular: fileOf(site.regular), semibold: fileOf(site.semibold), icons: fileOf(site.icons) },
      },
      showProgress,
    );
    const parts = await start(loaded);
    removeSkeleton();
    scripting.open(parts);
  } catch (error) {
    console.error(error);
    giveUp(scripting, error instanceof LoadError ? 'load' : (error?.code ?? 'other'), error);
  }
}

boot();

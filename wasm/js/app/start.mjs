// Puts the parts together: the C++ app with its host, the workers, and the modules that obey effects.

import createApp from 'vignette-app';
import { CorePool } from '../core/pool.mjs';
import { createHost } from '../host/host.mjs';
import { Calls } from './calls.mjs';
import { createEffects } from './effects.mjs';
import { Exporting, download } from './exporting.mjs';
import { Importing } from './importing.mjs';
import { Intake } from './intake.mjs';
import { Looking } from './looking.mjs';
import { PicturesOut } from './pictures_out.mjs';
import { Pixels } from './pixels.mjs';
import { storedPreferences } from './preferences.mjs';
import { makeSample } from './sample.mjs';
import { DeviceNotes } from './sending/device_notes.mjs';
import { SecretStore } from './sending/secret_store.mjs';
import { Sending } from './sending/sending.mjs';
import { site, urlOf } from './site_files.mjs';
import { smallTexts } from './small_texts.mjs';
import { Sources } from './sources.mjs';
import { Storage } from './storage/storage.mjs';
import { Thumbnails } from './thumbnails.mjs';

/** app.wasm is compiled already; the glue only has to link it. */
const instantiate = (wasm) => (imports, done) => {
  WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
  return {};
};

const kLookMs = 60_000; // a worker with networks in its memory is worth keeping for a while

/**
 * The workers' module is fetched when the first frame is drawn, or earlier if somebody has work. Looking at pictures has a
 * worker of its own: the networks are large, and one memory with them is enough.
 * @returns {{pool: CorePool, lookPool: CorePool}}
 */
function createPools(firstFrame) {
  const module = firstFrame.then(() => fetch(urlOf(site.coreWasm))).then(async (response) => {
    const isWasm = response.headers.get('Content-Type')?.startsWith('application/wasm');
    return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  });
  const makeWorker = () => new Worker(urlOf(site.coreWorker), { type: 'module' });
  return { pool: new CorePool({ makeWorker, module }), lookPool: new CorePool({ makeWorker, module, size: 1, idleMs: kLookMs }) };
}

async function unpackWith(pool, file, entry, group) {
  const { blob, bytes } = await pool.run('zip.extract', { file, entry }, { group, priority: 1 });
  return blob ?? new Blob([bytes]);
}

/** Asks before the page is left while there is something to lose. */
function createGuard() {
  let guarding = false;
  let listening = false;
  const ask = (event) => {
    if (!guarding) return;
    event.preventDefault();
    event.returnValue = true; // for browsers from before 2023
  };
  return (on) => {
    guarding = on;
    if (listening || !on) return;
    listening = true; // for good: each change is a message to the browser's own process, and edits change it twice each
    window.addEventListener('beforeunload', ask);
  };
}

/** For the About dialog; nobody waits for them. */
async function loadLicences(host) {
  const response = await fetch(urlOf(site.licences)).catch(() => null);
  if (response?.ok) host.setLicences(await response.text());
}

/** A strip above everything, for what the canvas itself can no longer say. */
function showBanner(text) {
  const banner = document.getElementById('banner');
  banner.hidden = text === '';
  banner.querySelector('span').textContent = text;
  banner.querySelector('button').onclick = () => location.reload();
}

const kContextLost = 'The graphics driver was reset and has not come back. Your work is still here; wait a moment, or reload.';

const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => resolve());
  setTimeout(resolve, 500); // a page opened in the background draws no frames
});

/** @returns what scripting and tests look at; resolves when the first frame is drawn */
export async function start({ wasm, fonts }) {
  let drawn;
  let thumbnailsDrawn = 0;
  const { pool, lookPool } = createPools(new Promise((resolve) => (drawn = resolve)));
  const send = (event) => host.event(event);
  const sources = new Sources((archive, entry, group) => unpackWith(pool, archive, entry, group));
  const calls = new Calls();
  const intake = new Intake({ sources, send });
  const storage = new Storage({
    makeWorker: () => new Worker(urlOf(site.storageWorker), { type: 'module' }),
    wasmUrl: urlOf(site.sqliteWasm).href,
    send,
    sendText: (json) => host.eventText(json),
    sources,
    calls,
    pool,
    download,
  });
  if (storage.isReturning) storage.start(); // its files are in the browser's cache; a first visit loads it when asked
  const thumbnails = new Thumbnails({ pool, sources, stored: storage.stored, upload: (...picture) => {
    thumbnailsDrawn += 1;
    host.uploadThumbnail(...picture);
  } });
  storage.showCoversIn(thumbnails);
  const pixels = new Pixels({ pool, sources, upload: (...picture) => host.uploadPixels(...picture) });
  const sending = new Sending({
    pool,
    sources,
    send,
    secretStore: new SecretStore(),
    notes: new DeviceNotes(),
    storeLedger: (rows) => storage.storeLedger(rows),
  });
  const looking = new Looking({ pool: lookPool, sources, send, networks: site.networks, urlOf });
  const obey = createEffects({
    intake,
    importing: new Importing({ pool, sources, thumbnails, send }),
    exporting: new Exporting({ pool, sources, send, answer: (request, blob) => calls.answer(request, blob) }),
    picturesOut: new PicturesOut({ pool, sources }),
    sample: makeSample,
    sources,
    calls,
    guard: createGuard(),
    storage,
    sending,
    looking,
    texts: smallTexts({ calls, send, download }),
  });

  const module = await createApp({ instantiateWasm: instantiate(wasm) });
  const host = await createHost({
    module,
    canvas: document.getElementById('canvas'),
    root: document.getElementById('app'),
    fonts,
    onEffect: obey,
    onCommit: (json) => storage.commit(json),
    onWantThumbnails: (ids) => thumbnails.want(ids),
    onWantPixels: (wanted) => pixels.want(wanted),
    onPasteFiles: (files) => intake.pasted(files),
    onContextTrouble: (trouble) => showBanner(trouble === 'lost' ? kContextLost : ''),
  });
  for (const event of storedPreferences()) host.event(event);
  intake.watchDrops();
  storage.watchPage();
  sending.watchPage();
  host.wake();
  for (let waited = 0; host.frameCount() === 0 && waited < 20; ++waited) await nextFrame();
  drawn();
  host.event({ kind: 'Started' });
  looking.announce().then(() => sending.restore());
  loadLicences(host);

  const isSettled = (state) => !state.typing && !state.storage?.opening && state.jobs.every((job) => job.state !== 'running');
  const isIdle = () =>
    !intake.busy && calls.waiting === 0 && sending.isIdle && looking.isIdle && storage.isIdle && thumbnails.isIdle && host.settled() && isSettled(host.state());
  const stats = () => ({ frames: host.frameCount(), thumbnails: thumbnailsDrawn, committed: storage.committed });
  return { host, calls, intake, isIdle, stats };
}

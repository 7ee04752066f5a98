// window.vignette: the app for scripts. Power users automate with it, tests drive with it, and it can do what the
// command palette can, since both run the same commands.
//
//   await vignette.ready;
//   await vignette.addFiles([...input.files]);
//   const { items } = vignette.state();
//   await vignette.run('caption.set', { item: items[0].id, text: 'a red bicycle' });
//   const zip = await vignette.run('export', { format: 'replicate' });   // a Blob

const kLookMs = 30;

/**
 * Puts the object in place at once, so that a script can wait for `ready` however early it comes.
 * @returns {{open(parts): void, fail(error): void}}
 */
export function installScripting(target = window) {
  let parts = null;
  let resolveReady;
  let rejectReady;
  const ready = new Promise((resolve, reject) => {
    resolveReady = resolve;
    rejectReady = reject;
  });
  ready.catch(() => {}); // nobody need wait for it
  const now = () => {
    if (parts) return parts;
    throw Object.assign(new Error('Vignette has not started yet.'), { code: 'refused', hint: 'await vignette.ready first.' });
  };

  target.vignette = Object.freeze({
    /** Resolves once the first frame is drawn; rejects where the app cannot run. */
    ready,
    /** [{id, title, keys, enabled}] */
    commands: () => now().host.commands(),
    /** Runs a command; JSON or a Blob. The error of a rejection has `code` and `hint`. */
    async run(id, args = {}) {
      const { calls, host } = now();
      return calls.make((request) => host.run(request, String(id), args));
    },
    /** Adds files as if they were dropped: {added: [id], rejected: [{path, message, …}]} once all are read. */
    async addFiles(files) {
      const { calls, intake } = now();
      const entries = Array.from(files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
      return calls.make((request) => intake.files(entries, request));
    },
    /** The dataset as JSON. */
    state: () => now().host.state(),
    /** Resolves when no job runs, nothing typed waits to be saved, and all thumbnails on screen are drawn. */
    async idle() {
      const { isIdle } = now();
      while (!isIdle()) await new Promise((resolve) => setTimeout(resolve, kLookMs));
    },
    /** [{id, role, name, value, rect: {x, y, w, h}, …}] of what is on screen, in CSS pixels. */
    widgets: () => now().host.nodes(),
    /** {frames, thumbnails, committed}: how many were drawn, or stored, since the start. What tests measure haste with. */
    stats: () => now().stats(),
  });

  return {
    open(opened) {
      parts = opened;
      resolveReady();
    },
    fail: (error) => rejectReady(error),
  };
}

// The page where the app cannot run: what is missing, and what a person can do about it. Plain DOM, no canvas.

const kNewer = 'Use a browser that is at most three years old: Chrome or Edge 91, Firefox 114, Safari 16.4, or anything newer.';

const kReasons = {
  wasm: {
    what: 'This browser does not run WebAssembly, or it was switched off (Lockdown Mode on Apple devices does that).',
    hints: ['Allow WebAssembly for this site; in Lockdown Mode, exclude this site from it.', kNewer],
  },
  simd: {
    what: 'This browser runs WebAssembly, but without its vector instructions (SIMD), which decode your pictures.',
    hints: [kNewer, 'On a computer with a processor from before 2008, another machine is needed.'],
  },
  workers: {
    what: 'This browser lacks workers that can draw (OffscreenCanvas), where pictures are read without stopping the page.',
    hints: [kNewer],
  },
  'no-webgl2': {
    what: 'This browser offers no WebGL 2, which draws everything on this page.',
    hints: [
      'Switch on “Use graphics acceleration when available” in the browser’s settings under System, and restart it.',
      'Update the graphics driver, or try another browser: some refuse graphics cards that others accept.',
      'On a remote desktop or in a virtual machine, start the browser on the machine in front of you.',
    ],
  },
  load: {
    what: 'A part of the program could not be loaded.',
    hints: [
      'Check the connection and try again.',
      'If you run this site yourself: copy the whole folder build/site, and serve it over http, not as a file:// page.',
    ],
  },
  other: {
    what: 'Something went wrong while the program started.',
    hints: ['Try again.', 'If it happens again, please report it with the line below.'],
  },
};
kReasons.webgl2 = kReasons['no-webgl2'];

/** Shows the page instead of the app. `reason` is one of the keys above, `detail` a technical line or ''. */
export function showPlainPage(reason, detail = '') {
  const { what, hints } = kReasons[reason] ?? kReasons.other;
  const byId = (id) => document.getElementById(id);
  byId('plain-what').textContent = what;
  byId('plain-hints').replaceChildren(
    ...hints.map((hint) => Object.assign(document.createElement('li'), { textContent: hint })),
  );
  byId('plain-detail').textContent = detail;
  byId('plain-reload').addEventListener('click', () => location.reload());
  byId('skeleton')?.remove();
  byId('app').hidden = true;
  byId('plain').hidden = false;
}

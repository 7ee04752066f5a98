// The canvas: its WebGL 2 context, its size in true device pixels, and what happens when the context is lost.

export class HostError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const attributes = {
  alpha: false,
  depth: false,
  stencil: false,
  antialias: false, // ImGui smooths its edges by geometry
  powerPreference: 'low-power',
  preserveDrawingBuffer: false,
};

/** The context, made current for the C++ side. */
export function openContext(module, canvas) {
  const gl = canvas.getContext('webgl2', attributes);
  if (!gl) {
    throw new HostError('no-webgl2', 'This browser offers no WebGL 2, which Vignette draws with.');
  }
  const handle = module.GL.registerContext(gl, { ...attributes, majorVersion: 2, minorVersion: 0 });
  module.GL.makeContextCurrent(handle);
  return gl;
}

// A driver reset or an update takes a moment; longer means it is not coming back by itself.
const patienceMs = 5000;

/** `trouble` hears 'lost' when the context stays away, and 'back' if it returns after that. */
export function watchContext(canvas, { lost, restored, trouble }) {
  let timer = 0;
  let complained = false;
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // without it the browser never restores
    lost();
    timer = setTimeout(() => {
      complained = true;
      trouble('lost');
    }, patienceMs);
  });
  canvas.addEventListener('webglcontextrestored', () => {
    clearTimeout(timer);
    restored();
    if (complained) trouble('back');
    complained = false;
  });
}

// Beyond that nobody sees a difference, but the graphics card does.
const mostDensity = 3;
const mostPixels = 16e6;

/** The canvas's size in device pixels and its density (device pixels per CSS pixel). */
export function deviceSize(cssWidth, cssHeight, exact) {
  const ratio = window.devicePixelRatio || 1;
  let density = Math.min(ratio, mostDensity);
  density = Math.min(density, Math.sqrt(mostPixels / Math.max(1, cssWidth * cssHeight)));
  let width = Math.max(1, Math.round(cssWidth * density));
  let height = Math.max(1, Math.round(cssHeight * density));
  // What the observer says is exact to the pixel, where rounding may be one off and blur the picture. Under an
  // emulated density (developer tools) it reports CSS pixels instead: then it is far off, and not believed.
  if (exact && density === ratio && Math.abs(exact.width - width) <= 2 && Math.abs(exact.height - height) <= 2) {
    width = exact.width;
    height = exact.height;
  }
  return { width, height, density };
}

/**
 * Keeps the canvas's buffer as large as it appears. `resized(width, height, density)` must draw at once: waiting for
 * the next frame would show the old picture stretched.
 */
export function watchSize(canvas, resized) {
  let exact = null;
  let last = '';
  const apply = () => {
    const box = canvas.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return;
    const { width, height, density } = deviceSize(box.width, box.height, exact);
    const now = `${width}x${height}@${density}`;
    if (now === last) return;
    last = now;
    canvas.width = width;
    canvas.height = height;
    resized(width, height, density);
  };
  const observer = new ResizeObserver(([entry]) => {
    const box = entry.devicePixelContentBoxSize?.[0];
    exact = box ? { width: box.inlineSize, height: box.blockSize } : null;
    apply();
  });
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(canvas); // Safari
  }
  watchDensity(() => {
    exact = null;
    apply();
  });
  apply();
}

/** The window moved to a screen of another density, or the page was zoomed: no resize need come with it. */
function watchDensity(changed) {
  const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener(
    'change',
    () => {
      changed();
      watchDensity(changed);
    },
    { once: true },
  );
}

/** A phone's keyboard covers the page without resizing it: the app shrinks to what is left. */
export function watchKeyboard(root) {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    const covered = window.innerHeight - view.height;
    const keyboard = view.scale === 1 && covered > 100;
    root.style.height = keyboard ? `${view.height}px` : '';
  };
  view.addEventListener('resize', fit);
}

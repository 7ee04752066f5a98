// Says things to screen readers through two live regions. They read a region when its text changes, so each
// message clears it first: the same words twice in a row are heard twice.

const pauseMs = 50;

export function createVoice(root) {
  const regions = [false, true].map((assertive) => {
    const region = document.createElement('div');
    region.className = 'vignette-voice';
    region.setAttribute('role', assertive ? 'alert' : 'status');
    region.setAttribute('aria-live', assertive ? 'assertive' : 'polite');
    root.append(region);
    return { region, waiting: [], timer: 0 };
  });

  /** Messages that come together are read together. */
  return function say(text, assertive = false) {
    const voice = regions[assertive ? 1 : 0];
    voice.waiting.push(text);
    if (voice.timer) return;
    voice.region.textContent = '';
    voice.timer = setTimeout(() => {
      voice.region.textContent = voice.waiting.join(' ');
      voice.waiting = [];
      voice.timer = 0;
    }, pauseMs);
  };
}

// When to draw. Never without a reason: `wake` asks for one frame, and after it the C++ side says whether and when it
// wants another (0: at once, more: in so many ms, less: not before something happens). A hidden tab draws nothing,
// but time still passes there: typed text is saved, messages end.

const longest = 0x7fffffff; // setTimeout's own limit

/**
 * @param frame      (now) => ms, draws
 * @param timer      the time that was asked for has come
 * @param nextTimer  () => ms until update wants to know, less than 0: never; asked while the tab is hidden
 * @param inputWaits () => whether ImGui still holds input it has not looked at
 * @param drawn      called after each frame
 */
export function createLoop({ frame, timer, nextTimer, inputWaits, drawn }) {
  let request = 0;
  let timeout = 0;
  let stopped = false;
  let frames = 0;

  function plan(ms) {
    clearTimeout(timeout);
    timeout = ms < 0 ? 0 : setTimeout(rang, Math.min(ms, longest));
  }
  function rang() {
    timeout = 0;
    timer();
    wake();
  }
  function wake() {
    if (stopped) return;
    if (document.hidden) {
      plan(nextTimer());
    } else {
      request ||= requestAnimationFrame(draw);
    }
  }
  function draw(now) {
    cancelAnimationFrame(request);
    request = 0;
    if (stopped) return;
    const wait = frame(now);
    ++frames;
    drawn();
    if (wait === 0) {
      wake();
    } else {
      plan(wait);
    }
  }
  document.addEventListener('visibilitychange', wake);

  return {
    wake,
    /** Draws now: inside a handler, so that what it sets off still counts as the person's act; or a few frames, where
     *  ImGui wants press and release apart. */
    drawNow(atLeast = 1) {
      if (document.hidden) return;
      for (let i = 1; i <= 6; ++i) {
        draw(performance.now());
        if (i >= atLeast && !inputWaits()) return;
      }
    },
    stop() {
      stopped = true;
      cancelAnimationFrame(request);
      request = 0;
    },
    go() {
      stopped = false;
      wake();
    },
    frameCount: () => frames,
    waiting: () => request !== 0,
  };
}

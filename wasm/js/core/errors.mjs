// Errors as they cross from workers to the page: {code, message, hint}, the same three as in shared/base/result.hpp.

export class CoreError extends Error {
  /** @param {{code: string, message: string, hint?: string}} error */
  constructor({ code, message, hint = '' }) {
    super(message);
    this.name = 'CoreError';
    this.code = code;
    this.hint = hint;
  }
  toJSON() {
    return { code: this.code, message: this.message, hint: this.hint };
  }
}

export const cancelled = () =>
  new CoreError({ code: 'cancelled', message: 'The work was cancelled.', hint: '' });

/** Above this much memory in use, an abort of wasm means that no more was to be had. */
const muchMemory = 256 * 1024 * 1024;

/** What the worker tells of something that was thrown in it. */
export function describe(thrown, heapBytes = 0) {
  if (thrown instanceof CoreError) return thrown.toJSON();
  const text = String(thrown?.message ?? thrown);
  const aborted = thrown instanceof WebAssembly.RuntimeError && heapBytes > muchMemory;
  // RangeError: an ArrayBuffer for the answer could not be had.
  if (aborted || thrown instanceof RangeError || /out of memory/i.test(text)) {
    return {
      code: 'too_large',
      message: 'This file needs more memory than the browser gives.',
      hint: 'Make it smaller with another program, or close other tabs and try again.',
    };
  }
  return {
    code: 'internal',
    message: `A worker failed: ${text.slice(0, 300)}`,
    hint: 'Try it again; if it stays, please report it together with the kind of file.',
  };
}

/** A file that cannot be read any more. Browsers disagree on the name of that error, so it is told by where it came up. */
export const gone = (name) =>
  new CoreError({
    code: 'not_found',
    message: `${name} can no longer be read.`,
    hint: 'It was moved, changed or deleted since it was added: add it again.',
  });

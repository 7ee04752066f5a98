// What was thrown, as C++ and scripts get it: {code, message, hint}.

import { CoreError, gone } from '../core/errors.mjs';

export { CoreError };

/** What the browser throws where a file was moved, changed or forbidden since it was chosen. */
const kUnreadable = new Set(['NotFoundError', 'NotReadableError', 'NotAllowedError', 'SecurityError']);

/** @param {string} name  of the file it is about */
export function errorOf(thrown, name = 'The file') {
  if (typeof thrown?.code === 'string') return { code: thrown.code, message: thrown.message, hint: thrown.hint ?? '' };
  if (kUnreadable.has(thrown?.name)) return gone(name).toJSON();
  return { code: 'internal', message: String(thrown?.message ?? thrown), hint: 'Try it again; if it stays, please report it.' };
}

export const isCancelled = (thrown) => thrown?.code === 'cancelled' || thrown?.name === 'AbortError';

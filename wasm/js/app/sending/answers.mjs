// Reading the answer to a call, whole or as it comes, but never more than fits.

import { tooLong } from './failures.mjs';

const kMostBytes = 64 << 20;

/** @returns {Array<{name: string, value: string}>} */
export const headersOf = (response) => Array.from(response.headers, ([name, value]) => ({ name, value }));

/**
 * @param {(text: string) => void} take  each piece, in whole characters
 * @param {() => void} alive  called with every piece, whether or not it made a character
 */
export async function readText(response, host, take, alive) {
  if (!response.body) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    alive();
    bytes += value.length;
    if (bytes > kMostBytes) {
      reader.cancel().catch(() => {});
      throw tooLong(host);
    }
    take(decoder.decode(value, { stream: true }));
  }
  take(decoder.decode());
}

// What can go wrong with storage, as sentences for people: {code, message, hint}, like everywhere else.

export class StorageError extends Error {
  /** @param {{code: string, message: string, hint?: string}} error */
  constructor({ code, message, hint = '' }) {
    super(message);
    this.name = 'StorageError';
    this.code = code;
    this.hint = hint;
  }
}

export const kFull = {
  code: 'full',
  message: 'The browser has no room left for this dataset. Everything is still in this tab.',
  hint: 'Free some disk space or remove datasets that are no longer needed, then save again; or save a project file now.',
};
export const kDamaged = {
  code: 'damaged',
  message: 'The stored dataset is damaged.',
  hint: 'Save a project file now; opening the dataset again recovers what can be read.',
};
export const kReadOnly = {
  code: 'read_only',
  message: 'This dataset is being edited in another tab.',
  hint: 'Take it over to edit it here.',
};
export const kNotOpen = { code: 'refused', message: 'No dataset is open.', hint: 'Open one first.' };

// SQLite's primary result codes.
const kCorrupt = 11;
const kDiskFull = 13;
const kNotADatabase = 26;

const primary = (thrown) => (thrown?.resultCode ?? 0) & 0xff;

export const isDamage = (thrown) => primary(thrown) === kCorrupt || primary(thrown) === kNotADatabase;

const isFull = (thrown) => thrown?.wasFull || thrown?.name === 'QuotaExceededError' || primary(thrown) === kDiskFull;

/** @returns {{code: string, message: string, hint: string}} what the page is told of something thrown */
export function explain(thrown) {
  if (isFull(thrown)) return kFull;
  if (isDamage(thrown)) return kDamaged;
  if (typeof thrown?.code === 'string' && thrown.message) {
    return { code: thrown.code, message: thrown.message, hint: thrown.hint ?? '' };
  }
  return {
    code: 'internal',
    message: `Storing failed: ${String(thrown?.message ?? thrown).slice(0, 300)}`,
    hint: 'Everything is still in this tab: try again, or save a project file.',
  };
}

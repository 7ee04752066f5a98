// What left this machine: a row each time something is sent, written down before the answer is known; what it turned out
// to have cost is added later. Kept with the dataset.
//
//   {id, time, what, item, provider, model, host, bytes, copy: {width, height, bytes, hash} or null,
//    input_tokens?, output_tokens?, cost_micro_usd?}

const kTogetherMs = 100; // rows of one moment are stored in one go
const kAfterwardsMs = 1000; // what a call cost may wait for the next row to go with

/** randomUUID() is only there for pages that came over https. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export class Ledger {
  #store;
  #rowOf = new Map(); // call → its last row
  #waiting = new Map(); // id → row
  #storing = 0;
  #timer = null;
  #due = Infinity; // when the timer rings

  /** @param {(rows: object[]) => Promise<void>} store  rows with a known id replace the one before */
  constructor(store) {
    this.#store = store;
  }

  get isIdle() {
    return this.#waiting.size === 0 && this.#storing === 0;
  }

  add(call, row) {
    const full = { id: newId(), ...row };
    this.#rowOf.set(call, full);
    this.#write(full, kTogetherMs);
  }

  /** What a call used, once its answer is known. */
  complete(call, used) {
    const row = this.#rowOf.get(call);
    this.#rowOf.delete(call);
    if (row) this.#write(Object.assign(row, used), kAfterwardsMs);
  }

  /** Now: the page may be closed. */
  async flush() {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    const rows = [...this.#waiting.values()];
    this.#waiting.clear();
    if (rows.length === 0) return;
    this.#storing += 1;
    await this.#store(rows).catch(() => {}); // they stay in C++, until the tab is closed
    this.#storing -= 1;
  }

  #write(row, ms) {
    this.#waiting.set(row.id, row);
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.flush(), ms);
  }
}

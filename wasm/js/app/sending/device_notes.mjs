// What this device remembers about sending, none of it secret: the list of connections, and whether anything may be sent
// at all.

const kConnections = 'vignette.connections';
const kLocalOnly = 'vignette.local_only';

export class DeviceNotes {
  #storage;

  /** @param {Storage} [storage]  may throw at any access, where it is forbidden */
  constructor(storage = safely(() => globalThis.localStorage)) {
    this.#storage = storage;
  }

  /** C++'s own JSON, or "". */
  get connections() {
    return safely(() => this.#storage.getItem(kConnections)) ?? '';
  }
  set connections(json) {
    safely(() => this.#storage.setItem(kConnections, json));
  }

  get localOnly() {
    return safely(() => this.#storage.getItem(kLocalOnly)) === 'on';
  }
  set localOnly(on) {
    safely(() => (on ? this.#storage.setItem(kLocalOnly, 'on') : this.#storage.removeItem(kLocalOnly)));
  }
}

function safely(work) {
  try {
    return work();
  } catch {
    return undefined; // full or forbidden: it holds until the page is closed
  }
}

// What only reads, or may be lost: it need not wait for what is being stored.

import { ledgerText } from './ledger.mjs';

export const kinds = {
  list: (storage) => storage.datasets?.list() ?? [],

  async usage(storage) {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    const persisted = (await navigator.storage?.persisted?.()) ?? false;
    const datasets = (await storage.datasets?.sizes()) ?? [];
    const open = storage.session;
    for (const one of datasets) {
      one.thumbnails = one.id === open?.id ? (open.thumbnails?.bytes ?? 0) : 0;
      one.catalogue = Math.max(0, one.catalogue - one.thumbnails);
    }
    return { usage, quota, persisted, datasets };
  },

  moment: (storage, { id }) => storage.open().catalogue.momentParts(id),
  history: (storage, { item, set }) => storage.open().catalogue.captionHistory(item, set),
  ledger: (storage) => ledgerText(storage.open().catalogue.db),
  where: (storage, { item }) => storage.session?.catalogue?.whereKept(item) ?? null,

  'beside.sync': (storage, { all }) => storage.beside?.sync(all) ?? { texts: [], written: 0 },

  thumbnail: (storage, { item }) => storage.session?.thumbnails?.get(item) ?? null,
  thumbnails: (storage, { list }) => void storage.session?.thumbnails?.put(list),
};

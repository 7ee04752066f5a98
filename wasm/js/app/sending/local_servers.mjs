// Model servers on this very machine, looked for where they listen unless told otherwise. Each is asked something that
// only it answers in this way: these ports are popular.

import { expiring } from './stopping.mjs';

const kWaitMs = 800;

const ownedBy = (name) => ({ data } = {}) => Array.isArray(data) && data.some((model) => name.test(String(model?.owned_by)));

const kServers = [
  { kind: 'ollama', port: 11434, base: '', ask: '/api/version', is: ({ version }) => typeof version === 'string', own: true },
  { kind: 'llamacpp', port: 8080, base: '/v1', ask: '/v1/models', is: ownedBy(/^llamacpp$/) },
  { kind: 'lmstudio', port: 1234, base: '/v1', ask: '/v1/models', is: ownedBy(/^organization_owner$|lmstudio/i), own: true },
  { kind: 'vllm', port: 8000, base: '/v1', ask: '/v1/models', is: ownedBy(/^vllm$/) },
];

const kQuiet = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', redirect: 'error' };

/** @returns {Promise<{kind, base, blocked}|null>}  blocked: it is there, but lets no page like this one in */
async function look({ kind, port, base, ask, is, own }, fetch, page) {
  const at = `http://127.0.0.1:${port}`;
  if (at === page.origin || `http://localhost:${port}` === page.origin) return null; // that is us
  const found = { kind, base: at + base, blocked: false };
  try {
    const response = await fetch(at + ask, { ...kQuiet, signal: expiring(kWaitMs) });
    return response.ok && is(await response.json()) ? found : null;
  } catch {
    if (!own) return null; // whoever it is, it need not be the one we look for
  }
  try {
    await fetch(at + ask, { ...kQuiet, mode: 'no-cors', redirect: 'follow', signal: expiring(kWaitMs) });
    return { ...found, blocked: true };
  } catch {
    return null;
  }
}

/** @param {Record<string, number>} [ports]  by kind, where they are not the usual ones */
export async function findLocalServers({ fetch, page, ports = {} }) {
  const found = await Promise.all(kServers.map((server) => look({ ...server, port: ports[server.kind] ?? server.port }, fetch, page)));
  return found.filter(Boolean);
}

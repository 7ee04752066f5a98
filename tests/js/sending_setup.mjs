// A real server on loopback that remembers what reached it and answers as the test says, and the sending side with
// stand-ins for what only a browser has.
import { createServer } from 'node:http';

import { Sources } from '../../wasm/js/app/sources.mjs';
import { DeviceNotes } from '../../wasm/js/app/sending/device_notes.mjs';
import { Sending } from '../../wasm/js/app/sending/sending.mjs';

/** `routes[path](request, response, body)` answers; without one: 404. */
export async function listen(routes = {}) {
  const requests = []; // {method, path, headers, body, closed: Promise}
  const server = createServer((request, response) => {
    const pieces = [];
    const entry = { method: request.method, path: request.url, headers: request.headers };
    entry.closed = new Promise((resolve) => response.once('close', () => resolve(!response.writableEnded)));
    requests.push(entry);
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      entry.body = Buffer.concat(pieces);
      const answer = routes[request.url] ?? ((_, out) => out.writeHead(404).end());
      answer(request, response, entry.body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { url, routes, requests, close };
}

export const json = (status, value, headers = {}) => (_, response) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
};

/** A Storage of the web that forgets with the test. */
export function memoryStorage(entries = {}) {
  const storage = Object.create({
    getItem: (key) => storage[key] ?? null,
    setItem: (key, value) => void (storage[key] = String(value)),
    removeItem: (key) => void delete storage[key],
  });
  return Object.assign(storage, entries);
}

export function memorySecrets(entries = []) {
  const held = new Map(entries.map((entry) => [entry.connection, entry]));
  return {
    held,
    all: async () => [...held.values()],
    put: async (entry) => void held.set(entry.connection, structuredClone(entry)),
    remove: async (connection) => void held.delete(connection),
  };
}

/** The sending side with everything that can be looked at. `obey(kind, {…})` is an effect of C++. */
export function makeSending({ pool = null, page = 'http://127.0.0.1:1/', isOnline = () => true, secretStore = memorySecrets(), ...more } = {}) {
  const events = [];
  const waiting = [];
  const send = (event) => {
    events.push(event);
    for (const one of waiting.filter(({ test }) => test(event))) {
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve(event);
    }
  };
  /** The next event of one of these kinds, or one that was there already. */
  const heard = (...kinds) => {
    const test = ({ kind }) => kinds.includes(kind);
    const there = events.find(test);
    return there ? Promise.resolve(there) : new Promise((resolve) => waiting.push({ test, resolve }));
  };
  const end = (call) => {
    const test = (event) => event.call === call && /^Fetch(Done|Failed)$/.test(event.kind);
    const there = events.find(test);
    return there ? Promise.resolve(there) : new Promise((resolve) => waiting.push({ test, resolve }));
  };
  const sources = new Sources(() => { throw new Error('there are no archives here'); });
  const rows = [];
  const deviceStorage = more.deviceStorage ?? memoryStorage();
  const sessionStorage = more.sessionStorage ?? memoryStorage();
  const sending = new Sending({
    pool, sources, send, secretStore, page: new URL(page), isOnline, sessionStorage,
    notes: new DeviceNotes(deviceStorage),
    storeLedger: async (some) => void rows.push(...structuredClone(some)),
    ...more,
  });
  const effects = sending.effects();
  const obey = (kind, effect = {}) => effects[kind]({ kind, ...effect });
  let last = 0;
  /** A call and its end. */
  const call = (effect) => {
    const number = ++last;
    obey('Fetch', { call: number, connection: 0, method: 'POST', headers: [], auth: null, body: [], stream: false, timeout_ms: 5000, ledger: null, ...effect });
    return end(number);
  };
  return { sending, sources, events, rows, heard, end, obey, call, secretStore, deviceStorage, sessionStorage };
}

// T25: who is not the provider never hears the key. T17 over TLS, where bytes can wait inside the library.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { before, test } from 'node:test';
import tls from 'node:tls';

import { canaryKey, caption, completion, folder, http, startRelay, upstream } from './setup.mjs';

let dir;
const openssl = (...args) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe', timeout: 20_000 });

/** A certificate of our own authority, or of nobody's. */
function certificate(name, { host = 'DNS:localhost', days = ['-days', '30'], by = 'ca', purpose = 'serverAuth' } = {}) {
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=localhost');
  writeFileSync(join(dir, `${name}.ext`), `subjectAltName=${host}\nextendedKeyUsage=${purpose}\n`);
  if (by) openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-out', `${name}.crt`, ...days, '-extfile', `${name}.ext`);
  else openssl('x509', '-req', '-in', `${name}.csr`, '-signkey', `${name}.key`, '-out', `${name}.crt`, ...days, '-extfile', `${name}.ext`);
  return { key: readFileSync(join(dir, `${name}.key`)), cert: readFileSync(join(dir, `${name}.crt`)) };
}

before(() => {
  dir = folder();
  for (const ca of ['ca', 'stranger'])
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${ca}.key`, '-out', `${ca}.crt`, '-days', '30', '-subj', `/CN=${ca}`);
});

const secure = (options, answer) => upstream(answer ?? ((_, socket) => socket.write(http(completion()))), { listen: (handler) => tls.createServer(options, handler) });
const before_it = (provider) => startRelay(`https://localhost:${provider.port}/v1`, { env: { SSL_CERT_FILE: join(dir, 'ca.crt'), SSL_CERT_DIR: dir } });

test('T25 the provider itself is believed', async () => {
  const provider = await secure(certificate('good'));
  const answer = await caption(await before_it(provider));
  assert.equal(answer.status, 200, await answer.text());
  assert.match(provider.requests[0].head, new RegExp(canaryKey));
});

const impostors = {
  'for another host': () => certificate('other', { host: 'DNS:api.example.org' }),
  'for a wildcard that does not fit': () => certificate('wild', { host: 'DNS:*.localhost' }),
  'that is over': () => certificate('over', { days: ['-days', '-1'] }),
  'signed by itself': () => certificate('self', { by: null }),
  'of an unknown authority': () => certificate('unknown', { by: 'stranger' }),
  'for clients, not for servers': () => certificate('client', { purpose: 'clientAuth' }),
  'of its authority’s key alone, signed by a leaf': () => (certificate('leaf'), certificate('grandchild', { by: 'leaf' })),
};
for (const [name, make] of Object.entries(impostors)) {
  test(`T25 a certificate ${name} is refused before the key is sent`, async () => {
    const provider = await secure(make());
    const relay = await before_it(provider);
    for (const stream of [false, true]) {
      const answer = await caption(relay, { stream });
      assert.equal(answer.status, 502);
      assert.equal((await answer.json()).error.code, 'upstream_error');
    }
    assert.equal(provider.requests.length, 0);
  });
}

for (const version of ['TLSv1', 'TLSv1.1']) {
  test(`T25 ${version} is refused`, async () => {
    const provider = await secure({ ...certificate(`old${version}`), minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' });
    assert.equal((await caption(await before_it(provider))).status, 502);
    assert.equal(provider.requests.length, 0);
  });
}

test('T25 a provider that speaks no TLS where it should gets no key', async () => {
  let heard = '';
  const provider = await upstream(() => {}, {
    listen: (handler) => net.createServer((socket) => {
      handler(socket);
      socket.on('data', (some) => {
        heard += some.toString('latin1');
        socket.end(http(completion()));
      });
    }),
  });
  assert.equal((await caption(await before_it(provider))).status, 502);
  assert.ok(heard.length > 0 && !heard.includes(canaryKey));
});

test('T17 bytes behind an answer that wait inside TLS are not the next client’s answer', async () => {
  const poison = http(completion('POISON'));
  for (const size of [4096, 8192, 12_288, 16_384, 5000]) {
    const provider = await secure(certificate(`tls${size}`), (_, socket, nth) => {
      if (nth > 1) return socket.write(http(completion('next')));
      // As long as the relay reads at once, so that what follows stays behind.
      const short = size - http(completion('')).length;
      const text = 'a'.repeat(short - (http(completion('a'.repeat(short))).length - size));
      assert.equal(http(completion(text)).length, size);
      return socket.write(http(completion(text)) + poison.repeat(2));
    });
    const relay = await before_it(provider);
    const first = await caption(relay);
    assert.equal(first.status, 200);
    await first.text();
    for (let n = 0; n < 3; n++) assert.doesNotMatch(await (await caption(relay)).text(), /POISON/, `${size} bytes`);
    relay.child.kill('SIGKILL');
  }
});

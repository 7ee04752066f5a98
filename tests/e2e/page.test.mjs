// The page around the app: any static host, no foreign origin, assistive technology, no WebGL 2, other sizes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, openApp, startRelay } from './browser.mjs';

let relay, browser;
before(async () => {
  relay = await startRelay();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

test('the relay sends the policy, the right types and long-lived caching for hashed names', async () => {
  const index = await fetch(`${relay.url}/`);
  const policy = index.headers.get('content-security-policy') ?? '';
  assert.match(policy, /'wasm-unsafe-eval'/);
  assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'|https?:\/\/(?!127\.0\.0\.1|localhost)/);
  const calls = /connect-src 'self' https: http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*;/;
  assert.match(policy, calls, 'models may be called over https and on this machine');
  assert.match(await index.text(), calls, 'on hosts without headers, too');
  assert.match(index.headers.get('cache-control') ?? '', /no-cache/);
  const wasm = readdirSync('build/site').find((name) => /^app-[0-9a-f]+\.wasm$/.test(name)) ?? readdirSync('build/site', { recursive: true }).find((name) => /app-[0-9a-f]+\.wasm$/.test(name));
  const reply = await fetch(`${relay.url}/${wasm}`, { headers: { 'accept-encoding': 'br' } });
  assert.equal(reply.headers.get('content-type'), 'application/wasm');
  assert.equal(reply.headers.get('content-encoding'), 'br');
  assert.match(reply.headers.get('cache-control') ?? '', /immutable/);
});

test('no file of the site names another origin to load from', () => {
  for (const name of readdirSync('build/site', { recursive: true })) {
    if (!/\.(html|css)$/.test(name)) continue;
    assert.doesNotMatch(readFileSync(join('build/site', name), 'utf8'), /(src|href|url)\s*[=(]\s*["']?https?:/, name);
  }
});

test('works from python3 -m http.server under a sub-path, with nothing refused by the policy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vignette-static-'));
  cpSync('build/site', join(folder, 'deep/er'), { recursive: true });
  const server = spawn('python3', ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const port = await new Promise((resolve) => server.stdout.on('data', (data) => { const found = /port (\d+)/.exec(data.toString()); if (found) resolve(found[1]); }));
    const app = await openApp(browser, `http://127.0.0.1:${port}/deep/er/`);
    await app.run('sample.load');
    await app.idle();
    assert.equal((await app.state()).items.length, 12);
    await app.shot('sample-dark');
    assert.deepEqual(app.troubles, []);
    await app.close();
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a screen reader finds landmarks, named buttons and the pictures with their captions', async () => {
  const app = await openApp(browser, relay.url);
  await app.run('sample.load');
  await app.idle();
  await app.settle();
  const { page } = app;
  for (const landmark of ['banner', 'navigation', 'main', 'contentinfo']) assert.ok(await page.getByRole(landmark).count() >= 1, landmark);
  await page.getByRole('button', { name: /Undo/ }).first().waitFor({ state: 'attached' });
  assert.ok(await page.getByRole('gridcell').count() >= 8);
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  await page.evaluate(axe).catch(() => {});
  const cdp = await app.context.newCDPSession(page);
  await cdp.send('Runtime.evaluate', { expression: axe });
  const violations = await page.evaluate(async () => (await globalThis.axe.run(document.body)).violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.help} ${v.nodes[0].html.slice(0, 160)}`));
  assert.deepEqual(violations, []);
  await app.close();
});

test('a mirrored button pressed by assistive technology does what the button does', async () => {
  const app = await openApp(browser, relay.url);
  await app.page.getByRole('button', { name: /sample set/ }).first().dispatchEvent('click');
  await app.page.waitForFunction(() => vignette.state().items.length === 12);
  await app.close();
});

test('the whole app is reached with the keyboard alone, and the focus is always visible', async () => {
  const app = await openApp(browser, relay.url);
  await app.run('sample.load');
  await app.idle();
  const seen = new Set();
  for (let i = 0; i < 40; i += 1) {
    await app.page.keyboard.press('Tab');
    await app.page.waitForTimeout(60);
    const focused = (await app.widgets()).find((w) => w.focused);
    if (focused) seen.add(`${focused.role} ${focused.name}`);
  }
  assert.ok([...seen].some((w) => /Undo|Library|Caption|Export/.test(w)), [...seen].join('; '));
  assert.ok(seen.size >= 8, [...seen].join('; '));
  await app.shot('keyboard-focus');
  await app.close();
});

test('without WebGL 2 a plain page says what is missing and what to do', async () => {
  const plain = await launch({ args: ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'] });
  const page = await plain.newPage();
  await page.goto(relay.url);
  await page.getByText(/WebGL/).first().waitFor();
  await page.screenshot({ path: 'build/screenshots/no-webgl.png' });
  await plain.close();
});

test('the graphics context may be lost and comes back with the pictures', async () => {
  const app = await openApp(browser, relay.url);
  await app.run('sample.load');
  await app.idle();
  await app.page.evaluate(async () => {
    const lose = document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    lose.loseContext();
    await new Promise((r) => setTimeout(r, 300));
    lose.restoreContext();
    await new Promise((r) => setTimeout(r, 800));
  });
  await app.idle();
  await app.shot('after-context-loss');
  assert.deepEqual(app.troubles.filter((t) => !/CONTEXT_LOST|context lost/i.test(t)), []);
  await app.close();
});

test('every room in both themes, from a phone to 4K', async () => {
  const sizes = { phone: [375, 700], narrow: [640, 480], laptop: [1280, 800], '4k': [3840, 2160] };
  for (const colorScheme of ['dark', 'light']) {
    for (const [name, [width, height]] of Object.entries(sizes)) {
      if (colorScheme === 'light' && name === '4k') continue;
      const app = await openApp(browser, relay.url, { viewport: { width, height }, colorScheme });
      await app.shot(`${name}-${colorScheme}-empty`);
      await app.run('sample.load');
      await app.idle();
      await app.page.waitForTimeout(300);
      for (const room of ['library', 'caption', 'export', 'settings']) {
        await app.run(`room.${room}`);
        await app.shot(`${name}-${colorScheme}-${room}`);
        for (const widget of await app.widgets()) {
          assert.ok(widget.rect.x >= -1 && widget.rect.x + widget.rect.w <= width + 1, `${name} ${room}: ${widget.role} "${widget.name}" leaves the window`);
        }
      }
      await app.run('room.library');
      await app.run('view.single');
      await app.page.waitForTimeout(600);
      await app.shot(`${name}-${colorScheme}-single`);
      for (const command of ['help.keys', 'help.about', 'palette.open']) {
        await app.run(command);
        await app.shot(`${name}-${colorScheme}-${command.replace('.', '-')}`);
        await app.run('view.back');
      }
      assert.deepEqual(app.troubles, [], `${name} ${colorScheme}`);
      await app.close();
    }
  }
});

test('text stays sharp and whole at 125 % and on a dense screen', async () => {
  const dense = await launch({ args: ['--force-device-scale-factor=1.25'] });
  const app = await openApp(dense, relay.url, { viewport: null });
  await app.run('sample.load');
  await app.idle();
  await app.shot('scale-125');
  await dense.close();
});

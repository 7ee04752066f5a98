// What every browser test starts from: the real relay serving the real site, and Debian's Chromium.
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const executablePath = process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome']).toString().trim();

export const chromiumArgs = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
];

/** Where the builds are, should they not be those of the presets. */
export const site = process.env.VIGNETTE_SITE ?? 'build/site';
const binary = (name) => `${process.env.VIGNETTE_BIN ?? 'build/bin'}/${name}`;

/** Starts `vignette-relay serve` on a free port; resolves to {url, stop()}. `env`: keys, addresses, an access code. */
export function startRelay(options = ['--site', site, '--port', '0'], env = {}) {
  return startServer('vignette-relay', ['serve', ...options], env);
}

/** Stands in for all providers (tests/emulator/main.cpp); resolves to {url, stop()}. */
export const startEmulatorProcess = () => startServer('vignette-emulator', ['--port', '0']);

function startServer(name, options, env = {}) {
  const child = spawn(binary(name), options, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    child.once('error', reject);
    child.stdout.on('data', (data) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(data.toString())?.[0];
      if (url) resolve({ url, pid: child.pid, stop: () => stop(child) });
    });
  });
}

function stop(child) {
  child.removeAllListeners('exit');
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((done) => {
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    child.once('exit', () => { clearTimeout(late); done(); });
    child.kill('SIGTERM');
  });
}

export function launch(extra = {}) {
  return chromium.launch({ executablePath, args: [...chromiumArgs, ...(extra.args ?? [])], headless: true });
}

/** A page with the app running in it, and what went wrong in it so far. */
export async function openApp(browser, url, { query = '', ...context } = {}) {
  return openAppIn(await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', acceptDownloads: true, ...context }), url + query);
}

/** The same in a context that is there already. */
export async function openAppIn(context, url) {
  const page = await context.newPage();
  await page.setViewportSize(page.viewportSize() ?? { width: 1280, height: 800 });
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') troubles.push(`console: ${message.text()}`); });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.vignette?.ready);
  await within(60, 'the start', page.evaluate(() => globalThis.vignette.ready));
  const app = new App(page, context, troubles);
  await app.settle();
  return app;
}

/** What takes longer than any good run does is an error that says so, not a test that never ends. */
export function within(seconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} s`)), seconds * 1000); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class App {
  constructor(page, context, troubles) { Object.assign(this, { page, context, troubles }); }

  run(id, args = {}) { return within(120, `the command ${id}`, this.page.evaluate(([i, a]) => globalThis.vignette.run(i, a), [id, args])); }
  state() { return this.page.evaluate(() => globalThis.vignette.state()); }
  widgets() { return this.page.evaluate(() => globalThis.vignette.widgets()); }
  idle() { return within(120, 'coming to rest', this.page.evaluate(() => globalThis.vignette.idle())); }
  /** Long enough for layout, hover and fades to come to rest. */
  async settle() { await this.page.waitForTimeout(250); }

  /** The widget of this name (text or pattern) and role, once it is on screen. */
  async widget(name, role) {
    for (let tries = 0; tries < 100; tries += 1) {
      const found = (await this.widgets()).find((w) => (name instanceof RegExp ? name.test(w.name) : w.name === name) && (!role || w.role === role));
      if (found) return found;
      await this.page.waitForTimeout(50);
    }
    const names = (await this.widgets()).map((w) => `${w.role} "${w.name}"`).join(', ');
    throw new Error(`no widget ${role ?? ''} "${name}" on screen; there are: ${names}`);
  }

  /** The widget, scrolled to with the wheel where it is below or above what is shown. */
  async reveal(name, role) {
    for (let tries = 0; tries < 20; tries += 1) {
      const found = await this.widget(name, role);
      const { height } = this.page.viewportSize();
      const middle = found.rect.y + found.rect.h / 2;
      if (!found.offscreen && middle > 0 && middle < height) return found;
      await this.page.mouse.move(found.rect.x + found.rect.w / 2, height / 2);
      await this.page.mouse.wheel(0, middle < height / 2 ? -200 : 200);
      await this.settle();
    }
    throw new Error(`the wheel does not bring "${name}" into view`);
  }

  /** Clicks it with the real mouse. */
  async click(name, role, options = {}) {
    const { rect } = await this.reveal(name, role);
    await this.page.mouse.click(rect.x + rect.w / 2, rect.y + rect.h / 2, options);
    await this.settle();
  }

  /** Adds files as a drop does: real File objects in a DataTransfer over the window. `files`: [{name, type, base64}] */
  async drop(files) {
    await this.page.evaluate(async (list) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type, lastModified: 1_700_000_000_000 }));
      }
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.querySelector('canvas').dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true, clientX: 400, clientY: 300 }));
      }
    }, files.map(({ name, type = '', bytes }) => ({ name, type, base64: Buffer.from(bytes).toString('base64') })));
    await this.page.waitForFunction(() => vignette.state().jobs.every((job) => job.state !== 'running'), null, { timeout: 60_000 });
    await this.idle();
  }

  /** Keeps a picture of the screen for people to look at: build/screenshots/NAME.png. */
  async shot(name) {
    mkdirSync('build/screenshots', { recursive: true });
    await this.settle();
    await this.page.screenshot({ path: `build/screenshots/${name}.png` });
  }

  async close() { await this.context.close(); }
}

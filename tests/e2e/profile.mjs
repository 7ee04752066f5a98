// A Chromium with a profile that outlives it, so that it can be killed like any program and started again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { chromiumArgs, executablePath } from './browser.mjs';

export class Profile {
  #folder = mkdtempSync(path.join(tmpdir(), 'vignette-profile-'));
  #child = null;

  /** @returns the browser's default context, connected over the debugging protocol */
  async start() {
    const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#folder}`, '--window-size=1280,800', ...chromiumArgs];
    this.#child = spawn(executablePath, [...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const endpoint = await new Promise((resolve, reject) => {
      let heard = '';
      this.#child.stderr.on('data', (data) => {
        heard += data;
        const url = /DevTools listening on (ws:\S+)/.exec(heard)?.[1];
        if (url) resolve(url);
      });
      this.#child.once('exit', () => reject(new Error(`the browser ended: ${heard.slice(-500)}`)));
    });
    const browser = await chromium.connectOverCDP(endpoint);
    return browser.contexts()[0];
  }

  /** SIGKILL to the browser and all its processes at once, as the system does when memory runs out. */
  async kill() {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
    if (child.exitCode === null && child.signalCode === null) await ended;
  }

  async remove() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

// Folders of the person's own: captions next to the pictures, and permission to read pictures that lie there.

import { errorOf, isCancelled } from '../errors.mjs';

const kWriteMs = 800; // after the last change

export class Folders {
  #ask;
  #handles;
  #send;
  #retry;
  #dataset = '';
  #linked = false;
  #timer = null;

  /** @param {{ask, handles, send, retry: () => void}} parts  `retry`: pictures that could not be read now can */
  constructor({ ask, handles, send, retry }) {
    this.#ask = ask;
    this.#handles = handles;
    this.#send = send;
    this.#retry = retry;
  }

  effects() {
    return {
      LinkFolder: () => this.#link(),
      ResumeFolder: () => this.#resume(),
      UnlinkFolder: () => this.#unlink(),
    };
  }

  async opened(dataset, mode) {
    this.#dataset = dataset;
    this.#linked = false;
    if (mode === 'memory') return;
    await this.#tellWaiting();
    if (mode === 'ready') await this.#connect();
  }

  /** Captions changed here. */
  changed() {
    if (!this.#linked) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sync(false), kWriteMs);
  }

  /** The person is back from elsewhere, where files may have been changed. */
  look() {
    if (this.#linked) this.#sync(true);
  }

  async #link() {
    if (!globalThis.showDirectoryPicker) return this.#failed(kNoFolders);
    try {
      const folder = await globalThis.showDirectoryPicker({ mode: 'readwrite', id: 'vignette-captions' });
      await this.#handles.link(this.#dataset, folder);
      await this.#connect();
    } catch (thrown) {
      if (!isCancelled(thrown)) this.#failed(errorOf(thrown, 'The folder'));
    }
  }

  async #resume() {
    await this.#handles.allow(this.#dataset);
    await this.#tellWaiting();
    this.#retry();
    await this.#connect();
  }

  async #unlink() {
    this.#linked = false;
    await this.#handles.unlink(this.#dataset);
    await this.#ask('beside.unlink');
    this.#send({ kind: 'FolderLinked', name: '' });
  }

  /** The linked folder, if there is one and it may be written to. */
  async #connect() {
    const folder = await this.#handles.linked(this.#dataset);
    if (!folder || (await this.#handles.waiting(this.#dataset)).some(({ handle }) => handle === folder)) return;
    this.#send({ kind: 'FolderLinked', name: folder.name });
    await this.#ask('beside.link', { folder });
    this.#linked = true;
    await this.#sync(true);
  }

  #sync(all) {
    return this.#run(this.#ask('beside.sync', { all }));
  }

  async #run(answer) {
    try {
      const { texts } = await answer;
      if (texts.length > 0) this.#send({ kind: 'TextsFound', texts });
    } catch (thrown) {
      this.#failed(errorOf(thrown, 'The folder'));
    }
  }

  async #tellWaiting() {
    const waiting = await this.#handles.waiting(this.#dataset);
    this.#send({ kind: 'FoldersWaiting', folders: waiting.map(({ handle }) => handle.name) });
  }

  #failed({ code, message, hint }) {
    this.#linked = false;
    this.#send({ kind: 'FolderLinked', name: '', error: { code, message, hint } });
  }
}

const kNoFolders = {
  code: 'unsupported',
  message: 'This browser cannot write into folders.',
  hint: 'Use Chrome or Edge on a computer, or export the captions as files.',
};

// "Load the sample set": twelve pictures, drawn by code in a worker of their own, seven of them with a caption. They
// arrive as if somebody had dropped a folder.

import { CoreError } from './errors.mjs';
import { site, urlOf } from './site_files.mjs';

/** @param {(file: File, path: string) => void} found  called for each as soon as it is drawn */
export function makeSample(found) {
  const worker = new Worker(urlOf(site.sampleWorker), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data ? found(data.file, data.path) : resolve());
    worker.onerror = () => reject(new CoreError(kNotDrawn));
  }).finally(() => worker.terminate());
}

const kNotDrawn = {
  code: 'internal',
  message: 'The sample pictures could not be drawn.',
  hint: 'Check the connection and try again, or add pictures of your own.',
};

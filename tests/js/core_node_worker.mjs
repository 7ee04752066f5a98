// The site's worker inside a node worker thread: parentPort dressed as a Web Worker's global scope.
import { parentPort, workerData } from 'node:worker_threads';

const port = { postMessage: (...words) => parentPort.postMessage(...words), onmessage: null };
const { serve } = await import(new URL('worker.mjs', workerData.core));
serve(port);
parentPort.on('message', (data) => port.onmessage({ data }));

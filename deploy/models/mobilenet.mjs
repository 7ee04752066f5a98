// MobileNetV1, which names what a picture shows, from its TensorFlow Lite file.

import { NetworkFile } from './network_file.mjs';
import { readTflite } from './tflite.mjs';

/** [out][height][width][in] becomes [height][width][in][out]. */
function turned(weights, [out, height, width, channels]) {
  const rows = height * width * channels;
  const turnedWeights = new Float32Array(weights.length);
  for (let o = 0; o < out; o += 1) {
    for (let r = 0; r < rows; r += 1) turnedWeights[r * out + o] = weights[o * rows + r];
  }
  return turnedWeights;
}

/** @param {{network: Buffer, labels: Buffer}} parts */
export function packMobilenet({ network, labels }) {
  const file = new NetworkFile();
  const made = new Map(); // tensor of theirs → tensor of ours
  let last = 0;
  for (const { name, input, output, stride, relu6, weights, shape, bias } of readTflite(network)) {
    const from = made.get(input) ?? 0;
    if (name === 'convolve') last = file.convolve({ from, kernel: shape[1], stride, channels: shape[0], relu6, weights: turned(weights, shape), bias });
    else if (name === 'depthwise') last = file.depthwise({ from, kernel: shape[1], stride, relu6, weights, bias });
    else if (name === 'average') last = file.mean({ from });
    // What is left only puts numbers in another order, or makes probabilities of them, which shared/local does itself.
    made.set(output, last);
  }
  return file.bytes({ height: 224, width: 224, labels: labels.toString().trim().split('\n').map((line) => line.trim()), outputs: [last] });
}

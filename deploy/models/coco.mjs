// MobileNetV2 with an SSD on top, which finds things and where they are, from the graph that TensorFlow.js runs. The graph
// keeps what follows a convolution (scaling, shifting, normalising) as operations of their own; here they become part
// of its weights.

import { NetworkFile } from './network_file.mjs';

const kHeads = 6;

class Graph {
  #nodes;
  #constants;
  #file = new NetworkFile();
  #made = new Map([['Preprocessor/sub', 0]]); // node → tensor

  constructor({ modelTopology, weightsManifest }, weights) {
    this.#nodes = new Map(modelTopology.node.map((node) => [node.name, node]));
    this.#constants = new Map();
    let at = 0;
    for (const { name, shape, dtype } of weightsManifest.flatMap((group) => group.weights)) {
      const count = shape.reduce((product, side) => product * side, 1);
      if (dtype === 'float32') {
        const numbers = Float32Array.from({ length: count }, (_, i) => weights.readFloatLE(at + i * 4));
        this.#constants.set(name, { shape, numbers });
      }
      at += count * 4;
    }
    if (at !== weights.length) throw new Error('the weights are of another size than their list says');
  }

  get file() {
    return this.#file;
  }

  constant(name) {
    const found = this.#constants.get(name);
    if (!found) throw new Error(`there is no constant ${name}`);
    return found;
  }

  /** @returns {number} the tensor of this node */
  tensor(name) {
    if (!this.#made.has(name)) this.#made.set(name, this.#make(name));
    return this.#made.get(name);
  }

  #make(name) {
    const node = this.#nodes.get(name);
    if (node.op === 'Relu6') return this.#emit(this.#linear(node.input[0]), true);
    const [first, second] = node.input;
    if (node.op === 'Add' && this.#nodes.get(first)?.op === 'AddN') return this.#residual(first, second);
    if (node.op === 'Add' && this.#nodes.get(second)?.op === 'AddN') return this.#residual(second, first);
    if (node.op === 'Add' && !this.#constants.has(first) && !this.#constants.has(second)) {
      return this.#file.sum({ from: this.tensor(first), and: this.tensor(second) });
    }
    return this.#emit(this.#linear(name), false);
  }

  /** (convolution + what was before) + shift. */
  #residual(sum, shift) {
    const [convolved, before] = this.#nodes.get(sum).input;
    const linear = this.#linear(convolved);
    const and = this.tensor(before);
    return this.#file.sum({ from: this.#emit(this.#shifted(linear, this.constant(shift).numbers), false), and });
  }

  /** A convolution with all that is done to each of its channels afterwards. */
  #linear(name) {
    const { op, input, attr } = this.#nodes.get(name);
    const [first, second] = input;
    switch (op) {
      case 'Conv2D':
      case 'DepthwiseConv2dNative': {
        const { shape, numbers } = this.constant(second);
        const channels = op === 'Conv2D' ? shape[3] : shape[2];
        const stride = Number(attr.strides.list.i[1]);
        return { op, from: first, kernel: shape[0], stride, channels, weights: numbers, bias: new Float32Array(channels) };
      }
      case 'Mul':
        return this.#scaled(this.#linear(first), this.constant(second).numbers);
      case 'Add':
      case 'BiasAdd':
        return this.#shifted(this.#linear(first), this.constant(second).numbers);
      case 'FusedBatchNorm': {
        const [scale, offset, mean, variance] = input.slice(1).map((each) => this.constant(each).numbers);
        const by = scale.map((s, i) => s / Math.sqrt(variance[i] + attr.epsilon.f));
        return this.#shifted(this.#scaled(this.#linear(first), by), offset.map((o, i) => o - mean[i] * by[i]));
      }
      default:
        throw new Error(`the operation ${op} of ${name} is not known`);
    }
  }

  #scaled(linear, by) {
    const { channels } = linear;
    return { ...linear, weights: linear.weights.map((w, i) => w * by[i % channels]), bias: linear.bias.map((b, i) => b * by[i]) };
  }

  #shifted(linear, by) {
    return { ...linear, bias: linear.bias.map((b, i) => b + by[i]) };
  }

  #emit({ op, from: before, ...rest }, relu6) {
    const step = { ...rest, relu6, from: this.tensor(before) };
    return op === 'Conv2D' ? this.#file.convolve(step) : this.#file.depthwise(step);
  }
}

/** @param {{graph: Buffer, weights: Buffer[], labels: Buffer}} parts */
export function packCoco({ graph: json, weights, labels }) {
  const graph = new Graph(JSON.parse(json), Buffer.concat(weights));
  const outputs = [];
  for (let head = 0; head < kHeads; head += 1) {
    outputs.push(graph.tensor(`BoxPredictor_${head}/BoxEncodingPredictor/BiasAdd`));
    outputs.push(graph.tensor(`BoxPredictor_${head}/ClassPredictor/BiasAdd`));
  }
  graph.file.table('anchors', graph.constant('Postprocessor/ExpandDims').numbers);
  // The first label stands for "nothing"; numbers that the data set left out have three question marks.
  const names = labels.toString().trim().split('\n').map((line) => line.trim());
  return graph.file.bytes({ height: 300, width: 300, labels: names.map((name, i) => (i === 0 || name === '???' ? '' : name)), outputs });
}

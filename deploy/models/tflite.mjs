// Reads what we need of a TensorFlow Lite file, which is a flatbuffer: tables that hold offsets to their fields, found
// by the field's place in the schema.

const kConvolve = 3;
const kDepthwise = 4;
const kNames = new Map([[1, 'average'], [kConvolve, 'convolve'], [kDepthwise, 'depthwise'], [22, 'reshape'], [25, 'softmax']]);
const kRelu6 = 3;
const kSame = 0;

class Table {
  constructor(bytes, at) {
    Object.assign(this, { bytes, at });
  }

  /** Where the field is; 0: it is left out. */
  #field(index) {
    const fields = this.at - this.bytes.readInt32LE(this.at);
    const at = 4 + index * 2;
    const offset = at < this.bytes.readUInt16LE(fields) ? this.bytes.readUInt16LE(fields + at) : 0;
    return offset && this.at + offset;
  }

  byte(index) {
    const at = this.#field(index);
    return at && this.bytes.readInt8(at);
  }

  integer(index) {
    const at = this.#field(index);
    return at && this.bytes.readInt32LE(at);
  }

  table(index) {
    const at = this.#field(index);
    return new Table(this.bytes, at + this.bytes.readUInt32LE(at));
  }

  #vector(index) {
    const field = this.#field(index);
    if (!field) return { at: 0, count: 0 };
    const at = field + this.bytes.readUInt32LE(field);
    return { at: at + 4, count: this.bytes.readUInt32LE(at) };
  }

  integers(index) {
    const { at, count } = this.#vector(index);
    return Array.from({ length: count }, (_, i) => this.bytes.readInt32LE(at + i * 4));
  }

  tables(index) {
    const { at, count } = this.#vector(index);
    return Array.from({ length: count }, (_, i) => new Table(this.bytes, at + i * 4 + this.bytes.readUInt32LE(at + i * 4)));
  }

  floats(index) {
    const { at, count } = this.#vector(index);
    return Float32Array.from({ length: count / 4 }, (_, i) => this.bytes.readFloatLE(at + i * 4));
  }
}

/**
 * The operations in their order: {name, stride?, relu6?, weights?, shape?, bias?, input, output}, the last two being
 * numbers of tensors.
 */
export function readTflite(bytes) {
  const model = new Table(bytes, bytes.readUInt32LE(0));
  const codes = model.tables(1).map((code) => code.byte(0));
  const [graph] = model.tables(2);
  const tensors = graph.tables(0);
  const buffers = model.tables(4);
  const numbers = (tensor) => buffers[tensors[tensor].integer(2)].floats(0);
  return graph.tables(3).map((operator) => {
    const code = codes[operator.integer(0)];
    const name = kNames.get(code);
    const [input, weights, bias] = operator.integers(1);
    const [output] = operator.integers(2);
    if (!name) throw new Error(`the operation ${code} is not known`);
    if (code !== kConvolve && code !== kDepthwise) return { name, input, output };
    const options = operator.table(4);
    const activation = options.byte(code === kConvolve ? 3 : 4);
    if (options.byte(0) !== kSame || (activation !== 0 && activation !== kRelu6)) throw new Error('a convolution is of another kind');
    return {
      name, input, output, stride: options.integer(1), relu6: activation === kRelu6,
      weights: numbers(weights), shape: tensors[weights].integers(0), bias: numbers(bias),
    };
  });
}

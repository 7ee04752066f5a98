// Writes a network as shared/local/network.hpp reads it: a header in JSON, then all numbers as halves.

const kMagic = 'VIGNNET1';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest half; ties to even. What is too large for one becomes infinite, which add() refuses. */
export function halfOf(number) {
  float[0] = number;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14 halves are multiples of 2^-24; adding 0.5 lets the float unit do the rounding.
    float[0] = Math.abs(number) + 0.5;
    return sign | (bits[0] - 0x3f000000);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

export class NetworkFile {
  #steps = [];
  #numbers = []; // Float32Arrays
  #count = 0;
  #tables = {};

  /** Puts numbers away. @returns {number} where they begin */
  #add(numbers) {
    const at = this.#count;
    this.#numbers.push(numbers);
    this.#count += numbers.length;
    return at;
  }

  /** @returns {number} the tensor that the step makes */
  convolve({ from, kernel, stride, channels, relu6, weights, bias }) {
    return this.#step({ do: 'convolve', from, kernel, stride, channels, relu6, weights: this.#add(weights), bias: this.#add(bias) });
  }

  depthwise({ from, kernel, stride, relu6, weights, bias }) {
    return this.#step({ do: 'depthwise', from, kernel, stride, relu6, weights: this.#add(weights), bias: this.#add(bias) });
  }

  mean({ from }) {
    return this.#step({ do: 'mean', from });
  }

  sum({ from, and }) {
    return this.#step({ do: 'add', from, and });
  }

  table(name, numbers) {
    this.#tables[name] = [this.#add(numbers), numbers.length];
  }

  #step(step) {
    return this.#steps.push(step);
  }

  /** @param {{height: number, width: number, labels: string[], outputs: number[]}} about */
  bytes(about) {
    const header = Buffer.from(JSON.stringify({ ...about, steps: this.#steps, tables: this.#tables }));
    const padded = Buffer.concat([header, Buffer.alloc((4 - (header.length % 4)) % 4, ' ')]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(padded.length);
    const halves = Buffer.alloc(this.#count * 2);
    let at = 0;
    for (const numbers of this.#numbers) {
      for (const number of numbers) {
        const half = halfOf(number);
        if ((half & 0x7c00) === 0x7c00) throw new Error(`the weight ${number} does not fit a half`);
        at = halves.writeUInt16LE(half, at);
      }
    }
    return Buffer.concat([Buffer.from(kMagic), size, padded, halves]);
  }
}

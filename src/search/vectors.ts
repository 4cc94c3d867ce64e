/** Bytes of one number of a stored vector. */
export const BYTES_EACH = 4;

/** A vector of length 1 in the direction of `values`; undefined where they have none. */
export function normalised(values: Float64Array): Float32Array | undefined {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (length === 0 || !Number.isFinite(length)) return undefined;
  return Float32Array.from(values, (value) => value / length);
}

/** A vector as it is stored: little-endian 32-bit floats. */
export function encodeVector(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(vector.length * BYTES_EACH);
  const view = new DataView(bytes.buffer);
  vector.forEach((value, index) => view.setFloat32(index * BYTES_EACH, value, true));
  return bytes;
}

/** Reads a stored vector into `target`, from `offset` on. */
export function decodeVector(bytes: Uint8Array, target: Float32Array, offset = 0): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < bytes.byteLength / BYTES_EACH; index++) {
    target[offset + index] = view.getFloat32(index * BYTES_EACH, true);
  }
}

/** The cosine of `vector` and the one that stands in `block` from `offset` on, from -1 to 1; both have length 1. */
export function cosine(vector: Float32Array, block: Float32Array, offset = 0): number {
  // Four sums at once: the processor need not wait for one before it begins the next.
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = vector.length - vector.length % 4;
  for (let index = 0; index < whole; index += 4) {
    a += vector[index]! * block[offset + index]!;
    b += vector[index + 1]! * block[offset + index + 1]!;
    c += vector[index + 2]! * block[offset + index + 2]!;
    d += vector[index + 3]! * block[offset + index + 3]!;
  }
  for (let index = whole; index < vector.length; index++) a += vector[index]! * block[offset + index]!;
  return a + b + c + d;
}

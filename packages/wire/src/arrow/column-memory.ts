const SLAB_BYTES = 1024 * 1024;

/**
 * Memory of columns that are done with before the next ones are built. New memory for each batch would make the runtime collect its whole
 * heap every few batches, which with a million row objects in it costs more than building the columns. What is taken is not zeroed,
 * and is valid until `reset`.
 */
export class ColumnMemory {
  readonly #slabs: ArrayBuffer[] = [];
  #slab = 0;
  #at = 0;

  /** Everything taken before may be taken again. */
  reset(): void {
    this.#slab = 0;
    this.#at = 0;
  }

  /** Memory at a multiple of 8 bytes. */
  take(bytes: number): { readonly buffer: ArrayBuffer; readonly byteOffset: number } {
    let buffer = this.#slabs[this.#slab];
    while (buffer !== undefined && this.#at + bytes > buffer.byteLength) {
      this.#at = 0;
      buffer = this.#slabs[++this.#slab];
    }
    if (buffer === undefined) this.#slabs.push((buffer = new ArrayBuffer(Math.max(SLAB_BYTES, bytes))));
    const byteOffset = this.#at;
    this.#at += (bytes + 7) & ~7;
    return { buffer, byteOffset };
  }
}

/** An array of doubles, from memory that is used again where there is any. */
export function float64s(length: number, memory?: ColumnMemory): Float64Array {
  if (memory === undefined) return new Float64Array(length);
  const { buffer, byteOffset } = memory.take(length * 8);
  return new Float64Array(buffer, byteOffset, length);
}

export function float32s(length: number, memory?: ColumnMemory): Float32Array {
  if (memory === undefined) return new Float32Array(length);
  const { buffer, byteOffset } = memory.take(length * 4);
  return new Float32Array(buffer, byteOffset, length);
}

export function int64s(length: number, memory?: ColumnMemory): BigInt64Array {
  if (memory === undefined) return new BigInt64Array(length);
  const { buffer, byteOffset } = memory.take(length * 8);
  return new BigInt64Array(buffer, byteOffset, length);
}

export function int32s(length: number, memory?: ColumnMemory): Int32Array {
  if (memory === undefined) return new Int32Array(length);
  const { buffer, byteOffset } = memory.take(length * 4);
  return new Int32Array(buffer, byteOffset, length);
}

export function bytes(length: number, memory?: ColumnMemory): Uint8Array {
  if (memory === undefined) return new Uint8Array(length);
  const { buffer, byteOffset } = memory.take(length);
  return new Uint8Array(buffer, byteOffset, length);
}

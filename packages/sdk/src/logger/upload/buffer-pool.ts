const FIRST_SIZE = 64 * 1024;

/**
 * Memory of request bodies, used again once a request has landed. New memory for each would make the runtime collect its
 * whole heap every few requests, which with a million rows in it costs more than all the rest.
 */
export class BufferPool {
  readonly #free: Uint8Array[] = [];

  take(): PooledBuffer {
    return new PooledBuffer(this.#free.pop() ?? new Uint8Array(FIRST_SIZE), (memory) => this.#free.push(memory));
  }
}

/** Bytes that grow at the end. */
export class PooledBuffer {
  length = 0;
  #memory: Uint8Array;
  readonly #giveBack: (memory: Uint8Array) => void;

  constructor(memory: Uint8Array, giveBack: (memory: Uint8Array) => void) {
    this.#memory = memory;
    this.#giveBack = giveBack;
  }

  append(bytes: Uint8Array): void {
    const needed = this.length + bytes.byteLength;
    if (needed > this.#memory.byteLength) {
      const larger = new Uint8Array(Math.max(needed, this.#memory.byteLength * 2));
      larger.set(this.bytes());
      this.#memory = larger;
    }
    this.#memory.set(bytes, this.length);
    this.length = needed;
  }

  bytes(): Uint8Array {
    return this.#memory.subarray(0, this.length);
  }

  release(): void {
    this.#giveBack(this.#memory);
  }
}

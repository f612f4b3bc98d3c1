import { ArrowFormatError } from "./errors.js";
import { concat } from "./message.js";

/** Exact-length reads over chunks of any size; memory grows with what arrived, never with what a length field claims. */
export class ByteSource {
  private readonly iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  private chunk: Uint8Array = new Uint8Array(0);
  private done = false;
  /** Bytes handed out so far. */
  position = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  async atEnd(): Promise<boolean> {
    while (this.chunk.byteLength === 0) if (!(await this.pull())) return true;
    return false;
  }

  /** @param what names the wanted bytes in the error when the input ends first */
  async take(length: number, what: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (await this.atEnd()) {
        const there = length - missing;
        throw new ArrowFormatError(
          `stream was cut off inside ${what}: ${there} of ${length} bytes are there`,
          this.position + there,
        );
      }
      const part = this.chunk.subarray(0, missing);
      this.chunk = this.chunk.subarray(part.byteLength);
      missing -= part.byteLength;
      parts.push(part);
    }
    this.position += length;
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : concat(parts);
  }

  /** Lets the producer stop when reading ends early. */
  async close(): Promise<void> {
    if (this.done) return;
    this.done = true;
    await this.iterator.return?.();
  }

  private async pull(): Promise<boolean> {
    if (this.done) return false;
    const next = await this.iterator.next();
    if (next.done === true) {
      this.done = true;
      return false;
    }
    this.chunk = next.value;
    return true;
  }
}

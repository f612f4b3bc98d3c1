import { ArrowFormatError } from "./errors.js";

export interface FlatVector {
  /** Position of the first element. */
  readonly start: number;
  readonly length: number;
}

/**
 * A flatbuffer table that refuses to read outside its bytes.
 * The generated readers inside apache-arrow trust every offset and length, so a hostile header could make them loop
 * billions of times; a header is walked with this class first.
 */
export class FlatTable {
  private readonly view: DataView;
  private readonly vtable: number;
  private readonly vtableLength: number;

  private constructor(
    private readonly bytes: Uint8Array,
    private readonly position: number,
    private readonly base: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.within(position, 4);
    this.vtable = position - this.view.getInt32(position, true);
    this.within(this.vtable, 4);
    this.vtableLength = this.view.getUint16(this.vtable, true);
    this.within(this.vtable, this.vtableLength);
  }

  /** @param base position of `bytes` in the stream, for error texts */
  static root(bytes: Uint8Array, base: number): FlatTable {
    if (bytes.byteLength < 8) throw new ArrowFormatError("message metadata is shorter than a flatbuffer can be", base);
    const offset = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    return new FlatTable(bytes, offset, base);
  }

  int8(field: number, fallback = 0): number {
    const at = this.at(field, 1);
    return at === 0 ? fallback : this.view.getInt8(at);
  }

  int16(field: number, fallback = 0): number {
    const at = this.at(field, 2);
    return at === 0 ? fallback : this.view.getInt16(at, true);
  }

  int32(field: number, fallback = 0): number {
    const at = this.at(field, 4);
    return at === 0 ? fallback : this.view.getInt32(at, true);
  }

  /** An absent field reads as 0, as flatbuffers define. */
  int64(field: number): number {
    const at = this.at(field, 8);
    return at === 0 ? 0 : this.int64At(at);
  }

  int64At(at: number): number {
    return Number(this.view.getBigInt64(at, true));
  }

  table(field: number): FlatTable | null {
    const at = this.at(field, 4);
    return at === 0 ? null : new FlatTable(this.bytes, at + this.view.getUint32(at, true), this.base);
  }

  vector(field: number, elementSize: number): FlatVector {
    const at = this.at(field, 4);
    if (at === 0) return { start: 0, length: 0 };
    const head = at + this.view.getUint32(at, true);
    this.within(head, 4);
    const length = this.view.getUint32(head, true);
    this.within(head + 4, length * elementSize);
    return { start: head + 4, length };
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.vector(field, 4);
    return Array.from({ length }, (_, i) => {
      const at = start + 4 * i;
      return new FlatTable(this.bytes, at + this.view.getUint32(at, true), this.base);
    });
  }

  private at(field: number, size: number): number {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.vtableLength) return 0;
    const offset = this.view.getUint16(this.vtable + slot, true);
    if (offset === 0) return 0;
    this.within(this.position + offset, size);
    return this.position + offset;
  }

  private within(start: number, size: number): void {
    if (start >= 0 && start + size <= this.bytes.byteLength) return;
    throw new ArrowFormatError("message metadata is not a valid flatbuffer: it points outside itself", this.base);
  }
}

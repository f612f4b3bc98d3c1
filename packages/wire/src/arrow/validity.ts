/** A value a column may hold; null and undefined both become Arrow null. */
export type Nullable<T> = T | null | undefined;

/** Validity of a column under construction: costs nothing until the first null. */
export class Validity {
  nullCount = 0;
  private bitmap: Uint8Array | null = null;

  constructor(private readonly length: number) {}

  setNull(index: number): void {
    this.bitmap ??= allValid(this.length);
    this.bitmap[index >> 3] = (this.bitmap[index >> 3] ?? 0) & ~(1 << (index & 7));
    this.nullCount++;
  }

  /** What `makeData` takes. */
  props(): { nullCount: number; nullBitmap: Uint8Array | null } {
    return { nullCount: this.nullCount, nullBitmap: this.bitmap };
  }
}

function allValid(length: number): Uint8Array {
  const bitmap = new Uint8Array((length + 7) >> 3).fill(0xff);
  if ((length & 7) !== 0) bitmap[bitmap.length - 1] = (1 << (length & 7)) - 1;
  return bitmap;
}

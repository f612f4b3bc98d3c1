/**
 * Bytes that are not a well-formed Arrow IPC stream, or a message that contradicts its schema.
 * `byte` is the position in the stream (or in the message, when there is no stream) where the reader gave up.
 */
export class ArrowFormatError extends Error {
  override readonly name = "ArrowFormatError";
  readonly byte: number | undefined;

  constructor(problem: string, byte?: number) {
    super(byte === undefined ? problem : `${problem} (at byte ${byte})`);
    this.byte = byte;
  }
}

/** Values or columns that cannot be written as Arrow: the message names the column, the row and the remedy. */
export class ArrowEncodeError extends Error {
  override readonly name = "ArrowEncodeError";
}

/** A record or upload description that cannot be understood; the text names the field and is fit for a 400 body. */
export class IngestFormatError extends Error {
  override readonly name = "IngestFormatError";
}

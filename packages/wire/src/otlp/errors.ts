/** A trace export request that cannot be understood; the text is fit for a 400 body or an INVALID_ARGUMENT status. */
export class OtlpFormatError extends Error {
  override readonly name = "OtlpFormatError";
}

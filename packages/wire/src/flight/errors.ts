/** A Flight message or command that cannot be understood; the text is fit for an INVALID_ARGUMENT status. */
export class FlightFormatError extends Error {
  override readonly name = "FlightFormatError";
}

/** The call was wrong; the text says what is allowed. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

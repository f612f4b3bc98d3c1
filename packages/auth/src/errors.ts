/** Everything this package throws. */
export abstract class AuthError extends Error {}

/** A source of random bytes that cannot be trusted with a key: it gave too few bytes, or the same ones for ever. */
export class RandomSourceError extends AuthError {
  override name = "RandomSourceError";
}

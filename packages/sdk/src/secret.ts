import { redactKey } from "@axlab/auth";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A value that must not be printed by accident: an API key, a temporary password.
 *
 * `console.log`, `util.inspect`, `JSON.stringify`, template strings and string concatenation show the redacted form.
 * `reveal()` is the one way to the value.
 */
export class Secret {
  readonly #value: string;
  /** What prints show: of a key the first 6 and last 3 characters, of anything else as given. */
  readonly redacted: string;

  constructor(value: string, redacted: string = redactKey(value)) {
    this.#value = value;
    this.redacted = redacted;
  }

  /** The secret itself. Hand it to a vault; do not log it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return this.redacted;
  }

  toJSON(): string {
    return this.redacted;
  }

  [INSPECT](): string {
    return `Secret(${this.redacted})`;
  }
}

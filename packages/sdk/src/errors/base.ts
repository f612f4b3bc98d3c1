import { redactSecrets } from "@axlab/auth";

/** The root of every error this package throws. `message` never holds a key. */
export class ArizeError extends Error {
  override readonly name: string = "ArizeError";

  constructor(message: string, options?: ErrorOptions) {
    super(redactSecrets(message), options);
  }
}

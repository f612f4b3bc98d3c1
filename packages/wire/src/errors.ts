/** Base of every error thrown by this package. `code` is stable and meant for programs; `message` for people. */
export class WireError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A value that cannot be written in its wire form, such as an id with an impossible number. */
export class InvalidWireValueError extends WireError {
  constructor(message: string) {
    super("invalid_wire_value", message);
  }
}

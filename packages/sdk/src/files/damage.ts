import { ArizeError, ValidationError } from "../errors/index.js";

/**
 * What a reader's own error means to the caller: the file is not what its format says. Errors that already say so pass.
 * @param where such as `row 5, column "a"`
 */
export function damage(name: string, where: string, error: unknown): Error {
  if (error instanceof ArizeError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new ValidationError(`${name} is damaged, or not of its format`, [{ path: where, message: said }]);
}

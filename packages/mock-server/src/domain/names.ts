import { ConflictError } from "../errors.js";
import { isUniqueViolation } from "../store/store.js";

/** Runs a write whose only unique index besides the id is over a name. @throws ConflictError when the name is taken */
export async function withUniqueName<T>(
  what: string,
  name: string,
  where: string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(what, name, where) : error;
  }
}

export const nameTaken = (what: string, name: string, where: string): ConflictError =>
  new ConflictError(`name: ${what} named "${name}" is already there in this ${where}; choose another name.`);

/** For `where name like` without regard to case; the text is looked for as it stands. */
export const containing = (text: string): string =>
  `%${text.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;

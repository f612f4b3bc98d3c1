import { NameInput } from "@axlab/wire/rest";
import { sql, type RawBuilder } from "kysely";
import { ConflictError, InvalidRequestError } from "../errors.js";
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

/** A name that came by Flight, held to the rules of REST. @throws InvalidRequestError */
export function checkedName(field: string, text: string): string {
  const { data, error } = NameInput.safeParse(text);
  if (data === undefined) throw new InvalidRequestError(`${field}: ${error?.issues[0]?.message ?? "is no name"}.`);
  return data;
}

/**
 * Whether a column holds the text, in any case; the text is looked for as it stands. SQLite, and PostgreSQL in the C locale, know the case of
 * ASCII letters only: the others that the text has are made small one by one.
 */
export function contains(column: "name" | "email", text: string): RawBuilder<boolean> {
  let folded = sql<string>`lower(${sql.ref(column)})`;
  for (const [variant, small] of caseVariants(text)) folded = sql<string>`replace(${folded}, ${variant}, ${small})`;
  const pattern = [...text]
    .map(smallLetter)
    .join("")
    .replaceAll(/[\\%_]/g, (character) => `\\${character}`);
  return sql<boolean>`${folded} like ${`%${pattern}%`} escape '\\'`;
}

const smallLetter = (character: string): string => character.toLowerCase();

/** The forms of the text's letters beyond ASCII that are not small, each with its small letter. */
function caseVariants(text: string): Map<string, string> {
  const variants = new Map<string, string>();
  for (const character of text.replaceAll(/\p{ASCII}/gu, "")) {
    const small = smallLetter(character);
    for (const variant of [character, small.toUpperCase()])
      if (variant !== small && smallLetter(variant) === small) variants.set(variant, small);
  }
  return variants;
}

import { explainZodError } from "@axlab/wire";
import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";

/**
 * Holds a mutation's input to the rules that REST has for the same thing: lengths, blanks, ranges.
 * @throws InvalidRequestError naming the field
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new InvalidRequestError(explainZodError(parsed.error, "body").replace("Request body: ", ""));
  return parsed.data;
}

const Named = z.object({
  name: z
    .string()
    .trim()
    .min(1, "must not be blank")
    .refine((text) => [...text].length <= 255, "must have at most 255 characters"),
});

/** A name as REST takes it: trimmed, not blank, of at most 255 characters. @throws InvalidRequestError */
export const checkedName = (name: string): string => checked(Named, { name }).name;

/** Without the members that are null or undefined: a null in an input means that it was not given. */
export function given<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  // boundary: exactly the members with a value are kept
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

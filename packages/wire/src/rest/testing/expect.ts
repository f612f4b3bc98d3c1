import { expect } from "vitest";
import type * as z from "zod";

/** `schema` takes `value` and gives it back, but for the fields named in `changed`. */
export function accepts(schema: z.ZodType, value: unknown, changed: object = {}): void {
  const result = schema.safeParse(value);
  expect(result.error?.issues ?? []).toEqual([]);
  expect(result.data).toEqual({ ...(value as object), ...changed });
}

/** `schema` refuses `value` for faults at exactly these paths (`""` is the value itself), each named once. */
export function refuses(schema: z.ZodType, value: unknown, ...paths: string[]): void {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const found = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  expect(found.map((path) => path.join("."))).toEqual(paths);
}

/** `value` with `change` laid over it. */
export function vary(value: object): (change: object) => object {
  return (change) => ({ ...value, ...change });
}

/** A text of `length` characters that are two UTF-16 units each. */
export function wide(length: number): string {
  return "😀".repeat(length);
}

export function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
}

/** `value` once for each variant that `vary` makes of an object inside it, with the path of that object. */
export function* everyObject(
  value: unknown,
  vary: (object: object) => object[],
  path = "",
): Generator<[string, unknown]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) for (const variant of vary(value)) yield [path, variant];
  for (const [key, inner] of Object.entries(value)) {
    for (const [innerPath, changed] of everyObject(inner, vary, path === "" ? key : `${path}.${key}`)) {
      yield [innerPath, Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }];
    }
  }
}

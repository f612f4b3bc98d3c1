import * as z from "zod";
import { parseGlobalId, type GlobalIdType } from "../ids.js";
import { isJsonObject, type JsonObject } from "../json.js";
import { pageQuery } from "../pagination.js";
import { charactersOf } from "../text.js";

/** An id, as opaque text: whether it exists and may be seen is the platform's question. */
export const Id = z.string().min(1);

/** An id whose type the platform checks before it looks the resource up (spec/rest.md §1.8). */
export function idOf(type: GlobalIdType) {
  return z
    .string()
    .refine(
      (text) => parseGlobalId(text)?.type === type,
      `must be the id of a ${type === "Model" ? "project" : type.toLowerCase()}`,
    );
}

const CONTROL = /\p{Cc}/u;

/** The longest text that a `name` filter takes: a longer name could not be looked up. */
const LONGEST_NAME = 255;

/** A name: trimmed, not blank, without control characters, at most `max` characters (code points, as JSON Schema counts them). */
export function nameField(max = LONGEST_NAME) {
  return z
    .string()
    .trim()
    .refine((text) => text !== "", "must not be blank")
    .refine((text) => !CONTROL.test(text), "must not hold control characters, such as a line break")
    .refine((text) => charactersOf(text) <= max, `must have at most ${max} characters`)
    .meta({ minLength: 1, maxLength: max });
}

/** A name as resources have it. */
export const NameInput = nameField();

/** As `NameInput`; an empty text stands for none. */
export const NameOrEmpty = z
  .string()
  .superRefine((text, context) => {
    if (text === "") return;
    for (const { message } of NameInput.safeParse(text).error?.issues ?? [])
      context.addIssue({ code: "custom", message });
  })
  .transform((text) => text.trim());

/** Free text of at most `max` characters; may be empty. */
export function textField(max: number) {
  return z
    .string()
    .refine((text) => charactersOf(text) <= max, `must have at most ${max} characters`)
    .meta({ maxLength: max });
}

/** The text of a `name`-like list filter: case-insensitive substring, at most 255 characters (spec/rest.md §1.9). */
export const NameFilter = textField(LONGEST_NAME).optional().meta({ description: "Case-insensitive part of the name" });

/** A request body that refuses fields it does not know, and says which it does. */
export function requestBody<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `allowed here are ${Object.keys(shape).join(", ")}` : undefined,
  });
}

/** A PATCH body: as `requestBody`, and at least one of `changes` (all its fields unless named) must be there. */
export function patchBody<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  changes: readonly string[] = Object.keys(shape),
) {
  return requestBody(shape).refine(
    (body) => Object.entries(body).some(([key, value]) => changes.includes(key) && value !== undefined),
    {
      error: `must change something: give at least one of ${changes.join(", ")}`,
      when: (payload) => payload.issues.length === 0,
    },
  );
}

/** A list of `min` to `max` items; with `unique`, no two items may have the same key. */
export function listOf<Item extends z.ZodType>(
  item: Item,
  min: number,
  max?: number,
  unique?: (item: z.output<Item>) => string | undefined,
) {
  const list = max === undefined ? z.array(item).min(min) : z.array(item).min(min).max(max);
  if (unique === undefined) return list;
  return list.superRefine((items, context) => {
    const first = new Map<string, number>();
    items.forEach((entry, index) => {
      const key = unique(entry);
      if (key === undefined) return;
      const seenAt = first.get(key);
      if (seenAt === undefined) first.set(key, index);
      else
        context.addIssue({
          code: "custom",
          path: [index],
          message: `repeats item ${seenAt}: give each once`,
        });
    });
  });
}

/** A boolean of a query string: `true` or `false`. */
export const QueryBoolean = z.preprocess(
  (value: boolean | "true" | "false") => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

/** A query parameter that may be repeated (`status=A&status=B`). */
export function repeated<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value: z.input<Item> | readonly z.input<Item>[]): unknown => (Array.isArray(value) ? value : [value]),
    z.array(item),
  );
}

/** The query of lists scoped to a space: `space_id`, `space_name`, `name` and paging (50, at most 100). */
export const spaceScopedQuery = pageQuery(50, 100).extend({
  space_id: Id.optional(),
  space_name: NameFilter,
  name: NameFilter,
});

/**
 * A flat JSON record: some fields of ours, any others of the user's. `check` reports faults by field (null: the whole record); the checked record is
 * typed as `Known` plus free fields. Nested values keep to `isJsonValue`.
 */
export function openRecord<Known extends object>(
  check: (record: JsonObject, fault: (field: string | null, message: string) => void) => void,
) {
  return z
    .custom<Known & JsonObject>(isJsonObject, "must be an object of JSON values, at most 100 levels deep")
    .superRefine((record, context) => {
      check(record, (field, message) => {
        context.addIssue({ code: "custom", path: field === null ? [] : [field], message });
      });
    })
    .meta({ type: "object", additionalProperties: true });
}

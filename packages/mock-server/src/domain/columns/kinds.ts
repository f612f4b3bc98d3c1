import type { JsonValue } from "@axlab/wire";

/** What the values of a column have in common. `json`: objects and mixtures, which travel as JSON text. */
export type Kind =
  "null" | "bool" | "int" | "float" | "text" | "json" | "instant" | { list: Kind } | { fields: Map<string, Kind> };

/** @param structs whether objects become Arrow structs: so where they came as such, else they are JSON text */
export function kindOf(value: JsonValue | undefined, structs: boolean): Kind {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "int" : "float";
  if (Array.isArray(value))
    return { list: value.reduce((kind: Kind, item) => join(kind, kindOf(item, structs)), "null") };
  if (!structs) return "json";
  return { fields: new Map(Object.entries(value).map(([name, field]) => [name, kindOf(field, structs)])) };
}

/** The kind that holds the values of both. */
export function join(a: Kind, b: Kind): Kind {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  if ((a === "int" && b === "float") || (a === "float" && b === "int")) return "float";
  // Instants are kept as their milliseconds.
  if ((a === "int" && b === "instant") || (a === "instant" && b === "int")) return "instant";
  if (typeof a === "object" && typeof b === "object") {
    if ("list" in a && "list" in b) return { list: join(a.list, b.list) };
    if ("fields" in a && "fields" in b) {
      const fields = new Map(a.fields);
      for (const [name, kind] of b.fields) fields.set(name, join(fields.get(name) ?? "null", kind));
      return { fields };
    }
  }
  return "json";
}

/** Whether a column of this kind came with Arrow structs, so that later objects become structs too. */
export const holdsStructs = (kind: Kind | undefined): boolean =>
  typeof kind === "object" && ("fields" in kind || holdsStructs(kind.list));

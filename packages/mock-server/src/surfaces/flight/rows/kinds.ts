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

/** What a column's Arrow type, as it was uploaded, says beyond its values: 2.0 is written as 2 in JSON, but stays a float. */
export function hinted(kind: Kind, type: string | undefined): Kind {
  if (type === undefined) return kind;
  if (kind === "int" && type.startsWith("Float")) return "float";
  if (kind === "int" && type.startsWith("Timestamp")) return "instant";
  if (typeof kind === "object" && "list" in kind) return { list: hinted(kind.list, /^List<(.*)>$/.exec(type)?.[1]) };
  if (kind !== "null") return kind;
  if (type.startsWith("Float")) return "float";
  if (type.startsWith("Int")) return "int";
  if (type.startsWith("Timestamp")) return "instant";
  return type === "Bool" ? "bool" : type === "Null" ? "null" : "text";
}

export const holdsStructs = (type: string | undefined): boolean => type?.includes("Struct<") ?? false;

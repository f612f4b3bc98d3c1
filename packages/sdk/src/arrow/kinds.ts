/** What the values of a column are, in the terms that Arrow columns are built from. */
export type Kind =
  | { readonly type: "null" | "bool" | "int64" | "float32" | "float64" | "text" | "timestamp" }
  | { readonly type: "list"; readonly item: Kind }
  | { readonly type: "struct"; readonly fields: ReadonlyMap<string, Kind> };

export const NULL: Kind = { type: "null" };
const FLOAT64: Kind = { type: "float64" };

/** The narrowest kind that holds both, or undefined when no column can. */
export function joinKinds(a: Kind, b: Kind): Kind | undefined {
  if (a.type === "null") return b;
  if (b.type === "null") return a;
  if (a.type === "list" && b.type === "list") {
    const item = joinKinds(a.item, b.item);
    return item && { type: "list", item };
  }
  if (a.type === "struct" && b.type === "struct") return joinStructs(a.fields, b.fields);
  if (a.type === b.type) return a;
  return isNumber(a) && isNumber(b) ? FLOAT64 : undefined;
}

function joinStructs(a: ReadonlyMap<string, Kind>, b: ReadonlyMap<string, Kind>): Kind | undefined {
  const fields = new Map(a);
  for (const [name, kind] of b) {
    const joined = joinKinds(fields.get(name) ?? NULL, kind);
    if (joined === undefined) return undefined;
    fields.set(name, joined);
  }
  return { type: "struct", fields };
}

const isNumber = (kind: Kind): boolean => kind.type === "int64" || kind.type === "float32" || kind.type === "float64";

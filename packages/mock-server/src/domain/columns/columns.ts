import type { JsonObject } from "@axlab/wire";
import { z } from "zod";
import { holdsStructs, join, kindOf, type Kind } from "./kinds.js";

/** The columns of a version or an experiment, in the order in which they came, each with the kind that holds all of its values. */
export type Columns = Map<string, Kind>;

type StoredKind = string | { list: StoredKind } | { fields: [string, StoredKind][] };
const StoredKind: z.ZodType<Kind, StoredKind> = z.lazy(() =>
  z.union([
    z.enum(["null", "bool", "int", "float", "text", "json", "instant"]),
    z.object({ list: StoredKind }),
    z.object({ fields: z.array(z.tuple([z.string(), StoredKind])).transform((fields) => new Map(fields)) }),
  ]),
);
const StoredColumns = z.array(z.object({ name: z.string(), kind: StoredKind }));

/** null: not known, as for what was stored by a version of the platform that did not keep them. */
export function readColumns(stored: string | null): Columns | null {
  if (stored === null) return null;
  const parsed = StoredColumns.safeParse(JSON.parse(stored));
  if (!parsed.success) return null;
  return new Map(parsed.data.map(({ name, kind }) => [name, kind]));
}

export const storedColumns = (columns: Columns): string =>
  JSON.stringify([...columns].map(([name, kind]) => ({ name, kind: storedKind(kind) })));

function storedKind(kind: Kind): StoredKind {
  if (typeof kind === "string") return kind;
  if ("list" in kind) return { list: storedKind(kind.list) };
  return { fields: [...kind.fields].map(([name, field]) => [name, storedKind(field)]) };
}

/** The columns that hold what both hold. */
export function joined(a: Columns, b: Columns): Columns {
  const all = new Map(a);
  for (const [name, kind] of b) all.set(name, join(all.get(name) ?? "null", kind));
  return all;
}

/** Makes the columns hold these rows as well. Kinds only ever widen, so whoever reads by them loses no value. */
export function widen(columns: Columns, rows: readonly JsonObject[]): void {
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const known = columns.get(name) ?? "null";
      columns.set(name, join(known, kindOf(value, holdsStructs(known))));
    }
  }
}

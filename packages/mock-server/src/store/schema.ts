import { sql, type Kysely } from "kysely";
import { TABLES, type Tables } from "./tables/index.js";

type Dialect = "sqlite" | "postgres";

const TYPES: Record<Dialect, Record<string, string>> = {
  sqlite: { text: "text", integer: "integer", real: "real", blob: "blob" },
  postgres: { text: "text", integer: "bigint", real: "double precision", blob: "bytea" },
};

/**
 * Creates what is missing; running it again changes nothing. A database of an earlier version gains the columns that came since:
 * those may be null, or begin as the zero of their type.
 */
export async function createSchema(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const present = new Map(
    (await db.introspection.getTables()).map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  );
  for (const [table, { columns, key, unique = [], index = [] }] of Object.entries(TABLES)) {
    const lines = columns.split(",").map((definition) => columnOf(definition, dialect));
    const body = [...lines.map(({ sql: line }) => line), `primary key (${quoted(key)})`].join(", ");
    await sql.raw(`create table if not exists "${table}" (${body})`).execute(db);
    for (const column of lines) {
      if (present.get(table)?.includes(column.name) !== false) continue;
      await sql.raw(`alter table "${table}" add column ${column.sql}${column.zero}`).execute(db);
    }
    for (const [kind, sets] of [
      ["unique index", unique],
      ["index", index],
    ] as const) {
      for (const set of sets) {
        await sql
          .raw(`create ${kind} if not exists "${table}_${set.join("_")}" on "${table}" (${quoted(set)})`)
          .execute(db);
      }
    }
  }
}

/** From `name type` or `name type?`. */
function columnOf(definition: string, dialect: Dialect): { name: string; sql: string; zero: string } {
  const [name = "", declared = ""] = definition.trim().split(/\s+/);
  const type = declared.replace("?", "");
  const typed = `"${name}" ${TYPES[dialect][type] ?? type}`;
  if (declared.endsWith("?")) return { name, sql: typed, zero: "" };
  return { name, sql: `${typed} not null`, zero: ` default ${type === "text" ? "''" : "0"}` };
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(", ");

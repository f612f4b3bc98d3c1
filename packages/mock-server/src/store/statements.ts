import type { SqliteDatabase, SqliteStatement } from "kysely";
import { LRUCache } from "lru-cache";

/** Characters of SQL; the program of a statement takes some ten bytes for each. */
const KEPT = 1_000_000;

/** A database that prepares a statement once: preparing one with a thousand values takes longer than running it. */
export function preparingOnce(database: SqliteDatabase, kept = KEPT): SqliteDatabase {
  const ready = new LRUCache<string, SqliteStatement>({ maxSize: kept, sizeCalculation: (_, text) => text.length });
  return {
    prepare(text) {
      const known = ready.get(text);
      if (known !== undefined) return known;
      const statement = database.prepare(text);
      ready.set(text, statement);
      return statement;
    },
    close() {
      ready.clear();
      database.close();
    },
  };
}

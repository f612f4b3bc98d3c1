import type { DatabaseConnection, SqliteDatabase, SqliteStatement } from "kysely";
import { LRUCache } from "lru-cache";
import { InvalidRequestError } from "../errors.js";

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

/** What PostgreSQL refuses of a text that a caller sent, by its code. */
const REFUSED: Readonly<Record<string, string>> = {
  "22021": "The request has a text with the character NUL (\\u0000) in an id, a name or an annotation; leave it out.",
  "54000": "The request has an id or a name that is too long to be found by; give it fewer than 2000 bytes.",
};

/** Makes a connection answer as a refusal of the request what the database refuses of its values. */
export async function explainingRefusals(connection: DatabaseConnection): Promise<void> {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (query) => {
    try {
      return await execute(query);
    } catch (error) {
      const text = error instanceof Error && "code" in error ? REFUSED[String(error.code)] : undefined;
      throw text === undefined ? error : new InvalidRequestError(text, { cause: error });
    }
  };
}

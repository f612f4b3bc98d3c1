import { createHash, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { globalId, type GlobalIdType } from "@axlab/wire";
import Database from "libsql";
import {
  Kysely,
  PostgresDialect,
  SqliteDialect,
  sql,
  type CompiledQuery,
  type LogEvent,
  type Transaction,
} from "kysely";
import pg from "pg";
import { ConfigurationError } from "../errors.js";
import { CHECKPOINT_ABOVE_BYTES, Checkpoints } from "./checkpoints.js";
import { CONNECTION_PRAGMAS } from "./database-thread.js";
import { createSchema } from "./schema.js";
import { explainingRefusals, preparingOnce } from "./statements.js";
import type { Tables } from "./tables/index.js";
import { WriterThread } from "./writer-thread.js";

export type Db = Kysely<Tables> | Transaction<Tables>;

type OnStatement = (sql: string, milliseconds: number) => void;

/** An id and its number, which is also the order of creation. */
export interface NewId {
  id: string;
  seq: number;
}

/**
 * The platform's state in SQLite (`memory`, `file:PATH`) or PostgreSQL (`postgres://…`). It knows tables, ids and transactions, and
 * nothing of who may do what.
 */
export class Store {
  private constructor(
    readonly db: Kysely<Tables>,
    readonly dialect: "sqlite" | "postgres",
    private readonly salt: string,
    /** Of a database file: what works beside the one connection. */
    private readonly beside: { checkpoints: Checkpoints; writer: WriterThread } | undefined,
  ) {}

  /**
   * @param options.onStatement told of every statement, without its values
   * @param options.salt what the four characters at the end of every new database's ids are made from; random unless given
   * @throws ConfigurationError when the text names no database, or the database cannot be reached
   */
  static async open(location: string, options: { salt?: string; onStatement?: OnStatement } = {}): Promise<Store> {
    const { db, dialect, file } = connect(location, options.onStatement);
    try {
      await createSchema(db, dialect);
      await db
        .insertInto("meta")
        .values({ key: "salt", value: options.salt ?? randomBytes(12).toString("base64") })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
      const { value } = await db.selectFrom("meta").select("value").where("key", "=", "salt").executeTakeFirstOrThrow();
      const beside =
        file === undefined ? undefined : { checkpoints: new Checkpoints(file), writer: new WriterThread(file) };
      return new Store(db, dialect, value, beside);
    } catch (error) {
      await db.destroy();
      throw new ConfigurationError(
        `The database ${withoutPassword(location)} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  /** Runs `work` in one transaction; a throw undoes all of it. */
  async transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  /**
   * Runs a write of some MB without holding up the thread that everything else runs on. It is committed when this resolves, and other
   * statements wait for it as for any. Bytes given as values belong to the store from then on.
   */
  async writeBeside(query: { compile(): CompiledQuery; execute(): Promise<unknown> }): Promise<void> {
    const writer = this.beside?.writer;
    if (writer?.running !== true) {
      await query.execute();
      return;
    }
    const { sql: text, parameters } = query.compile();
    // Whoever holds the connection is alone with the database: no transaction is open.
    await this.db.connection().execute(() => writer.run(text, parameters));
  }

  async newId(db: Db, type: GlobalIdType): Promise<NewId> {
    const [first] = await this.newIds(db, type, 1);
    if (first === undefined) throw new ConfigurationError("The database gave no number for a new id.");
    return first;
  }

  async newIds(db: Db, type: GlobalIdType, count: number): Promise<NewId[]> {
    await db
      .insertInto("counters")
      .values({ type, next: 1 })
      .onConflict((conflict) => conflict.column("type").doNothing())
      .execute();
    const { next } = await db
      .updateTable("counters")
      .set({ next: sql<number>`${sql.ref("next")} + ${count}` })
      .where("type", "=", type)
      .returning("next")
      .executeTakeFirstOrThrow();
    return Array.from({ length: count }, (_, index) => {
      const seq = next - count + index;
      return { id: this.idOf(type, seq), seq };
    });
  }

  /** The id that this database gives to a type's number. */
  idOf(type: GlobalIdType, seq: number): string {
    const suffix = createHash("sha256").update(`${this.salt}:${type}:${seq}`).digest("base64").slice(0, 4);
    return globalId(type, seq, suffix);
  }

  async meta(key: string): Promise<string | undefined> {
    return (await this.db.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst())?.value;
  }

  async setMeta(db: Db, key: string, value: string): Promise<void> {
    await db
      .insertInto("meta")
      .values({ key, value })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
      .execute();
  }

  async close(): Promise<void> {
    await Promise.all([this.beside?.checkpoints.stop(), this.beside?.writer.stop()]);
    // Statements that wait to be collected keep the log's file in place: it is left empty.
    if (this.beside) await sql`pragma wal_checkpoint(TRUNCATE)`.execute(this.db);
    await this.db.destroy();
  }
}

/** libsql answers blobs as ArrayBuffer, pg as Buffer in a pool with others: that is copied, so that the bytes have a buffer of their own. */
export function bytes(value: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(value);
}

/** True when a write was refused because a unique index already holds that value. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return (
    error.code === "23505" || error.code === "SQLITE_CONSTRAINT_UNIQUE" || error.code === "SQLITE_CONSTRAINT_PRIMARYKEY"
  );
}

/** Kysely's log hook over `onStatement`: it knows the statement's text and time, and is not told its values. */
const statementLog = (onStatement: OnStatement | undefined): { log?: (event: LogEvent) => void } =>
  onStatement === undefined ? {} : { log: (event) => onStatement(event.query.sql, event.queryDurationMillis) };

interface Connected {
  db: Kysely<Tables>;
  dialect: "sqlite" | "postgres";
  /** of a database file */
  file?: string;
}

function connect(location: string, onStatement: OnStatement | undefined): Connected {
  if (location === "memory") return { db: sqlite(":memory:", onStatement), dialect: "sqlite" };
  if (location.startsWith("file:") && location.length > "file:".length) {
    const path = resolve(location.slice("file:".length));
    mkdirSync(dirname(path), { recursive: true });
    return { db: sqlite(path, onStatement), dialect: "sqlite", file: path };
  }
  if (/^postgres(ql)?:\/\//.test(location)) return { db: postgres(location, onStatement), dialect: "postgres" };
  throw new ConfigurationError(
    `"${withoutPassword(location)}" names no database; write memory, file:PATH or postgres://user@host/database.`,
  );
}

/** As much as SQLite takes. */
const MAPPED_BYTES = 2 ** 31 - 65536;

function sqlite(path: string, onStatement: OnStatement | undefined): Kysely<Tables> {
  const database = new Database(path);
  // Record batches are blobs of a few MiB: with larger pages they are written twice as fast.
  database.pragma("page_size = 16384");
  database.pragma("journal_mode = WAL");
  // A log that was copied begins anew, and its file shrinks to where the next checkpoint begins.
  database.pragma(`journal_size_limit = ${CHECKPOINT_ABOVE_BYTES}`);
  // 64 MiB: the index over random example ids must not be read from the file again for every row.
  database.pragma("cache_size = -65536");
  // A body of some MiB is copied out of the system's own pages, without a call for each of 16 KiB (`decisions/0063`).
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  for (const pragma of CONNECTION_PRAGMAS) database.pragma(pragma);
  return new Kysely<Tables>({
    dialect: new SqliteDialect({ database: preparingOnce(database) }),
    ...statementLog(onStatement),
  });
}

/** PostgreSQL's bigint is text in pg unless told otherwise; every number we keep is below 2^53. */
const INT8 = 20;

function postgres(connectionString: string, onStatement: OnStatement | undefined): Kysely<Tables> {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString, types, max: 10 }),
      onCreateConnection: explainingRefusals,
    }),
    ...statementLog(onStatement),
  });
}

const withoutPassword = (location: string): string => location.replace(/\/\/([^:@/]*):[^@/]*@/, "//$1:***@");

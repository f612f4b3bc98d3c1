import Database from "libsql";
import { Kysely, sql, SqliteDialect } from "kysely";
import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../errors.js";
import { explainingRefusals, preparingOnce } from "./statements.js";

function counting(kept?: number) {
  const database = new Database(":memory:");
  const prepared: string[] = [];
  const once = preparingOnce(
    {
      prepare: (text) => {
        prepared.push(text);
        return database.prepare(text);
      },
      close: () => database.close(),
    },
    kept,
  );
  const db = new Kysely<{ t: { a: number } }>({ dialect: new SqliteDialect({ database: once }) });
  return { db, prepared };
}

describe("statements", () => {
  it("are prepared once, and answer for the values of each call, also after one failed", async () => {
    const { db, prepared } = counting();
    await sql`create table t (a integer unique)`.execute(db);
    for (const a of [1, 2]) await db.insertInto("t").values({ a }).execute();
    await expect(db.insertInto("t").values({ a: 2 }).execute()).rejects.toThrow(/UNIQUE/);
    await db.insertInto("t").values({ a: 3 }).execute();
    const above = async (a: number) => (await db.selectFrom("t").selectAll().where("a", ">", a).execute()).length;
    expect([await above(0), await above(1), await above(5), await above(2)]).toEqual([3, 2, 0, 1]);
    expect(prepared).toHaveLength(3);
    await db.destroy();
  });

  it("see a table as it is now", async () => {
    const { db } = counting();
    await sql`create table t (a integer)`.execute(db);
    await db.insertInto("t").values({ a: 1 }).execute();
    const all = () => db.selectFrom("t").selectAll().execute();
    await all();
    await sql`alter table t add column b text default 'x'`.execute(db);
    expect(await all()).toEqual([{ a: 1, b: "x" }]);
    await db.destroy();
  });

  it("are forgotten, the one used longest ago first, beyond what is kept", async () => {
    const { db, prepared } = counting(40);
    for (const n of [1, 2, 3, 1]) await sql`select ${sql.lit(n)} as ${sql.ref(`n${n}`)}`.execute(db);
    expect(prepared).toHaveLength(4);
    await db.destroy();
  });
});

describe("what PostgreSQL refuses of a caller's text", () => {
  it.each([
    ["22021", /character NUL/],
    ["54000", /too long/],
  ])("is the caller's mistake (%s), and any other failure is ours", async (code, text) => {
    const refusing = (failure: string) => ({
      executeQuery: () => Promise.reject(Object.assign(new Error("no"), { code: failure })),
      streamQuery: () => expect.fail("not asked for"),
    });
    const [known, other] = [refusing(code), refusing("53100")];
    await Promise.all([explainingRefusals(known), explainingRefusals(other)]);
    await expect(known.executeQuery()).rejects.toThrow(text);
    await expect(known.executeQuery()).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(other.executeQuery()).rejects.toMatchObject({ code: "53100" });
  });
});

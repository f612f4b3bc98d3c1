import Database from "libsql";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Store } from "./store.js";
import { WriterThread } from "./writer-thread.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "axlab-writer-"));
  path = join(folder, "platform.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a write beside", () => {
  it("is committed when it resolves, bytes and all", async () => {
    const store = await Store.open(`file:${path}`);
    await sql`create table blobs (id integer primary key, name text, body blob)`.execute(store.db);
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    const insert = sql`insert into blobs values (${1}, ${"größe"}, ${Buffer.from(bytes.slice().buffer)})`;
    await store.writeBeside({ compile: () => insert.compile(store.db), execute: () => insert.execute(store.db) });
    const other = new Database(path);
    const row: unknown = other.prepare("select name, body from blobs").get([]);
    other.close();
    expect(row).toMatchObject({ name: "größe" });
    expect(new Uint8Array((row as { body: ArrayBuffer }).body)).toEqual(bytes);
    await store.close();
  });

  it("waits for a transaction that is open, and is not part of it", async () => {
    const store = await Store.open(`file:${path}`);
    const told: string[] = [];
    const query = store.db.insertInto("meta").values({ key: "beside", value: "1" });
    const beside = store.transaction(async (tx) => {
      await store.setMeta(tx, "inside", "1");
      const writing = store.writeBeside(query).then(() => told.push("beside"));
      await new Promise((resolve) => setImmediate(resolve));
      await store.setMeta(tx, "inside", "2");
      told.push("inside");
      void writing.catch(() => undefined);
      throw new RangeError("undone");
    });
    await expect(beside).rejects.toThrow(RangeError);
    await expect.poll(() => store.meta("beside")).toBe("1");
    expect(await store.meta("inside")).toBeUndefined();
    expect(told).toEqual(["inside", "beside"]);
    await store.close();
  });

  it("that fails says why, and the next one works", async () => {
    const store = await Store.open(`file:${path}`);
    const insert = (key: string) => store.writeBeside(store.db.insertInto("meta").values({ key, value: "1" }));
    await insert("a");
    await expect(insert("a")).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    await insert("b");
    expect(await store.meta("b")).toBe("1");
    await store.close();
  });

  it("is made by the connection itself once the thread has ended, and in a database in memory", async () => {
    const writer = new WriterThread(path);
    await writer.stop();
    expect(writer.running).toBe(false);
    await writer.stop();
    const store = await Store.open("memory");
    await store.writeBeside(store.db.insertInto("meta").values({ key: "a", value: "1" }));
    expect(await store.meta("a")).toBe("1");
    await store.close();
  });
});

import Database from "libsql";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Checkpoints } from "./checkpoints.js";
import { Store } from "./store.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "axlab-checkpoints-"));
  path = join(folder, "platform.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

describe("checkpoints beside the connection that writes", () => {
  it("copy a log that has grown long once nobody writes, and a very long one at once", async () => {
    const database = new Database(path);
    database.pragma("journal_mode = WAL");
    database.pragma("wal_autocheckpoint = 0");
    database.exec("create table blobs (body blob)");
    const checkpoints = new Checkpoints(path, { above: 1_000_000, atOnceAbove: 8_000_000, patience: 1_000 });
    const insert = database.prepare("insert into blobs values (?)");
    const write = (bytes: number): unknown => insert.run([Buffer.alloc(bytes)]);
    write(100_000);
    expect(sizeOf(path)).toBeLessThan(100_000);
    write(2_000_000);
    await vi.waitFor(() => expect(sizeOf(path)).toBeGreaterThan(2_000_000), { timeout: 5_000 });
    write(10_000_000);
    const writing = setInterval(() => write(10), 1);
    await vi.waitFor(() => expect(sizeOf(path)).toBeGreaterThan(12_000_000), { timeout: 5_000 });
    clearInterval(writing);
    await checkpoints.stop();
    database.close();
  });

  it("copy a short one once it was left alone for a while", async () => {
    const database = new Database(path);
    database.pragma("journal_mode = WAL");
    database.exec("create table blobs (body blob)");
    const checkpoints = new Checkpoints(path, { above: 1_000_000, atOnceAbove: 8_000_000, patience: 2 });
    database.prepare("insert into blobs values (?)").run([Buffer.alloc(100_000)]);
    expect(sizeOf(path)).toBeLessThan(100_000);
    await vi.waitFor(() => expect(sizeOf(path)).toBeGreaterThan(100_000), { timeout: 5_000 });
    await checkpoints.stop();
    database.close();
  });

  it("leave nothing in the log when the store is closed", async () => {
    const store = await Store.open(`file:${path}`);
    await store.setMeta(store.db, "kept", "yes");
    expect(sizeOf(`${path}-wal`)).toBeGreaterThan(0);
    await store.close();
    expect(sizeOf(`${path}-wal`)).toBe(0);
    const again = await Store.open(`file:${path}`);
    expect(await again.meta("kept")).toBe("yes");
    await again.close();
  });
});

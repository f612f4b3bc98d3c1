import { parseGlobalId } from "@axlab/wire";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors.js";
import { testDatabase } from "../testing/database.js";
import { bytes, isUniqueViolation, Store } from "./store.js";

const open: Store[] = [];
const store = async (location?: string, salt?: string): Promise<Store> => {
  const opened = await Store.open(location ?? (await testDatabase()), salt === undefined ? {} : { salt });
  open.push(opened);
  return opened;
};
afterEach(async () => {
  for (const opened of open.splice(0)) await opened.close();
});

const organization = (id: string, seq: number, name: string) => ({
  id,
  seq,
  account_id: "a",
  name,
  description: "",
  created_at: 1_790_000_000_000,
  updated_at: 0,
});

describe("the store", () => {
  it("counts ids up for each type, also when many ask at once, and writes the number and a suffix into them", async () => {
    const here = await store();
    const ids = await Promise.all(Array.from({ length: 20 }, () => here.transaction((tx) => here.newId(tx, "Space"))));
    expect(ids.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const { id, seq } of ids)
      expect(parseGlobalId(id)).toMatchObject({ type: "Space", number: seq, suffix: expect.stringMatching(/^.{4}$/) });
    expect((await here.newIds(here.db, "User", 3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("gives the same ids for the same salt, and others for another", async () => {
    const first = async (salt?: string) => {
      const here = await store(undefined, salt);
      return (await here.newId(here.db, "Space")).id;
    };
    expect(await first("salt")).toBe(await first("salt"));
    expect(await first("salt")).not.toBe(await first("other"));
    expect(await first()).not.toBe(await first());
  });

  it("brings a database of an earlier version up to the columns of this one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "axlab-store-"));
    try {
      const shared = await testDatabase();
      const location = shared === "memory" ? `file:${join(folder, "axlab.db")}` : shared;
      const before = await store(location);
      await before.db.schema.alterTable("annotations").dropColumn("score").execute();
      await before.db.schema.alterTable("annotation_configs").dropColumn("settings").execute();
      const after = await store(location);
      await after.db
        .insertInto("annotations")
        .values({ record: "r", name: "n", score: 0.5, label: null, text: null, annotator_id: "u", updated_at: 1 })
        .execute();
      expect(await after.db.selectFrom("annotations").select("score").execute()).toEqual([{ score: 0.5 }]);
      expect(await after.db.selectFrom("annotation_configs").select("settings").execute()).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("undoes a transaction that throws", async () => {
    const here = await store();
    const failing = here.transaction(async (tx) => {
      await tx
        .insertInto("organizations")
        .values(organization("o", 1, "gone"))
        .execute();
      throw new TypeError("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await here.db.selectFrom("organizations").selectAll().execute()).toEqual([]);
  });

  it("keeps large numbers and bytes as they were", async () => {
    const here = await store();
    const upload = {
      id: "u",
      seq: 1,
      account_id: "a",
      space_id: "s",
      project_id: "p",
      environment: "PRODUCTION",
      kind: "records" as const,
      time_rank: 0,
      model_version: null,
      batch_id: null,
      state: "ready" as const,
      rows: 3,
      bytes: 2 ** 40,
      schema: "",
      arrow_schema: Uint8Array.from([0, 255, 10]),
      min_time: 1_790_000_000_123,
      max_time: null,
      key_id: null,
      received_at: 1,
    };
    await here.db.insertInto("record_uploads").values(upload).execute();
    const row = await here.db.selectFrom("record_uploads").selectAll().executeTakeFirstOrThrow();
    const kept = bytes(row.arrow_schema);
    expect({ ...row, arrow_schema: kept }).toEqual(upload);
    // Readers take the buffer beneath, which pg shares among blobs.
    expect(new Uint8Array(kept.buffer)).toEqual(upload.arrow_schema);
  });

  it("tells a taken name from any other failure", async () => {
    const here = await store();
    await here.db
      .insertInto("organizations")
      .values(organization("1", 1, "same"))
      .execute();
    const taken = await here.db
      .insertInto("organizations")
      .values(organization("2", 2, "same"))
      .execute()
      .catch((error: unknown) => error);
    expect(isUniqueViolation(taken)).toBe(true);
    const broken = await here.db
      .insertInto("organizations")
      .values({ ...organization("3", 3, "x"), name: null as never })
      .execute()
      .catch((error: unknown) => error);
    expect(isUniqueViolation(broken)).toBe(false);
  });

  it("finds its data again in a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "axlab-store-"));
    try {
      const location = `file:${join(folder, "deep", "axlab.db")}`;
      const first = await Store.open(location);
      const { id } = await first.newId(first.db, "Space");
      await first.setMeta(first.db, "k", "v");
      await first.close();
      const second = await Store.open(location, { salt: "ignored: the database has one" });
      expect(await second.meta("k")).toBe("v");
      expect((await second.newId(second.db, "Space")).id).not.toBe(id);
      await second.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.runIf(process.platform === "linux")("reads a file that is mapped into memory", async () => {
    const folder = await mkdtemp(join(tmpdir(), "axlab-store-"));
    try {
      const path = join(folder, "axlab.db");
      await (await Store.open(`file:${path}`)).close();
      const again = await Store.open(`file:${path}`);
      // Not the memory that SQLite's log is shared by: "axlab.db-shm".
      expect(await readFile("/proc/self/maps", "utf8")).toContain(`${path}\n`);
      await again.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([["mysql://root:secret@host/db"], ["file:"], [""], ["postgres://axlab:secret@127.0.0.1:1/none"]])(
    "refuses %s without showing a password",
    async (location) => {
      const failure = await Store.open(location).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ConfigurationError);
      expect(String(failure)).not.toContain("secret");
    },
  );
});

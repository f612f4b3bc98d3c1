import { expect, it } from "vitest";
import { callerWith, suite } from "../../../testing/suite.js";
import { findWritable } from "../target.js";
import { RecordBuffer } from "./buffer.js";
import { double } from "./cells.js";
import type { SingleRecord } from "./read-record.js";

const here = suite();

const record = (id: string): SingleRecord => ({
  model: "m",
  environment: "PRODUCTION",
  modelType: "NUMERIC",
  id,
  ms: null,
  timeRank: 0,
  cells: new Map([["numericPredictionLabel", double(1)]]),
});

/** A buffer of its own, and what adds a record to it. */
async function buffered() {
  const { core } = here.platform.domain;
  const caller = await callerWith(here.platform, here.world.keys.pipeline);
  const described = { name: "m", environment: "PRODUCTION", modelType: "NUMERIC" };
  const target = await findWritable(core, caller, here.world.spaces.main, described);
  const buffer = new RecordBuffer(core);
  return { buffer, add: (id: string) => buffer.add(caller, target, record(id)) };
}

const uploads = async (): Promise<number[]> => {
  const found = await here.platform.domain.core.store.db
    .selectFrom("record_uploads")
    .select("rows")
    .where("account_id", "=", here.world.accountId)
    .orderBy("seq")
    .execute();
  return found.map(({ rows }) => rows);
};

const many = (count: number): string[] => Array.from({ length: count }, (_, row) => `r${row}`);

it("records that come one soon after another share an upload", async () => {
  const { add } = await buffered();
  await Promise.all(many(40).map(add));
  expect(await uploads()).toEqual([40]);
});

it("records that come while others are stored share the next one, and flush waits for them", async () => {
  const { add, buffer } = await buffered();
  const first = add("first");
  const flushed = buffer.flush();
  const others = many(40).map(add);
  await flushed;
  expect(await uploads()).toEqual([1, 40]);
  await Promise.all([first, ...others]);
});

it("no upload takes more than a thousand", async () => {
  const { add } = await buffered();
  await Promise.all(many(2_500).map(add));
  const rows = await uploads();
  expect(Math.max(...rows)).toBe(1_000);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(2_500);
});

it("a store that fails tells everybody whose record it was, and goes on with the next", async () => {
  const { add, buffer } = await buffered();
  const { store } = here.platform.domain.core;
  const renamed = (from: string, to: string) => store.db.schema.alterTable(from).renameTo(to).execute();
  await renamed("record_batches", "record_batches_away");
  const lost = Promise.allSettled(many(3).map(add));
  await buffer.flush();
  await renamed("record_batches_away", "record_batches");
  expect((await lost).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(await uploads()).toEqual([]);
  await add("next");
  expect(await uploads()).toEqual([1]);
});

it("a record that comes just when the last group was stored is not left waiting", async () => {
  const { add } = await buffered();
  for (let turns = 0; turns < 12; turns += 1) {
    await add(`a${turns}`);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await add(`b${turns}`);
  }
  expect((await uploads()).reduce((sum, rows) => sum + rows, 0)).toBe(24);
});

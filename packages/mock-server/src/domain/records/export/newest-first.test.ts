import { float64Column, int64Column, messagesFromTable, utf8Column, type IpcMessage } from "@axlab/wire/arrow";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../../../access/gate.js";
import { bytes } from "../../../store/store.js";
import { callerWith, suite } from "../../../testing/suite.js";
import { described, FIRST_AT, spansDescription } from "../../../testing/uploads.js";
import { findProject } from "../target.js";
import { parseFilter } from "../filter/parse.js";
import { BatchOrders, type Position } from "./batch-orders.js";
import { everyRecord, type RecordQuery } from "./query.js";
import { Repeats } from "./repeats.js";

let reads = 0;
const here = suite({
  logLevel: "debug",
  logTo: { write: (line) => void (line.includes('select \\"header\\", \\"body\\"') && (reads += 1)) },
});
let caller: Caller;
beforeEach(async () => {
  caller = await callerWith(here.platform, here.world.keys.admin);
});

interface SpanGiven {
  id: string;
  second: number;
  value: number;
}
const at = (second: number): number => FIRST_AT + second * 1000;

async function log(project: string, spans: readonly SpanGiven[], maxRows: number): Promise<void> {
  const columns = {
    name: utf8Column(spans.map(({ id }) => id)),
    "context.trace_id": utf8Column(spans.map(() => "trace-000000000000")),
    "context.span_id": utf8Column(spans.map(({ id }) => id)),
    parent_id: utf8Column(spans.map(() => "")),
    start_time: int64Column(spans.map(({ second }) => BigInt(at(second)) * 1_000_000n)),
    end_time: int64Column(spans.map(({ second }) => BigInt(at(second)) * 1_000_000n)),
    "attributes.value": float64Column(spans.map(({ value }) => value)),
  };
  async function* streamed(): AsyncGenerator<IpcMessage> {
    yield* messagesFromTable(described(columns, spansDescription(project)), { maxRows });
  }
  await here.platform.domain.records.receive(caller, here.world.spaces.main, streamed());
}

const projectOf = (name: string) =>
  findProject(here.platform.domain.core, caller, here.world.spaces.main, name, "PROJECT_SPAN_READ");

/** All pages one after another, from a position on; `opened` says how many batches each of them opened. */
async function pages(projectId: string, query: Partial<RecordQuery>, limit: number, from: Position | null = null) {
  const records: { id: unknown; value: unknown }[] = [];
  const opened: number[] = [];
  const ends: Position[] = [];
  const whole = { ...everyRecord("TRACING"), ...query };
  for (let more = true; more;) {
    reads = 0;
    const page = await here.platform.domain.records.newest(projectId, whole, ends.at(-1) ?? from, limit);
    opened.push(reads);
    for (const { batch, row } of page.found)
      records.push({ id: batch.getChild("name")?.get(row), value: batch.getChild("attributes.value")?.get(row) });
    ends.push(...page.found.slice(-1).map(({ position }) => position));
    more = page.more;
    if (more) expect(page.found).toHaveLength(limit);
  }
  return { records, opened, ends };
}

const second = fc.integer({ min: 0, max: 4 });
const id = fc.integer({ min: 10, max: 18 }).map((number) => `span-000000${number}`);
const logged = fc.record({
  kind: fc.constant("log" as const),
  spans: fc.array(fc.record({ id, second, value: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 12 }),
  maxRows: fc.integer({ min: 1, max: 5 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: logged },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), ids: fc.array(id, { minLength: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), start: second, seconds: fc.constantFrom(1, 2) }) }, // prettier-ignore
);
const selection = fc.record({
  start: fc.option(second),
  end: fc.option(second),
  endIncluded: fc.boolean(),
  value: fc.option(fc.integer({ min: 0, max: 2 })),
});

describe("pages of the newest first", () => {
  it("joined are everything that fits, sorted, whatever was logged, repeated, deleted and erased", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 5 }),
        logged,
        fc.array(selection, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (before, last, selections, limit, oneHash) => {
          const name = `pages${(round += 1)}`;
          await log(name, [{ id: "span-00000010", second: 0, value: 0 }], 1);
          const project = await projectOf(name);
          const expected = new Map([["span-00000010", { second: 0, value: 0, row: 0 }]]);
          let row = 0;
          for (const given of [...before, last]) {
            if (given.kind === "log") {
              await log(name, given.spans, given.maxRows);
              for (const { id: known, ...said } of given.spans)
                expected.set(known, { row: expected.get(known)?.row ?? (row += 1), ...said });
            } else if (given.kind === "delete") {
              await here.platform.domain.spans.delete(caller, project, { span_ids: given.ids });
              for (const gone of given.ids) expected.delete(gone);
            } else {
              const window = { start: given.start, end: given.start + given.seconds };
              await here.platform.domain.records.erase(caller, project, {
                environments: ["TRACING"],
                start: at(window.start),
                end: at(window.end),
              });
              for (const [known, span] of expected)
                if (span.second >= window.start && span.second < window.end) expected.delete(known);
            }
          }
          if (oneHash) await collide(project.id);
          for (const { start, end, endIncluded, value } of selections) {
            const query = {
              start: start === null ? null : at(start),
              end: end === null ? null : at(end),
              endIncluded,
              filter: value === null ? null : parseFilter(`attributes.value > ${value}`),
            };
            const fitting = [...expected].filter(
              ([, span]) =>
                (start === null || span.second >= start) &&
                (end === null || span.second < end || (endIncluded && span.second === end)) &&
                (value === null || span.value > value),
            );
            const sorted = fitting.sort(([, a], [, b]) => b.second - a.second || b.row - a.row);
            expect((await pages(project.id, query, limit)).records).toEqual(
              sorted.map(([known, span]) => ({ id: known, value: span.value })),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  const spans = (secondOf: (number: number) => number): SpanGiven[] =>
    Array.from({ length: 80 }, (_, number) => ({
      id: `span-${String(1000 + number).padStart(8, "0")}`,
      second: secondOf(number),
      value: 0,
    }));

  it.each<[string, SpanGiven[]]>([
    ["one after another", spans((number) => number)],
    ["of one instant", spans(() => 1)],
  ])("open the batches that they show, in a history of spans %s", async (_what, history) => {
    await log("p", history, 10);
    const { id: projectId } = await projectOf("p");
    const { records, opened, ends } = await pages(projectId, {}, 5);
    expect(records).toHaveLength(80);
    expect(opened).toHaveLength(16);
    expect(Math.max(...opened)).toBeLessThanOrEqual(2);
    // What came since makes all that was known of the order void.
    await log("p", [{ id: "span-00000001", second: 100, value: 0 }], 10);
    const rest = await pages(projectId, {}, 5, ends.at(-3) ?? null);
    expect(rest.records).toEqual(records.slice(-10));
    expect(Math.max(...rest.opened)).toBeLessThanOrEqual(2);
  });

  it.each<[string, SpanGiven[]]>([
    ["one after another", spans((number) => number)],
    ["of one instant", spans(() => 1)],
  ])("open no more of spans %s that all came twice, but for the first page", async (_what, history) => {
    await log("p", history, 10);
    await log("p", history, 10);
    const { records, opened } = await pages((await projectOf("p")).id, {}, 5);
    expect(records).toHaveLength(80);
    expect(opened).toHaveLength(16);
    expect(Math.max(...opened.slice(1))).toBeLessThanOrEqual(4);
  });
});

/** As if all ids had one of two hashes. */
async function collide(projectId: string): Promise<void> {
  const { db } = here.platform.domain.core.store;
  const batches = await db
    .selectFrom("record_batches")
    .innerJoin("record_uploads", "record_uploads.id", "upload_id")
    .select(["upload_id", "ordinal", "keys"])
    .where("project_id", "=", projectId)
    .execute();
  for (const { upload_id, ordinal, keys } of batches) {
    const hashes = new Float64Array(bytes(keys ?? new Uint8Array()).slice().buffer).map((hash) => hash % 2);
    await db
      .updateTable("record_batches")
      .set({ keys: Buffer.from(hashes.buffer) })
      .where("upload_id", "=", upload_id)
      .where("ordinal", "=", ordinal)
      .execute();
  }
}

it("orders of batches are kept up to a number of positions, those that were last asked for", async () => {
  const orders = new BatchOrders(Repeats.find([], []), 10);
  const upload = { id: "", seq: 1, kind: "records" as const, time_rank: 1, model_version: null, batch_id: null };
  const segment = { upload, schema: described({}, spansDescription("p")).schema };
  const batches = [0, 1, 2].map((index) => ({
    index,
    segment,
    ordinal: index,
    rows: 4,
    firstRow: index * 4,
    minTime: 0,
    maxTime: 9,
  }));
  const found: number[] = [];
  const ask = async (index: number): Promise<void> => {
    const facts = batches[index];
    if (facts === undefined) throw new TypeError("no such batch");
    const order = await orders.of(facts, async () => {
      found.push(index);
      return [5, 7, 5, 6].map((ms, row) => ({ ms, row: facts.firstRow + row, head: facts.firstRow + row }));
    });
    const first = facts.firstRow;
    expect([0, 1, 2, 3].map((place) => order.at(place).row - first)).toEqual([1, 3, 2, 0]);
    expect(order.firstAfter({ ms: 5, row: first + 2 })).toBe(3);
    expect(orders.boundsOf(facts)).toMatchObject({ newest: { ms: 7, row: first + 1 }, oldest: { ms: 5, row: first } });
  };
  for (const index of [0, 1, 0, 2, 0, 1]) await ask(index);
  expect(found).toEqual([0, 1, 2, 1]);
});

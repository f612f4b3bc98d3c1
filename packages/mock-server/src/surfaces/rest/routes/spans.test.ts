import { RecordQueryDescriptor_Environment as Environment, timestampFromMs } from "@axlab/wire/flight";
import { DeleteSpansProblem, DeleteSpansResponse, SpanPage, TracePage, type Span } from "@axlab/wire/rest";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Listening } from "../../../node/listen.js";
import { FlightClient } from "../../../testing/flight-client.js";
import { traced, type OtlpSpan } from "../../../testing/otlp.js";
import { absentId, suite } from "../../../testing/suite.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

const NOW = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const DAY = 86_400_000;
/** 16 hexadecimal digits */
const id = (number: number): string => `c${number.toString(16).padStart(15, "0")}`;
const trace = (number: number): string => number.toString(16).padStart(32, "b");

let project: string;
const log = async (...spans: OtlpSpan[]): Promise<void> => {
  expect((await traced(here.world.as("pipeline"), here.world.spaces.main, "p", spans)).status).toBe(200);
};
beforeEach(async () => {
  here.platform.clock.set(NOW);
  await log({ spanId: id(0), at: NOW - 10 * MINUTE, name: "first" });
  const { projects } = JSON.parse((await here.world.as("member").get("/v2/projects")).text);
  project = projects[0].id;
});

const list = async (body: object = {}, query = "") =>
  here.world.as("reader").post(`/v2/spans${query}`, { project_id: project, ...body });
const listed = async (body: object = {}, query = ""): Promise<Span[]> => (await list(body, query)).read(SpanPage).spans;
const names = async (body: object = {}): Promise<string[]> => (await listed(body)).map(({ name }) => name);
const remove = (span_ids: string[], body: object = {}) =>
  here.world.as("spaceAdmin").delete("/v2/spans", { project_id: project, span_ids, ...body });
const annotate = (record_id: string, values: object[], body: object = {}) =>
  here.world
    .as("annotator")
    .post("/v2/spans/annotate", { project_id: project, annotations: [{ record_id, values }], ...body });
const config = (name: string) =>
  here.world.as("member").post("/v2/annotation-configs", {
    name,
    space_id: here.world.spaces.main,
    annotation_config_type: "FREEFORM",
  });
const exported = async () => {
  const flight = new FlightClient(listening, here.world.keys.reader);
  try {
    return await flight.export({
      spaceId: here.world.spaces.main,
      modelId: "p",
      environment: Environment.TRACING,
      startTime: timestampFromMs(NOW - DAY),
      endTime: timestampFromMs(NOW),
    });
  } finally {
    flight.close();
  }
};

describe("POST /v2/spans", () => {
  it("gives each span whole, newest first", async () => {
    await log({
      spanId: id(1),
      parentSpanId: id(0),
      at: NOW - 5 * MINUTE,
      name: "second",
      status: 2,
      attributes: {
        "openinference.span.kind": "LLM",
        "llm.model_name": "m",
        metadata: JSON.stringify({ environment: "staging" }),
        "custom.thing": "x",
      },
    });
    expect(await listed()).toEqual([
      {
        name: "second",
        context: { trace_id: "0af7651916cd43dd8448eb211c80319c", span_id: id(1) },
        kind: "LLM",
        parent_id: id(0),
        start_time: "2026-11-20T11:55:00.000000Z",
        end_time: "2026-11-20T11:55:01.000000Z",
        status_code: "ERROR",
        attributes: {
          "openinference.span.kind": "LLM",
          "llm.model_name": "m",
          metadata: { environment: "staging" },
          "custom.thing": "x",
        },
      },
      expect.objectContaining({ name: "first", kind: "UNKNOWN" }),
    ]);
  });

  it.each([
    ["status_code = 'ERROR'", ["llm"]],
    ["span_kind = 'LLM'", ["llm"]],
    ["metadata.environment = 'staging'", ["llm"]],
    ["attributes.metadata.team.name = 'a'", ["llm"]],
    ["metadata.team.name = 'a' and metadata.team.lead.name = 'b'", ["llm"]],
    ["llm.model_name like 'gpt%' or name = 'first'", ["llm", "first"]],
    ["attributes.llm.model_name is null", ["first"]],
    ["parent_id is null and span_id in ('" + id(0) + "')", ["first"]],
    ["trace_id = '" + trace(7) + "'", ["llm"]],
    ["start_time >= '2026-11-20T11:55:00Z'", ["llm"]],
    ["start_time = '2026-11-20T11:55:00' and start_time < '2026-11-20 11:55:00.000000001'", ["llm"]],
    [`start_time > ${BigInt(NOW - 5 * MINUTE) * 1_000_000n - 1n} and start_time > 1e18`, ["llm"]],
    ["end_time < '2026-11-20T11:55:00Z' and start_time > 1000", ["first"]],
    ["attributes.nobody.has.this = 1", []],
  ])("filter %s", async (filter, found) => {
    await log({
      spanId: id(1),
      parentSpanId: id(9),
      traceId: trace(7),
      at: NOW - 5 * MINUTE,
      name: "llm",
      status: 2,
      attributes: {
        "openinference.span.kind": "LLM",
        "llm.model_name": "gpt-4",
        metadata: JSON.stringify({
          environment: "staging",
          team: JSON.stringify({ name: "a" }),
          "team.lead": { name: "b" },
        }),
      },
    });
    expect(await names({ filter })).toEqual(found);
  });

  it.each<[string, object, number, string]>([
    ["a filter that ends early", { filter: "name =" }, 400, "filter: it ends where a column or a value is needed"],
    ["a name that every JavaScript object has", { filter: "toString = 'x'" }, 400, 'there is no column "toString"'],
    ["a name that no span has", { filter: "nmae = 'x'" }, 400, 'there is no column "nmae"'],
    ["a blank filter", { filter: "  " }, 400, "filter must not be blank"],
    ["an unknown field", { wher: "x" }, 400, "allowed here are project_id"],
    ["an empty window", { start_time: "2026-11-20T12:00:00Z" }, 422, "must lie before end_time"],
    ["a date that is none", { start_time: "yesterday" }, 400, "start_time must be a date"],
  ])("refuses %s", async (_what, body, status, detail) => {
    const reply = await list(body);
    expect([reply.status, reply.detail]).toEqual([status, expect.stringContaining(detail)]);
  });

  it("takes a window: the start belongs to it, the end does not; seven days unless said", async () => {
    await log({ spanId: id(1), at: NOW - 7 * DAY, name: "a week ago" });
    await log({ spanId: id(2), at: NOW - 7 * DAY - 1, name: "older" });
    await log({ spanId: id(3), at: NOW, name: "now" });
    expect(await names()).toEqual(["first", "a week ago"]);
    expect(await names({ end_time: "2026-11-20T12:00:00.001Z" })).toEqual(["now", "first", "a week ago"]);
    expect(await names({ start_time: "2026-11-01T00:00:00Z", end_time: "2026-11-13T12:00:00Z" })).toEqual(["older"]);
  });

  it("pages through all of them once, spans of one instant and spans that come meanwhile or not", async () => {
    const many = Array.from({ length: 23 }, (_, number) => ({
      spanId: id(number + 1),
      at: NOW - (1 + Math.floor(number / 5)) * MINUTE,
      name: `s${number}`,
    }));
    for (const some of [many.slice(0, 9), many.slice(9)]) await log(...some);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await list({}, `?limit=5${cursor === undefined ? "" : `&cursor=${cursor}`}`)).read(SpanPage);
      seen.push(...page.spans.map(({ name }) => name));
      cursor = page.pagination.next_cursor;
      await log({ spanId: id(1000 + seen.length), at: NOW - 1, name: "newer" });
    } while (cursor !== undefined);
    expect(seen.length).toBe(24);
    expect(new Set(seen)).toEqual(new Set([...many.map(({ name }) => name), "first"]));
    expect((await list({}, "?cursor=abc")).detail).toContain("query.cursor");
  });

  it("says 404 of a project that is not there or may not be seen, and 403 which permission is missing", async () => {
    const absent = await here.world.as("reader").post("/v2/spans", { project_id: absentId("Model") });
    const hidden = await here.world.as("outsider").post("/v2/spans", { project_id: project });
    expect([absent.status, hidden.status, hidden.problem]).toEqual([404, 404, absent.problem]);
    const denied = await here.world.as("reader").delete("/v2/spans", { project_id: project, span_ids: [id(0)] });
    expect([denied.status, denied.detail]).toEqual([403, expect.stringContaining("PROJECT_SPAN_DELETE")]);
  });
});

describe("DELETE /v2/spans", () => {
  it("takes spans away on every surface, and says which were not there", async () => {
    await log({ spanId: id(1), at: NOW - MINUTE, name: "stays" });
    expect((await remove([id(0), id(77)])).read(DeleteSpansResponse)).toEqual({
      completed: true,
      deleted_span_ids: [id(0)],
      not_deleted_span_ids: [id(77)],
    });
    expect(await names()).toEqual(["stays"]);
    expect((await exported()).getChild("name")?.toJSON()).toEqual(["stays"]);
    expect((await remove([id(0)])).read(DeleteSpansResponse).not_deleted_span_ids).toEqual([id(0)]);
  });

  it("a span that is sent again is a new one, without what was said of the old", async () => {
    await config("quality");
    expect((await annotate(id(0), [{ name: "quality", text: "old" }])).status).toBe(202);
    await remove([id(0)]);
    await log({ spanId: id(0), at: NOW - MINUTE, name: "again" });
    const [span, ...others] = await listed();
    expect([span?.name, span?.annotations, others]).toEqual(["again", undefined, []]);
  });

  it("deletes only in the window", async () => {
    const outside = await remove([id(0)], { end_time: "2026-11-20T11:50:00Z" });
    expect(outside.read(DeleteSpansResponse).not_deleted_span_ids).toEqual([id(0)]);
    const inside = await remove([id(0)], { start_time: "2026-11-20T11:50:00Z", end_time: "2026-11-20T11:50:00.001Z" });
    expect(inside.read(DeleteSpansResponse).deleted_span_ids).toEqual([id(0)]);
  });

  it("refuses no id, too many, and one twice", async () => {
    for (const span_ids of [[], Array.from({ length: 5001 }, (_, number) => id(number)), [id(0), id(0)]])
      expect((await remove(span_ids)).status).toBe(400);
    expect(await names()).toEqual(["first"]);
  });

  it("an export that was planned before still gives the span", async () => {
    const flight = new FlightClient(listening, here.world.keys.reader);
    const info = await flight.info({
      spaceId: here.world.spaces.main,
      modelId: "p",
      environment: Environment.TRACING,
    });
    await remove([id(0)]);
    expect((await flight.get(info.endpoint[0]?.ticket?.ticket ?? new Uint8Array())).numRows).toBe(1);
    flight.close();
  });

  it("answers 503 with both lists when the store fails, and deletes nothing", async () => {
    const { store } = here.platform.domain.core;
    if (store.dialect !== "sqlite") return;
    await sql`create trigger full before insert on record_batches begin select raise(abort, 'disk full'); end`.execute(
      store.db,
    );
    const reply = await remove([id(0)]);
    await sql`drop trigger full`.execute(store.db);
    expect(reply.status).toBe(503);
    expect(reply.read(DeleteSpansProblem)).toMatchObject({
      status: 503,
      deleted_span_ids: [],
      not_deleted_span_ids: [id(0)],
    });
    expect(await names()).toEqual(["first"]);
  });
});

describe("POST /v2/spans/annotate", () => {
  it("is seen over REST and in an export; what is left out keeps its value", async () => {
    await config("quality");
    expect((await annotate(id(0), [{ name: "quality", score: 0.5, label: "good" }])).status).toBe(202);
    await annotate(id(0), [{ name: "quality", text: "why" }]);
    const [span] = await listed();
    expect(span?.annotations).toEqual([
      {
        name: "quality",
        score: 0.5,
        label: "good",
        text: "why",
        updated_at: "2026-11-20T12:00:00.000Z",
        annotator: { id: here.world.people.annotator, email: "annotator@world.test" },
      },
    ]);
    const table = await exported();
    expect(table.getChild("annotation.quality.label")?.get(0)).toBe("good");
    expect(table.getChild("annotation.quality.updated_by")?.get(0)).toBe("annotator@world.test");
    expect((await list({ filter: "annotation.quality.score > 0.4" })).read(SpanPage).spans).toHaveLength(1);
  });

  it("annotates a trace through its root only", async () => {
    await config("quality");
    await log({ spanId: id(1), parentSpanId: id(0), at: NOW - MINUTE });
    const inner = await annotate(id(1), [{ name: "quality", text: "x" }], { granularity: "TRACE" });
    expect([inner.status, inner.detail]).toEqual([422, expect.stringContaining("root span")]);
    expect((await annotate(id(0), [{ name: "quality", text: "x" }], { granularity: "TRACE" })).status).toBe(202);
    const [, root] = await listed();
    expect([root?.annotations, root?.trace_annotations]).toEqual([
      undefined,
      [expect.objectContaining({ name: "quality", text: "x" })],
    ]);
  });

  it.each<[string, string, object, object, number, string]>([
    ["a span that is not there", id(5), {}, {}, 404, "No span of this project has the id"],
    ["a span outside the window", id(0), {}, { start_time: "2026-11-20T11:55:00Z" }, 404, "began in the window"],
    ["a name that is no config", id(0), { name: "nope" }, {}, 400, "POST /v2/annotation-configs"],
    ["more than 31 days", id(0), {}, { start_time: "2026-10-01T00:00:00Z" }, 422, "at most 31 days"],
    [
      "a window in the future",
      id(0),
      {},
      { start_time: "2026-11-20T00:00:00Z", end_time: "2026-11-21T00:00:00Z" },
      422,
      "may not lie in the future",
    ],
  ])("refuses %s, and writes nothing", async (_what, span, value, body, status, detail) => {
    await config("quality");
    const reply = await annotate(span, [{ name: "quality", text: "x", ...value }], body);
    expect([reply.status, reply.detail]).toEqual([status, expect.stringContaining(detail)]);
    expect((await listed())[0]?.annotations).toBeUndefined();
  });
});

describe("POST /v2/traces", () => {
  const traces = async (body: object = {}, query = "") =>
    (await here.world.as("reader").post(`/v2/traces${query}`, { project_id: project, ...body })).read(TracePage);

  it("gives the spans of each root's trace; a filter asks for traces with a span that meets it", async () => {
    await log(
      { spanId: id(1), traceId: trace(1), at: NOW - 3 * MINUTE, name: "root" },
      { spanId: id(2), traceId: trace(1), parentSpanId: id(1), at: NOW - 2 * MINUTE, name: "leaf" },
      { spanId: id(3), traceId: trace(2), parentSpanId: id(99), at: NOW - MINUTE, name: "orphan" },
    );
    const { traces: all } = await traces();
    expect(all.map(({ trace_id, root_span_id }) => [trace_id, root_span_id])).toEqual([
      [trace(1), id(1)],
      ["0af7651916cd43dd8448eb211c80319c", id(0)],
    ]);
    expect(all[0]).toMatchObject({
      start_time: "2026-11-20T11:57:00.000000Z",
      end_time: "2026-11-20T11:58:01.000000Z",
      spans_truncated: false,
      spans: [{ name: "root" }, { name: "leaf" }],
    });
    expect((await traces({ filter: "name = 'leaf'" })).traces.map(({ trace_id }) => trace_id)).toEqual([trace(1)]);
    expect((await traces({ start_time: "2026-11-20T11:57:30Z" })).traces).toEqual([]);
    expect((await traces({ end_time: "2026-11-20T11:57:30Z" })).traces[0]?.spans).toHaveLength(1);
  });

  it("gives an entry for each root, a page at a time", async () => {
    await log(
      { spanId: id(1), traceId: trace(1), at: NOW - 3 * MINUTE },
      { spanId: id(2), traceId: trace(1), at: NOW - 2 * MINUTE },
    );
    const page = await traces({}, "?limit=1");
    expect([page.traces[0]?.root_span_id, page.traces[0]?.spans.length, page.pagination.has_more]).toEqual([
      id(2),
      2,
      true,
    ]);
    const next = await traces({}, `?limit=5&cursor=${page.pagination.next_cursor}`);
    expect(next.traces.map(({ root_span_id }) => root_span_id)).toEqual([id(1), id(0)]);
  });

  it("shows at most a thousand spans of a trace, the root among them, and says so", async () => {
    const inner = Array.from({ length: 1005 }, (_, number) => ({
      spanId: id(number + 10),
      traceId: trace(1),
      parentSpanId: id(1),
      at: NOW - 2 * MINUTE,
    }));
    await log(...inner, { spanId: id(1), traceId: trace(1), at: NOW - MINUTE, name: "root" });
    const [found] = (await traces()).traces;
    expect([found?.spans_truncated, found?.spans.length]).toEqual([true, 1000]);
    expect(found?.spans.some(({ name }) => name === "root")).toBe(true);
  });
});

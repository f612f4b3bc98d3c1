import { nullColumn, structColumn, tableFromColumns, timestampColumn, utf8Column } from "@axlab/wire/arrow";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { IngestServer } from "../../testing/ingest-server.js";
import { valuesOf } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import { ValidationFailure } from "../index.js";
import type { Logger } from "../index.js";

let server: IngestServer;
let logger: Logger;
beforeEach(async () => {
  ({ server, logger } = await startLogger());
});
afterEach(() => server.close());

const NS = BigInt(NOW) * 1_000_000n;
const span = {
  "context.trace_id": "trace-0123456789",
  "context.span_id": "span-0123456789",
  name: "step",
  start_time: new Date(NOW),
  end_time: new Date(NOW + 5),
};

async function violations(act: () => Promise<unknown>) {
  try {
    await act();
    return [];
  } catch (error) {
    if (!(error instanceof ValidationFailure)) throw error;
    expect(server.uploads).toHaveLength(0);
    return error.violations;
  }
}

describe("logSpans", () => {
  test("sends evaluations that stand beside their span, and holds them to their rules", async () => {
    const judged = { ...span, "eval.tone.label": "good", "session_eval.ok.score": 1 };
    await logger.logSpans([judged], { project: "p" });
    const [upload] = server.uploads;
    expect(upload && valuesOf(upload.table)).toMatchObject({
      "eval.tone.label": ["good"],
      "session_eval.ok.score": [1n],
    });
    server.uploads.length = 0;
    const codes = async (changes: object) => (await violations(() => logger.logSpans([{ ...judged, ...changes }], { project: "p" }))).map(({ code }) => code); // prettier-ignore
    expect(await codes({ "eval.tone.label": "x".repeat(101) })).toEqual(["Invalid_String_Length_In_Column"]);
    expect(await codes({ "eval.tone.label": 5 })).toEqual(["Invalid_DataFrame_Column_Content_Types"]);
  });

  test("without a project names it", async () => {
    const nameless: object = {};
    const found = await violations(() => logger.logSpans([span], nameless as { project: string })); // boundary: a caller without types
    expect(found).toMatchObject([{ code: "Invalid_Project_Name", message: expect.stringContaining("undefined") }]);
  });

  test("writes objects with every value that they hold", async () => {
    const metadata = {
      id: 9_007_199_254_740_993n,
      when: new Date(0),
      tags: new Set(["a"]),
      deep: new Map([["n", 12_345_678_901_234_567_890n]]),
    };
    await logger.logSpans([{ ...span, "attributes.metadata": metadata }], { project: "p" });
    const [upload] = server.uploads;
    const [written] = (upload && valuesOf(upload.table))?.["attributes.metadata"] ?? [];
    expect(written).toBe(
      String.raw`{"id":9007199254740993,"when":"1970-01-01T00:00:00.000Z","tags":["a"],"deep":"{\"n\":12345678901234567890}"}`,
    );
  });

  test.each([
    ["a list for metadata", { "attributes.metadata": [1] }, "Invalid_DataFrame_Column_Content_Types"],
    ["a time for metadata", { "attributes.metadata": new Date(NOW) }, "Invalid_DataFrame_Column_Content_Types"],
    ["an infinite time", { start_time: Infinity }, "Invalid_DataFrame_Column_Content_Types"],
  ])("refuses %s", async (_what, changes, code) => {
    const found = await violations(() => logger.logSpans([{ ...span, ...changes }], { project: "p" }));
    expect(found).toMatchObject([{ code }]);
  });

  test("says how a time is to be written", async () => {
    const found = await violations(() => logger.logSpans([{ ...span, start_time: "yesterday" }], { project: "p" }));
    expect(found).toMatchObject([{ column: "start_time", message: expect.stringContaining("ISO 8601") }]);
  });

  test("sends fixed columns and attributes, times as nanoseconds and objects as JSON", async () => {
    const rows = [
      {
        ...span,
        parent_id: null,
        span_kind: "LLM",
        unknown_column: 1,
        events: [{ name: "e", timestamp: "2026-01-01T00:00:00Z" }],
        "attributes.metadata": { a: { b: 1 }, list: [1, 2] },
        "attributes.llm.input_messages": [{ "message.role": "user", "message.content": "hi" }],
        "attributes.llm.token_count.total": 7,
        "attributes.custom": "kept",
      },
      { ...span, "context.span_id": "span-9876543210", start_time: "2025-12-31T23:59:59.123456789", end_time: NS },
    ];
    await logger.logSpans(rows, { project: "proj" });
    const [upload] = server.uploads;
    expect(upload?.schema).toMatchObject({
      constants: { modelId: "proj", environment: 5, modelType: 7 },
      schema: { case: "arizeSpans" },
    });
    expect(upload?.headers["number-of-rows"]).toBe("2");
    const values = upload && valuesOf(upload.table);
    expect(values).not.toHaveProperty("unknown_column");
    expect(values).not.toHaveProperty("span_kind");
    expect(values).toMatchObject({
      start_time: [NS, NS - 876_543_211n],
      end_time: [NS + 5_000_000n, NS],
      "attributes.openinference.span.kind": ["LLM", null],
      "attributes.custom": ["kept", null],
      "attributes.llm.token_count.total": [7n, null],
      "attributes.llm.input_messages": [['{"message.role":"user","message.content":"hi"}'], null],
      "attributes.metadata": ['{"a":"{\\"b\\":1}","list":[1,2]}', null],
      events: [['{"name":"e","timestamp":"2026-01-01T00:00:00Z"}'], null],
    });
  });

  test("takes an Arrow table and converts its timestamps", async () => {
    const text = (value: string) => utf8Column([value]);
    const times = timestampColumn([new Date(NOW)]);
    const table = tableFromColumns({
      "context.trace_id": text(span["context.trace_id"]),
      "context.span_id": text(span["context.span_id"]),
      name: text("n"),
      start_time: times,
      end_time: times,
      "attributes.metadata": structColumn({
        a: text("x"),
        b: nullColumn(1),
        c: structColumn({ d: text("y"), e: nullColumn(1) }),
      }),
    });
    await logger.logSpans(table, { project: "proj" });
    expect(server.uploads.map((upload) => valuesOf(upload.table))).toMatchObject([
      { start_time: [NS], end_time: [NS], "attributes.metadata": ['{"a":"x","c":"{\\"d\\":\\"y\\"}"}'] },
    ]);
  });

  test.each<[string, object, string]>([
    ["a missing name", { name: undefined }, "Invalid_Missing_Value"],
    ["a short span id", { "context.span_id": "short" }, "Invalid_String_Length_In_Column"],
    ["a name of 51 characters", { name: "x".repeat(51) }, "Invalid_String_Length_In_Column"],
    ["an unknown status", { status_code: "FINE" }, "Invalid_String_Value_Not_Allowed_In_Column"],
    ["an end before its start", { end_time: new Date(NOW - 1) }, "Invalid_Start_And_End_Time_Values_In_Column"],
    [
      "milliseconds where nanoseconds belong",
      { start_time: NOW, end_time: new Date(NOW) },
      "Invalid_Timestamp_Value_In_Column",
    ],
    ["parameters that are no JSON", { "attributes.tool.parameters": "{" }, "Invalid_Json_String_In_Column"],
    [
      "a text where a number belongs",
      { "attributes.llm.token_count.total": "7" },
      "Invalid_DataFrame_Column_Content_Types",
    ],
  ])("refuses %s", async (_name, changes, code) => {
    const found = await violations(() => logger.logSpans([span, { ...span, ...changes }], { project: "p" }));
    expect(found.map((violation) => violation.code)).toContain(code);
  });

  test("refuses a table without its required columns", async () => {
    const found = await violations(() => logger.logSpans([{ "context.span_id": "span-0123456789" }], { project: "p" }));
    expect(found.map((violation) => violation.column)).toEqual(["context.trace_id", "name", "start_time", "end_time"]);
  });

  test("refuses a blank project", async () => {
    expect(await violations(() => logger.logSpans([span], { project: " " }))).toMatchObject([
      { code: "Invalid_Project_Name" },
    ]);
  });
});

describe("logEvaluations", () => {
  const evaluation = {
    "context.span_id": "span-0123456789",
    "eval.tone.label": "good",
    "eval.tone.score": 0.5,
    "eval.tone.explanation": "why",
  };

  test("sends the span id and evaluation columns only", async () => {
    await logger.logEvaluations(
      [{ ...evaluation, "trace_eval.x y.score": 1, "eval.bad-name.label": "dropped", other: 1 }],
      { project: "p" },
    );
    const [upload] = server.uploads;
    expect(upload?.table.schema.fields.map((field) => field.name).sort()).toEqual(
      [...Object.keys(evaluation), "trace_eval.x y.score"].sort(),
    );
  });

  test.each<[string, object, string]>([
    ["an empty label", { "eval.tone.label": "" }, "Invalid_String_Length_In_Column"],
    ["an infinite score", { "eval.tone.score": Infinity }, "Invalid_Float_Value_In_Column"],
    [
      "an explanation of nothing",
      { "eval.tone.label": null, "eval.tone.score": null },
      "Invalid_Null_Eval_Label_And_Score",
    ],
  ])("refuses %s", async (_name, changes, code) => {
    const found = await violations(() =>
      logger.logEvaluations([evaluation, { ...evaluation, ...changes }], { project: "p" }),
    );
    expect(found.map((violation) => violation.code)).toEqual([code]);
  });

  test("needs the span id and one evaluation", async () => {
    const found = await violations(() => logger.logEvaluations([{ x: 1 }], { project: "p" }));
    expect(found).toHaveLength(2);
  });
});

import { float64Column, int64Column, listColumn, utf8Column } from "@axlab/wire/arrow";
import { encodeDoPutRequest, messageCodec, WriteSpanAttributesMetadataResponseSchema } from "@axlab/wire/flight";
import type { Vector } from "apache-arrow";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { described, spansDescription, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

const ID = "span-00000000";
type Columns = Parameters<typeof described>[0];
type Write = "writeSpanAnnotationRequest" | "writeSpanEvaluationRequest" | "writeSpanAttributesMetadataRequest";

/** Two rows, of which the second has the given values. */
async function put(write: Write, columns: Columns): Promise<Uint8Array | undefined> {
  const client = new FlightClient(listening, here.world.keys.pipeline);
  const request = encodeDoPutRequest({
    case: write,
    value: { spaceId: here.world.spaces.main, externalModelId: "p" },
  });
  try {
    return await client.put(request, described({ "context.span_id": ids(ID), ...columns }, spansDescription("p")));
  } finally {
    client.close();
  }
}

const ids = (second: string | null): Vector => utf8Column([ID, second]);
const text = (second: string | null): Vector => utf8Column(["x", second]);
const notes = (second: string): Vector => listColumn([['{"text":"n"}'], [second]], "utf8");
const note = (characters: number): Vector => notes(JSON.stringify({ text: "ö".repeat(characters) }));
const score = (second: number): Vector => float64Column([1, second]);
const at = (ms: number): Vector => int64Column([5n, BigInt(ms)]);
const long = (characters: number): string => "é".repeat(characters);
const A = "annotation.me";
const E = "eval.q";

it.each<[code: string, bad: () => Columns, says: string, good: () => Columns]>([
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.label`]: text("") }), "0 characters", () => ({ [`${A}.label`]: text(null) })],
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.label`]: text(long(101)) }), "101 characters", () => ({ [`${A}.label`]: text(long(100)) })],
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.text`]: text("") }), "0 characters", () => ({ [`${A}.text`]: text("a") })],
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.text`]: text(long(10_001)) }), "10001 characters", () => ({ [`${A}.text`]: text(long(10_000)) })],
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.updated_by`]: text("") }), "0 characters", () => ({ [`${A}.updated_by`]: text("a") })],
  ["Invalid_String_Length_In_Column", () => ({ [`${A}.updated_by`]: text(long(101)) }), "101 characters", () => ({ [`${A}.updated_by`]: text(long(100)) })],
  ["Invalid_Float_Value_In_Column", () => ({ [`${A}.score`]: score(-Infinity) }), "-Infinity", () => ({ [`${A}.score`]: score(Number.NaN) })],
  ["Invalid_Annotation_Updated_At", () => ({ [`${A}.updated_at`]: at(0) }), "the time 0", () => ({ [`${A}.updated_at`]: at(1) })],
  ["Invalid_Annotation_Updated_At", () => ({ [`${A}.updated_at`]: at(Date.now() + 90_000) }), "the time", () => ({ [`${A}.updated_at`]: at(Date.now() + 30_000) })],
  ["Invalid_Annotation_Updated_At", () => ({ [`${A}.updated_at`]: at((Date.now() + 90_000) * 1e6) }), "the time", () => ({ [`${A}.updated_at`]: at(Date.now() * 1e6) })],
  ["Invalid_Item_In_Column", () => ({ "annotation.notes": note(10_001) }), "10001 characters", () => ({ "annotation.notes": note(10_000) })],
  ["Invalid_Item_In_Column", () => ({ "annotation.notes": notes("plain") }), "not a JSON object", () => ({ "annotation.notes": notes('{"text":"n"}') })],
  ["Invalid_Missing_Value", () => ({ "context.span_id": ids(null), [`${A}.label`]: text("a") }), "is null", () => ({ [`${A}.label`]: text("a") })],
  ["Invalid_String_Length_In_Column", () => ({ "context.span_id": ids("x".repeat(11)), [`${A}.label`]: text("a") }), "11 characters", () => ({ "context.span_id": ids("x".repeat(12)), [`${A}.label`]: text("a") })],
  ["Invalid_String_Length_In_Column", () => ({ "context.span_id": ids(long(129)), [`${A}.label`]: text("a") }), "129 characters", () => ({ "context.span_id": ids(long(128)), [`${A}.label`]: text("a") })],
  ["Invalid_String_Length_In_Column", () => ({ [`${E}.label`]: text(long(101)) }), "101 characters", () => ({ [`${E}.label`]: text(long(100)) })],
  ["Invalid_Null_Eval_Label_And_Score", () => ({ [`${E}.explanation`]: text("why"), [`${E}.score`]: score(Number.NaN) }), "neither label nor score", () => ({ [`${E}.explanation`]: text("why"), [`${E}.score`]: score(0) })],
])("writes to spans over Flight are held to %s (§8.6)", async (code, bad, says, good) => {
  await logSpans();
  const write = Object.keys(bad()).some((name) => name.startsWith("eval"))
    ? "writeSpanEvaluationRequest"
    : "writeSpanAnnotationRequest";
  const refused = put(write, bad());
  await expect(refused).rejects.toMatchObject({ code: 3, details: expect.stringContaining(`${code}: `) });
  await expect(refused).rejects.toMatchObject({ details: expect.stringMatching(new RegExp(`row [01] .*${says}`)) });
  expect(await put(write, good())).toBeDefined();
}); // prettier-ignore

const deep = (levels: number): unknown => (levels === 1 ? "leaf" : { a: deep(levels - 1) });

it("patches of metadata are held to length, depth and form, each by itself (§8.6)", async () => {
  await logSpans();
  const wrap = (characters: number): string => JSON.stringify({ a: "😀".repeat(characters - 8) });
  const patches = [wrap(1_000_001), wrap(1_000_000), JSON.stringify(deep(11)), JSON.stringify(deep(10)), "[]", "x", "{}"];
  const reply = await putPatches(patches);
  expect(reply.errors.map(({ errorMessage }) => errorMessage)).toEqual([
    expect.stringContaining("1000001 characters"),
    expect.stringContaining("deeper than 10 levels"),
    expect.stringContaining("not a JSON object"),
    expect.stringContaining("not a JSON object"),
  ]);
  expect(reply).toMatchObject({ spansProcessed: 7n, spansUpdated: 3n });
}); // prettier-ignore

it("a patch that Python wrote with NaN sets null", async () => {
  await logSpans();
  expect(await putPatches(['{"a": NaN, "b": [-Infinity], "c": "NaN"}'])).toMatchObject({
    spansUpdated: 1n,
    errors: [],
  });
});

async function putPatches(patches: readonly string[]) {
  const columns = { "context.span_id": utf8Column(patches.map(() => ID)), patch_document: utf8Column([...patches]) };
  const reply = await put("writeSpanAttributesMetadataRequest", columns);
  return messageCodec(WriteSpanAttributesMetadataResponseSchema).decode(reply ?? new Uint8Array());
}

async function logSpans(): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const columns = {
    name: utf8Column(["step"]),
    "context.trace_id": utf8Column(["trace-000000000000"]),
    "context.span_id": utf8Column([ID]),
    start_time: int64Column([now]),
    end_time: int64Column([now]),
  };
  const table = described(columns, spansDescription("p"));
  expect((await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(table))).status).toBe(200);
} // prettier-ignore

import { status } from "@grpc/grpc-js";
import { timestampColumn, utf8Column, tableFromColumns } from "@axlab/wire/arrow";
import {
  messageCodec,
  WriteSpanAnnotationResponseSchema,
  WriteSpanAttributesMetadataResponseSchema,
  WriteSpanEvaluationResponseSchema,
} from "@axlab/wire/flight";
import { ARIZE_SCHEMA_KEY, decodeArizeSchema } from "@axlab/wire/ingest";
import { tableFromArrays } from "apache-arrow";
import { afterEach, describe, expect, test } from "vitest";

import { AuthenticationError, TimeoutError } from "../../errors/index.js";
import { grpcError, startFlightServer } from "../../testing/flight-server.js";
import type { FlightHandlers } from "../../testing/flight-server.js";
import { valuesOf } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import { takePut } from "../../testing/take-put.js";
import type { Put } from "../../testing/take-put.js";
import { PartialUploadError, ValidationFailure } from "../index.js"; // prettier-ignore

const open: (() => unknown)[] = [];
afterEach(async () => { for (const close of open.splice(0)) await close(); }); // prettier-ignore

/** A logger whose Flight calls reach the handlers; what is put is kept. */
async function start(handlers: FlightHandlers | Uint8Array, settings: object = {}) {
  const puts: Put[] = [];
  const taking = handlers instanceof Uint8Array ? { doPut: takePut(handlers, (put) => puts.push(put)) } : handlers;
  const flight = await startFlightServer(taking);
  const { logger, server } = await startLogger(undefined, {
    flightHost: "127.0.0.1",
    flightPort: flight.port,
    flightScheme: "grpc+tcp",
    maxRetries: 0,
    ...settings,
  });
  open.push(() => server.close(), flight.close);
  return { logger, server, puts };
}

async function refusal(act: () => Promise<unknown>) {
  const failure = await act().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ValidationFailure);
  return failure as ValidationFailure; // boundary: asserted in the line above
}

const ID = "span-0123456789";
const OTHER = "span-9876543210";
const PROJECT = { project: "proj" };
const annotated = messageCodec(WriteSpanAnnotationResponseSchema).encode({
  recordsUpdated: 1n,
  unmatchedIds: [OTHER],
});
const patched = messageCodec(WriteSpanAttributesMetadataResponseSchema).encode({
  spansProcessed: 2n,
  spansUpdated: 1n,
  spansFailed: 1n,
  errors: [{ spanId: OTHER, errorMessage: "no such span" }],
});
const evaluated = messageCodec(WriteSpanEvaluationResponseSchema).encode({
  recordsUpdated: 1n,
  unmatchedIds: [OTHER],
});

describe("logAnnotations", () => {
  test("sends annotations with author and time, and answers what changed", async () => {
    const { logger, puts } = await start(annotated);
    const result = await logger.logAnnotations(
      [
        { "context.span_id": ID, "annotation.tone.label": "kind", "annotation.tone.score": 1, "annotation.notes": "good", x: 1 },
        { "context.span_id": OTHER, "annotation.tone.label": "rude", "annotation.tone.score": 0.5 },
      ],
      PROJECT,
    ); // prettier-ignore
    expect(result).toMatchObject({ rows: 2, requests: 1, updated: 1, unmatchedIds: [OTHER], errors: [] });
    const [put] = puts;
    expect(put?.command).toMatchObject({
      case: "writeSpanAnnotationRequest",
      value: { spaceId: "space-1", externalModelId: "proj" },
    });
    expect(decodeArizeSchema(put?.table.schema.metadata.get(ARIZE_SCHEMA_KEY) ?? "")).toMatchObject({
      constants: { modelId: "proj", environment: 5, modelType: 7 },
      schema: { case: "arizeSpans" },
    });
    const note = JSON.stringify({ text: "good", updated_by: "SDK", updated_at: NOW });
    expect(put && valuesOf(put.table)).toEqual({
      "context.span_id": [ID, OTHER],
      "annotation.tone.label": ["kind", "rude"],
      "annotation.tone.score": [1, 0.5],
      "annotation.tone.updated_by": ["SDK", "SDK"],
      "annotation.tone.updated_at": [BigInt(NOW), BigInt(NOW)],
      "annotation.notes": [[note], null],
    });
  });

  test("keeps author and time that are given, from rows and from Arrow", async () => {
    const { logger, puts } = await start(annotated);
    const given = { "annotation.tone.text": ["why"], "annotation.tone.updated_by": ["ann"] };
    const at = new Date(NOW - 5);
    await logger.logAnnotations({ "context.span_id": [ID], ...given, "annotation.tone.updated_at": [at] }, PROJECT);
    await logger.logAnnotations(
      tableFromColumns({
        "context.span_id": utf8Column([ID]),
        "annotation.tone.text": utf8Column(["why"]),
        "annotation.tone.updated_by": utf8Column(["ann"]),
        "annotation.tone.updated_at": timestampColumn([at], { unit: "us" }),
      }),
      PROJECT,
    );
    for (const put of puts)
      expect(valuesOf(put.table)).toEqual({
        "context.span_id": [ID],
        ...given,
        "annotation.tone.updated_at": [BigInt(NOW - 5)],
      });
    expect(puts).toHaveLength(2);
  });

  const note = (length: number) => ({ "annotation.notes": "x".repeat(length) });
  test.each<[string, object, string, string | undefined]>([
    ["a column of another form", { "annotation.to-ne.label": "a" }, "Invalid_Annotation_Column_Format", "annotation.to-ne.label"],
    ["a label that is a number", { "annotation.tone.label": 1 }, "Invalid_DataFrame_Column_Content_Types", "annotation.tone.label"],
    ["a score that is a text", { "annotation.tone.score": "1" }, "Invalid_DataFrame_Column_Content_Types", "annotation.tone.score"],
    ["an empty label", { "annotation.tone.label": "" }, "Invalid_String_Length_In_Column", "annotation.tone.label"],
    ["a label of 101 characters", { "annotation.tone.label": "x".repeat(101) }, "Invalid_String_Length_In_Column", "annotation.tone.label"],
    ["a text of 10 001 characters", { "annotation.tone.text": "x".repeat(10_001) }, "Invalid_String_Length_In_Column", "annotation.tone.text"],
    ["an author of 101 characters", { "annotation.tone.score": 1, "annotation.tone.updated_by": "x".repeat(101) }, "Invalid_String_Length_In_Column", "annotation.tone.updated_by"],
    ["an infinite score", { "annotation.tone.score": Infinity }, "Invalid_Float_Value_In_Column", "annotation.tone.score"],
    ["a time in the future", { "annotation.tone.score": 1, "annotation.tone.updated_at": new Date(NOW + 1000) }, "Invalid_Annotation_Timestamp", "annotation.tone.updated_at"],
    ["a time of zero", { "annotation.tone.score": 1, "annotation.tone.updated_at": 0 }, "Invalid_Annotation_Timestamp", "annotation.tone.updated_at"],
    ["a note of 10 001 characters", note(10_001), "Invalid_String_Length_In_Column", "annotation.notes"],
    ["a short span id", { "context.span_id": "short", ...note(1) }, "Invalid_String_Length_In_Column", "context.span_id"],
    ["no annotation at all", {}, "Invalid_DataFrame_Missing_Columns", undefined],
  ])("refuses %s", async (_name, changes, code, column) => {
    const { logger, puts } = await start(annotated);
    const failure = await refusal(() => logger.logAnnotations([{ "context.span_id": ID, ...changes }], PROJECT));
    expect(failure.violations.map((violation) => [violation.code, violation.column])).toEqual([[code, column]]);
    expect(puts).toEqual([]);
  }); // prettier-ignore

  test("takes a note of 10 000 characters, however many bytes", async () => {
    const { logger } = await start(annotated);
    const rows = [{ "context.span_id": ID, "annotation.notes": "ö".repeat(10_000) }];
    expect(await logger.logAnnotations(rows, PROJECT)).toMatchObject({ updated: 1 });
  });

  test("skips the rules with validate: false", async () => {
    const { logger, puts } = await start(annotated);
    await logger.logAnnotations([{ "context.span_id": "x", "annotation.tone.label": "" }], { ...PROJECT, validate: false });
    expect(puts).toHaveLength(1);
  }); // prettier-ignore
});

describe("logMetadata", () => {
  const patches = (put: Put | undefined) =>
    ((put && valuesOf(put.table))?.["patch_document"] ?? []).map((text) => JSON.parse(String(text)) as unknown);

  test("folds columns into patches, the explicit one on top, and answers errors", async () => {
    const { logger, puts } = await start(patched);
    const result = await logger.logMetadata(
      [
        { "context.span_id": ID, "attributes.metadata.tag": "a", "attributes.metadata.n": 1, patch_document: { n: 2 } },
        { "context.span_id": OTHER, "attributes.metadata.tag": null, patch_document: '{"deep":{"list":[1,"x"]}}' },
        { "context.span_id": ID, "attributes.metadata.n": { mixed: true } },
      ],
      PROJECT,
    );
    expect(result).toMatchObject({
      updated: 1,
      unmatchedIds: [],
      errors: [{ spanId: OTHER, message: "no such span" }],
    });
    expect(puts[0]?.command.case).toBe("writeSpanAttributesMetadataRequest");
    expect(patches(puts[0])).toEqual([
      { tag: "a", n: 2 },
      { tag: null, deep: { list: [1, "x"] } },
      { n: { mixed: true } },
    ]);
    expect(puts[0]?.table.schema.fields.map((field) => field.name)).toEqual(["context.span_id", "patch_document"]);
  });

  test("takes an Arrow table, whose nulls are JSON nulls", async () => {
    const { logger, puts } = await start(patched);
    const table = tableFromArrays({
      "context.span_id": [ID, OTHER],
      "attributes.metadata.n": new Float64Array([1, 2.5]),
      "attributes.metadata.tag": ["a", null],
    });
    await logger.logMetadata(table, PROJECT);
    expect(patches(puts[0])).toEqual([
      { n: 1, tag: "a" },
      { n: 2.5, tag: null },
    ]);
  });

  const deep = (levels: number): unknown => (levels === 1 ? "leaf" : { a: deep(levels - 1) });
  test.each<[string, object, string]>([
    ["text that is no JSON", { patch_document: "{" }, "Invalid_Patch_Document_Format"],
    ["a list", { patch_document: [1] }, "Invalid_Patch_Document_Format"],
    ["11 levels", { patch_document: deep(11) }, "Invalid_Patch_Document_Format"],
    [
      "over a million characters",
      { patch_document: { a: "x".repeat(1_000_001 - 8) } },
      "Invalid_Patch_Document_Format",
    ],
    ["11 levels as text", { patch_document: JSON.stringify(deep(11)) }, "Invalid_Patch_Document_Format"],
    ["a blank span id", { "context.span_id": " ", patch_document: {} }, "Invalid_Missing_Value"],
    ["a span id that is null", { "context.span_id": null, patch_document: {} }, "Invalid_Missing_Value"],
  ])("refuses %s, naming its row", async (_name, changes, code) => {
    const { logger, puts } = await start(patched);
    const rows = [
      { "context.span_id": ID, patch_document: deep(10) },
      { "context.span_id": ID, ...changes },
    ];
    const failure = await refusal(() => logger.logMetadata(rows, PROJECT));
    expect(failure.violations).toMatchObject([{ code, rows: [1] }]);
    expect(puts).toEqual([]);
  });

  test("refuses a column that names no field", async () => {
    const { logger, puts } = await start(patched);
    const rows = [{ "context.span_id": ID, "attributes.metadata.": 1 }];
    const failure = await refusal(() => logger.logMetadata(rows, PROJECT));
    expect(failure.violations).toMatchObject([{ code: "Invalid_Metadata_Field", column: "attributes.metadata." }]);
    expect(puts).toEqual([]);
  });

  test("takes text that Python wrote with NaN, and writes Maps and times as what they hold", async () => {
    const { logger, puts } = await start(patched);
    const rows = [
      { "context.span_id": ID, patch_document: '{"a":NaN}' },
      { "context.span_id": ID, "attributes.metadata.m": new Map([["k", new Set([1])]]), "attributes.metadata.t": new Date(0) },
    ];
    await logger.logMetadata(rows, PROJECT);
    expect(patches(puts[0])).toEqual([{ a: null }, { m: { k: [1] }, t: "1970-01-01T00:00:00.000Z" }]);
  }); // prettier-ignore

  test("takes a patch of a million characters and a span id of any length", async () => {
    const { logger, puts } = await start(patched);
    const patch = { a: "é".repeat(1_000_000 - 8) };
    await logger.logMetadata([{ "context.span_id": "short", patch_document: patch }], PROJECT);
    expect(patches(puts[0])).toEqual([patch]);
  });

  test.each<[string, () => unknown]>([
    ["in memory", () => []],
    ["of a stream", () => new Set()],
    ["in Arrow", () => tableFromColumns({ "context.span_id": utf8Column([]), patch_document: utf8Column([]) })],
  ])("refuses a table without rows %s", async (_where, table) => {
    const { logger, puts } = await start(patched);
    const failure = await refusal(() => logger.logMetadata(table() as [], PROJECT)); // boundary: an empty table of any kind
    expect(failure.violations).toMatchObject([{ code: "Invalid_DataFrame_Empty" }]);
    expect(puts).toEqual([]);
  });

  test("refuses a table that sets nothing", async () => {
    const { logger } = await start(patched);
    const failure = await refusal(() => logger.logMetadata([{ "context.span_id": ID, tag: "a" }], PROJECT));
    expect(failure.violations).toMatchObject([{ code: "Invalid_DataFrame_Missing_Columns" }]);
  });
});

describe("logEvaluations with sync", () => {
  const rows = Array.from({ length: 25 }, () => ({ "context.span_id": ID, "eval.tone.score": 1 }));

  test("writes over Flight and adds up what the requests answered", async () => {
    const { logger, puts, server } = await start(evaluated);
    const result = await logger.logEvaluations(rows, { ...PROJECT, sync: true, rowsPerRequest: 10 });
    expect(result).toMatchObject({ rows: 25, requests: 3, updated: 3, unmatchedIds: [OTHER, OTHER, OTHER] });
    expect(puts.map((put) => put.command.case)).toEqual(new Array(3).fill("writeSpanEvaluationRequest"));
    expect(server.uploads).toEqual([]);
  });

  test("without it posts over HTTP", async () => {
    const { logger, puts, server } = await start(evaluated);
    await logger.logEvaluations(rows, PROJECT);
    expect([puts.length, server.uploads.length]).toEqual([0, 1]);
  });

  test("says which rows were not written when the server fails in the middle", async () => {
    let calls = 0;
    const take = takePut(evaluated, () => undefined);
    const { logger } = await start({
      doPut: (call) => (calls++ === 1 ? void call.emit("error", grpcError(status.UNAUTHENTICATED, "revoked")) : take(call)),
    });
    const failure = logger.logEvaluations(rows, { ...PROJECT, sync: true, rowsPerRequest: 10, concurrency: 1 });
    await expect(failure).rejects.toThrow(PartialUploadError);
    await expect(failure).rejects.toMatchObject({
      landed: [{ start: 0, end: 10 }],
      missing: [{ start: 10, end: 25 }],
      cause: expect.any(AuthenticationError),
    });
  }); // prettier-ignore

  test("is repeated while the server is not there", async () => {
    let calls = 0;
    const take = takePut(evaluated, () => undefined);
    const doPut: FlightHandlers["doPut"] = (call) =>
      calls++ === 0 ? void call.emit("error", grpcError(status.UNAVAILABLE, "starting")) : take(call);
    const { logger } = await start({ doPut }, { maxRetries: 1 });
    expect(await logger.logEvaluations(rows, { ...PROJECT, sync: true })).toMatchObject({ updated: 1 });
  });

  test("throws the plain error where no connection was made, or the server refused", async () => {
    const { logger } = await start({ doPut: (call) => void call.emit("error", grpcError(status.PERMISSION_DENIED, "no")) });
    await expect(logger.logEvaluations(rows, { ...PROJECT, sync: true })).rejects.toMatchObject({ name: "PermissionDeniedError" });
    const { logger: alone } = await startLogger(undefined, { flightHost: "127.0.0.1", flightPort: 9, flightScheme: "grpc+tcp", maxRetries: 0 });
    await expect(alone.logEvaluations(rows, { ...PROJECT, sync: true })).rejects.toMatchObject({ name: "ConnectionError" });
  }); // prettier-ignore

  test("does not wait for ever for a server that hangs", async () => {
    const { logger } = await start({ doPut: () => undefined });
    const impatient = { ...PROJECT, sync: true as const, timeout: 200 };
    await expect(logger.logEvaluations(rows, impatient)).rejects.toMatchObject({
      uncertain: [{ start: 0, end: 25 }],
      cause: expect.any(TimeoutError),
    });
  });
});

import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => Promise.all([service.close(), readOnly.close()]));

const HOUR = 3_600_000;
const NOW = Date.now();
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, "0");
const project = unique("chat");
const spans = Array.from({ length: 20 }, (_, n) => ({
  "context.trace_id": hex(n, 32),
  "context.span_id": hex(n + 1, 16),
  name: `step ${n}`,
  span_kind: "LLM",
  start_time: new Date(NOW - 60_000 + n),
  end_time: new Date(NOW - 50_000 + n),
  "attributes.metadata": { kept: n },
}));
await service.logger.logSpans(spans, { project });
const ids = spans.map((span) => span["context.span_id"]);
const ABSENT = hex(999_999, 16);

const exported = async (): Promise<Record<string, unknown>[]> => {
  const rows = await service.exports.toRows({
    model: project,
    environment: "TRACING",
    startTime: new Date(NOW - HOUR),
    endTime: new Date(NOW + HOUR),
  });
  return [...rows].sort((a, b) => (String(a["context.span_id"]) < String(b["context.span_id"]) ? -1 : 1));
};

describe(AXLAB_SDK, () => {
  it("logger.logEvaluations: over HTTP, joined to their spans", async () => {
    await service.logger.logEvaluations({ "context.span_id": ids, "eval.tone.label": ids.map(() => "kind") }, { project });
    expect((await exported()).map((row) => row["eval.tone.label"])).toEqual(ids.map(() => "kind"));
  });
  it("logger.logEvaluations: over Flight with sync, says how many spans changed and which ids match none", async () => {
    const rows = [...ids, ABSENT].map((id, n) => ({ "context.span_id": id, "eval.tone.score": n / 20 }));
    const result = await service.logger.logEvaluations(rows, { project, sync: true, rowsPerRequest: 8 });
    expect(result).toMatchObject({ rows: 21, requests: 3, updated: 20, unmatchedIds: [ABSENT] });
    expect((await exported()).map((row) => row["eval.tone.score"])).toEqual(ids.map((_id, n) => n / 20));
  });
  it("logger.logAnnotations: joined to their spans, unmatched ids told", async () => {
    const rows = [ids[0], ids[1], ABSENT].map((id, n) => ({ "context.span_id": id, "annotation.review.label": `l${n}`, "annotation.review.score": n }));
    const result = await service.logger.logAnnotations(rows, { project });
    expect(result).toMatchObject({ updated: 2, unmatchedIds: [ABSENT] });
    const found = await exported();
    expect(found.slice(0, 3).map((row) => row["annotation.review.label"] ?? null)).toEqual(["l0", "l1", null]);
    expect(found.slice(0, 3).map((row) => row["annotation.review.score"] ?? null)).toEqual([0, 1, null]);
  });
  it("logger.logMetadata: patches what is there, absent spans told", async () => {
    const rows = [
      { "context.span_id": ids[0], "attributes.metadata.tag": "new" },
      { "context.span_id": ids[1], patch_document: { kept: null, deep: { a: [1] } } },
      { "context.span_id": ABSENT, patch_document: { a: 1 } },
    ];
    const result = await service.logger.logMetadata(rows, { project });
    expect(result).toMatchObject({ updated: 2, errors: [{ spanId: ABSENT }] });
    expect((await exported()).slice(0, 3).map((row) => row["attributes.metadata"])).toEqual([
      { kept: 0, tag: "new" },
      { kept: null, deep: { a: [1] } },
      { kept: 2 },
    ]);
  });
  it("logger.logAnnotations, logMetadata, logEvaluations: 403 for a reader, and nothing changes", async () => {
    const before = await exported();
    const row = { "context.span_id": ids[5] };
    const { logger } = readOnly;
    await expectApiError(logger.logAnnotations([{ ...row, "annotation.review.label": "x" }], { project }), 403, platform);
    await expectApiError(logger.logMetadata([{ ...row, patch_document: { a: 1 } }], { project }), 403, platform);
    await expectApiError(logger.logEvaluations([{ ...row, "eval.x.score": 1 }], { project, sync: true }), 403, platform);
    expect(await exported()).toEqual(before);
  });
}); // prettier-ignore

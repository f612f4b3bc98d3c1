import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";
import { llmSpanId, llmSpans } from "../support/spans.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => service.close());

const note = await service.annotationConfigs.create({ annotation_config_type: "FREEFORM", name: unique("note") });
/** Ten spans, each in a trace of its own, newest last. */
const newProject = async (): Promise<string> => {
  const project = unique("chat");
  const questions = Array.from({ length: 10 }, (_, n) => `question ${n}`);
  await service.logger.logSpans(llmSpans("attributes.input.value", questions), { project });
  return project;
};
const idsOf = async (project: string): Promise<string[]> =>
  (await readOnly.spans.list(project).toArray()).map(({ context }) => context.span_id).sort();
const ids = Array.from({ length: 10 }, (_, n) => llmSpanId(n));
const remark = (n: number, text: string) => ({ record_id: llmSpanId(n), values: [{ name: note.name, text }] });
const YESTERDAY = {
  start_time: new Date(Date.now() - 48 * 3_600_000),
  end_time: new Date(Date.now() - 24 * 3_600_000),
};

describe(AXLAB_SDK, () => {
  it("spans.list: page by page, by a filter and a window", async () => {
    const project = await newProject();
    const all = await readOnly.spans.list(project, { limit: 3 }).toArray();
    expect(all.map(({ context }) => context.span_id).sort()).toEqual(ids);
    const [one, ...others] = await readOnly.spans.list(project, { filter: "name = 'step 4'" }).toArray();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ name: "step 4", kind: "LLM", attributes: { "input.value": "question 4" } });
    expect(await readOnly.spans.list(project, YESTERDAY).toArray()).toEqual([]);
    await expectApiError(readOnly.spans.list(project, { filter: "name =" }).toArray(), 400, platform);
    await expectApiError(readOnly.spans.list(absent("Model")).toArray(), 404, platform);
  });
  it("spans.traces: page by page, by a filter", async () => {
    const project = await newProject();
    const traces = await readOnly.spans.traces(project, { limit: 4 }).toArray();
    expect(traces.map(({ root_span_id }) => root_span_id).sort()).toEqual(ids);
    const some = await readOnly.spans.traces(project, { filter: "name = 'step 4'" }).toArray();
    expect(some.map(({ spans }) => spans.map(({ name }) => name))).toEqual([["step 4"]]);
  });
  it("spans.annotate: spans, and traces through their roots, as the list shows them", async () => {
    const project = await newProject();
    await service.spans.annotate(project, [remark(0, "of a span"), remark(1, "of another")]);
    await service.spans.annotate(project, [remark(0, "of a trace")], { granularity: "TRACE" });
    const found = new Map((await readOnly.spans.list(project).toArray()).map((span) => [span.context.span_id, span]));
    expect(found.get(llmSpanId(0))?.annotations).toMatchObject([{ name: note.name, text: "of a span" }]);
    expect(found.get(llmSpanId(0))?.trace_annotations).toMatchObject([{ name: note.name, text: "of a trace" }]);
    expect(found.get(llmSpanId(1))?.annotations).toMatchObject([{ name: note.name, text: "of another" }]);
    expect(found.get(llmSpanId(2))?.annotations ?? []).toEqual([]);
  });
  it("spans.annotate: 404 outside the window, 400 for a config that is not there, 403 for a reader, and nothing is written", async () => {
    const project = await newProject();
    await expectApiError(service.spans.annotate(project, [remark(0, "x")], YESTERDAY), 404, platform);
    await expectApiError(service.spans.annotate(project, [remark(0, "x"), remark(99, "x")]), 404, platform);
    const foreign = [{ record_id: llmSpanId(0), values: [{ name: unique("none"), text: "x" }] }];
    await expectApiError(service.spans.annotate(project, foreign), 400, platform);
    await expectApiError(readOnly.spans.annotate(project, [remark(0, "x")]), 403, platform);
    const found = await readOnly.spans.list(project).toArray();
    expect(found.flatMap(({ annotations }) => annotations ?? [])).toEqual([]);
  });
  it("spans.delete: those of the window, and says which there were not", async () => {
    const project = await newProject();
    const wanted = [llmSpanId(1), llmSpanId(3), llmSpanId(99)];
    expect(await service.spans.delete(project, wanted, YESTERDAY)).toEqual({
      completed: true,
      deleted_span_ids: [],
      not_deleted_span_ids: wanted,
    });
    expect(await service.spans.delete(project, wanted)).toEqual({
      completed: true,
      deleted_span_ids: wanted.slice(0, 2),
      not_deleted_span_ids: wanted.slice(2),
    });
    expect(await idsOf(project)).toEqual(ids.filter((id) => !wanted.includes(id)));
  });
  it("spans.delete: 403 for a reader, 404 for a project that is not there, and nothing is deleted", async () => {
    const project = await newProject();
    await expectApiError(readOnly.spans.delete(project, ids), 403, platform);
    await expectApiError(service.spans.delete(absent("Model"), ids), 404, platform);
    expect(await idsOf(project)).toEqual(ids);
  });
});

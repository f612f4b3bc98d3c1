import { ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";
import { llmSpanId, llmSpans } from "../support/spans.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { admin, member, readOnly, service } = sdkClients(platform);
afterAll(() => service.close());
const space = platform.space.id;
const HOUR = 3_600_000;
const emailOf = async (id: string): Promise<string> => (await admin.users.get(id)).email;
const [person, other] = [await emailOf(platform.users.member), await emailOf(platform.users.admin)];
const freeform = (): ReturnType<typeof admin.annotationConfigs.create> =>
  admin.annotationConfigs.create({ annotation_config_type: "FREEFORM", name: unique("note") });
const [note, remark] = [await freeform(), await freeform()];

const dataset = await service.datasets.create({ name: unique("data"), examples: [{ q: "a" }, { q: "b" }, { q: "c" }] });
const examples = { record_type: "EXAMPLE" as const, dataset_id: dataset.id };
const project = unique("chat");
const spanIds = [llmSpanId(0), llmSpanId(1)];
await service.logger.logSpans(llmSpans("attributes.input.value", ["question 0", "question 1"]), { project });
const window = {
  project_id: (await service.projects.get(project)).id,
  start_time: new Date(Date.now() - 24 * HOUR).toISOString(),
  end_time: new Date(Date.now() + HOUR).toISOString(),
};
const spans = { record_type: "SPAN" as const, ...window, span_ids: spanIds };
const traces = { record_type: "TRACE" as const, ...window, trace_ids: ["1".padStart(32, "0")] };

type Create = Parameters<typeof service.annotationQueues.create>[0];
const create = (more: Partial<Create> = {}, as = service): ReturnType<typeof service.annotationQueues.create> =>
  as.annotationQueues.create({
    ...{ name: unique("queue"), annotation_configs: [note.name], annotator_emails: [person], ...more },
  });
const firstOf = async (queue: string): Promise<string> =>
  (await readOnly.annotationQueues.records(queue, { limit: 1 }).toArray())[0]?.id ?? "";

describe(AXLAB_SDK, () => {
  it("annotationQueues.create: configs by id or name, with the first records", async () => {
    const made = await create({ annotation_configs: [remark.name, note.id], record_sources: [examples, spans] });
    expect(made.annotation_configs?.map(({ id }) => id)).toEqual([remark.id, note.id]);
    expect(made.annotators).toEqual([{ id: platform.users.member, email: person }]);
    expect(await readOnly.annotationQueues.records(made.id, { limit: 2 }).toArray()).toHaveLength(5);
  });
  it("annotationQueues.create: 409 for a name the space has, 403 for a reader, 422 for a stranger, 404 for a record that is not there", async () => {
    const { name } = await create();
    await expectApiError(create({ name }), 409, platform);
    await expectApiError(create({}, readOnly), 403, platform);
    await expectApiError(create({ annotator_emails: ["nobody@example.com"] }), 422, platform);
    await expectApiError(create({ record_sources: [{ ...examples, example_ids: ["none"] }] }), 404, platform);
    await expect(create({ annotation_configs: [unique("none")] })).rejects.toBeInstanceOf(ResolutionError);
  });
  it("annotationQueues.get: by id and by name; 404 for none", async () => {
    const made = await create();
    expect(await readOnly.annotationQueues.get(made.id)).toEqual(made);
    expect(await readOnly.annotationQueues.get(made.name, { space: platform.space.name })).toEqual(made);
    await expectApiError(readOnly.annotationQueues.get(absent("AnnotationQueue")), 404, platform);
  });
  it("annotationQueues.list: every one once, most recently updated first", async () => {
    const made = [await create(), await create(), await create()].map(({ id }) => id);
    await service.annotationQueues.update(made[0] ?? "", { instructions: "touched" });
    const ids = (await readOnly.annotationQueues.list({ space, limit: 2 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(made[0]);
    expect(ids).toEqual(expect.arrayContaining(made));
  });
  it("annotationQueues.update: replaces lists, null clears; 403 for a reader, 404 for none, 409 for a name in use", async () => {
    const [made, second] = [await create({ instructions: "i" }), await create()];
    const changed = await service.annotationQueues.update(made.name, {
      ...{ instructions: null, annotation_configs: [remark.name], annotator_emails: [other] },
    });
    expect(changed.instructions ?? null).toBeNull();
    expect(changed.annotation_configs?.map(({ id }) => id)).toEqual([remark.id]);
    expect(changed.annotators.map(({ email }) => email)).toEqual([other]);
    await expectApiError(readOnly.annotationQueues.update(made.id, { name: "x" }), 403, platform);
    await expectApiError(service.annotationQueues.update(absent("AnnotationQueue"), { name: "x" }), 404, platform);
    await expectApiError(service.annotationQueues.update(made.id, { name: second.name }), 409, platform);
  });
  it("annotationQueues.addRecords, annotationQueues.records: examples, spans and traces, none of them twice", async () => {
    const { id, name } = await create();
    const added = await service.annotationQueues.addRecords(name, [examples, spans]);
    expect(added.map(({ data }) => data["q"] ?? data["input.value"])).toEqual([
      "a",
      "b",
      "c",
      "question 0",
      "question 1",
    ]);
    expect((await service.annotationQueues.addRecords(id, [examples])).map((one) => one.id)).toEqual(
      added.slice(0, 3).map((one) => one.id),
    );
    expect(await service.annotationQueues.addRecords(id, [traces])).toMatchObject([
      { source_type: "SPANS", granularity: "TRACE", data: { "input.value": "question 0" } },
    ]);
    expect(await readOnly.annotationQueues.records(id, { limit: 4 }).toArray()).toHaveLength(6);
  });
  it("annotationQueues.addRecords: 403 for a reader; 404 for what is not there, and nothing is added; 400 for a window of eight days", async () => {
    const { id } = await create();
    const add = (source: typeof spans, as = service): Promise<unknown> => as.annotationQueues.addRecords(id, [source]);
    await expectApiError(add(spans, readOnly), 403, platform);
    await expectApiError(add({ ...spans, span_ids: [...spanIds, "f".repeat(16)] }), 404, platform);
    await expectApiError(add({ ...spans, project_id: absent("Model") }), 404, platform);
    const early = new Date(Date.now() - 8 * 24 * HOUR).toISOString();
    await expectApiError(add({ ...spans, start_time: early }), 400, platform);
    expect(await readOnly.annotationQueues.records(id).toArray()).toEqual([]);
  });
  it("annotationQueues.annotate: completes the record; 400 for a config of another queue, 403 for a reader, 404 for no record", async () => {
    const { id } = await create({ record_sources: [examples] });
    const record = await firstOf(id);
    const annotate = (name: string, as = member, on = record) =>
      as.annotationQueues.annotate(id, on, [{ name, text: "fine" }]);
    expect(await annotate(note.name)).toMatchObject({ id: record, annotations: [{ name: note.name, text: "fine" }] });
    const [shown] = await readOnly.annotationQueues.records(id).toArray();
    expect(shown?.assigned_users).toMatchObject([{ completion_status: "COMPLETED" }]);
    await expectApiError(annotate(remark.name), 400, platform);
    await expectApiError(annotate(note.name, readOnly), 403, platform);
    await expectApiError(annotate(note.name, member, absent("AnnotationQueueRecord")), 404, platform);
  });
  it("annotationQueues.assign: replaces and clears; 422 for a stranger, 403 for a reader", async () => {
    const { id } = await create({ record_sources: [examples] });
    const record = await firstOf(id);
    const { assigned_users } = await service.annotationQueues.assign(id, record, [other]);
    expect(assigned_users).toMatchObject([{ user: { email: other }, completion_status: "PENDING" }]);
    expect((await service.annotationQueues.assign(id, record, [])).assigned_users).toEqual([]);
    await expectApiError(service.annotationQueues.assign(id, record, ["nobody@example.com"]), 422, platform);
    await expectApiError(readOnly.annotationQueues.assign(id, record, [other]), 403, platform);
  });
  it("annotationQueues.deleteRecords: those named leave, unknown ids are passed over; 403 for a reader", async () => {
    const { id } = await create({ record_sources: [examples] });
    const record = await firstOf(id);
    await expectApiError(readOnly.annotationQueues.deleteRecords(id, [record]), 403, platform);
    await service.annotationQueues.deleteRecords(id, [record, absent("AnnotationQueueRecord")]);
    const left = await readOnly.annotationQueues.records(id).toArray();
    expect(left.map(({ data }) => data["q"])).toEqual(["b", "c"]);
  });
  it("annotationQueues.delete: it is gone; 403 for a reader, 404 the second time", async () => {
    const { id, name } = await create();
    await expectApiError(readOnly.annotationQueues.delete(id), 403, platform);
    await service.annotationQueues.delete(name);
    await expectApiError(service.annotationQueues.get(id), 404, platform);
    await expectApiError(service.annotationQueues.delete(id), 404, platform);
  });
});

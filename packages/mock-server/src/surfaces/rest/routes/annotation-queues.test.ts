import {
  AddedAnnotationQueueRecords,
  AnnotatedQueueRecord,
  AnnotationConfig,
  AnnotationQueue,
  AnnotationQueuePage,
  AnnotationQueueRecordPage,
  AssignedQueueRecord,
  Dataset,
  DatasetExamplePage,
  ProjectPage,
} from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { traced } from "../../../testing/otlp.js";
import { absentId, suite } from "../../../testing/suite.js";
import type { Person } from "../../../testing/world.js";

const test = suite();
const AT = Date.parse("2026-11-20T12:00:00Z");
const WINDOW = { start_time: "2026-11-20T00:00:00Z", end_time: "2026-11-21T00:00:00Z" };
const as = (who: Person) => test.world.as(who);

const config = async (name: string, space_id = test.world.spaces.main): Promise<string> =>
  (await as("admin").post("/v2/annotation-configs", { name, space_id, annotation_config_type: "FREEFORM" })).read(
    AnnotationConfig,
  ).id;
const post = (body: object) =>
  as("member").post("/v2/annotation-queues", { space_id: test.world.spaces.main, ...body });
async function made(body: object = {}): Promise<AnnotationQueue> {
  const annotation_config_ids = [await config(`quality ${Math.random()}`)];
  const reply = await post({ name: "q", annotation_config_ids, annotator_emails: ["annotator@world.test"], ...body });
  expect(reply.status, reply.text).toBe(201);
  return reply.read(AnnotationQueue);
}
async function dataset(count: number): Promise<{ id: string; examples: string[] }> {
  const examples = Array.from({ length: count }, (_, n) => ({ n }));
  const body = { name: `d${Math.random()}`, space_id: test.world.spaces.main, examples };
  const { id } = (await as("member").post("/v2/datasets", body)).read(Dataset);
  const page = (await as("member").get(`/v2/datasets/${id}/examples?limit=500`)).read(DatasetExamplePage);
  return { id, examples: page.examples.map((example) => example.id) };
}
async function project(): Promise<string> {
  await traced(as("admin"), test.world.spaces.main, "traced", [
    { spanId: "00f067aa0ba902b7", at: AT },
    { spanId: "00f067aa0ba902b8", at: AT, parentSpanId: "00f067aa0ba902b7" },
  ]);
  const { projects } = (await as("admin").get("/v2/projects?name=traced")).read(ProjectPage);
  return projects[0]?.id ?? "";
}
const add = (queue: { id: string }, ...record_sources: object[]) =>
  as("member").post(`/v2/annotation-queues/${queue.id}/records`, { record_sources });
const records = async (queue: { id: string }, who: Person = "annotator", query = "") =>
  (await as(who).get(`/v2/annotation-queues/${queue.id}/records${query}`)).read(AnnotationQueueRecordPage);

describe("an annotation queue", () => {
  it("is answered with its configs and annotators, in the order given", async () => {
    const ids = [await config("b"), await config("a")];
    const queue = await made({
      ...{ annotation_config_ids: ids, annotator_emails: ["Member@World.test", "annotator@world.test"] },
      instructions: "look",
    });
    expect(queue).toMatchObject({ name: "q", instructions: "look" });
    expect(queue.annotation_configs?.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(queue.annotators.map(({ email }) => email)).toEqual(["member@world.test", "annotator@world.test"]);
    expect((await as("reader").get(`/v2/annotation-queues/${queue.id}`)).read(AnnotationQueue)).toEqual(queue);
    expect((await as("reader").get("/v2/annotation-queues")).read(AnnotationQueuePage).annotation_queues).toEqual([
      queue,
    ]);
  });

  it("has a name of its own while it is there", async () => {
    const queue = await made();
    const body = { name: "q", annotation_config_ids: [await config("c")], annotator_emails: ["member@world.test"] };
    expect((await post(body)).status).toBe(409);
    expect((await as("member").delete(`/v2/annotation-queues/${queue.id}`)).status).toBe(204);
    expect((await post(body)).status).toBe(201);
  });

  it("takes only configs of its space, and people who may read its records", async () => {
    const body = { name: "q", annotator_emails: ["member@world.test"] };
    expect((await post({ ...body, annotation_config_ids: [absentId("AnnotationConfig")] })).status).toBe(404);
    expect((await post({ ...body, annotation_config_ids: [await config("x", test.world.spaces.second)] })).status).toBe(
      422,
    );
    const annotation_config_ids = [await config("y")];
    for (const email of ["nobody@world.test", "outsider@world.test"]) {
      const refused = await post({ name: "q", annotation_config_ids, annotator_emails: [email] });
      expect([refused.status, refused.detail]).toEqual([422, expect.stringContaining(email)]);
    }
    expect((await as("reader").get("/v2/annotation-queues")).read(AnnotationQueuePage).annotation_queues).toEqual([]);
  });

  it("changes what is named, replaces lists, and clears its instructions with null", async () => {
    const queue = await made({ instructions: "look" });
    const change = (body: object) => as("member").patch(`/v2/annotation-queues/${queue.id}`, body);
    const other = await config("other");
    const changed = await change({ annotation_config_ids: [other], annotator_emails: ["reader@world.test"] });
    expect(changed.read(AnnotationQueue)).toMatchObject({
      ...{ name: "q", instructions: "look", annotation_configs: [{ id: other }] },
      annotators: [{ email: "reader@world.test" }],
    });
    expect((await change({ instructions: null })).read(AnnotationQueue).instructions).toBeNull();
    expect((await change({})).status).toBe(400);
  });

  it("keeps its configs from being deleted", async () => {
    const queue = await made();
    const id = queue.annotation_configs?.[0]?.id ?? "";
    const refused = await as("admin").delete(`/v2/annotation-configs/${id}`);
    expect([refused.status, refused.detail]).toEqual([409, expect.stringContaining('"q"')]);
    await as("member").delete(`/v2/annotation-queues/${queue.id}`);
    expect((await as("admin").delete(`/v2/annotation-configs/${id}`)).status).toBe(204);
  });
});

describe("records of a queue", () => {
  it("are examples as they are now, each once, for every annotator", async () => {
    const { id, examples } = await dataset(3);
    const queue = await made({ annotator_emails: ["annotator@world.test", "member@world.test"] });
    const first = await add(queue, { record_type: "EXAMPLE", dataset_id: id, example_ids: examples.slice(0, 2) });
    expect(first.status).toBe(201);
    const all = await add(queue, { record_type: "EXAMPLE", dataset_id: id });
    expect(all.read(AddedAnnotationQueueRecords).record_sources).toHaveLength(3);
    expect((await add(queue, { record_type: "EXAMPLE", dataset_id: id })).status).toBe(200);
    await as("member").patch(`/v2/datasets/${id}/examples`, { examples: [{ id: examples[0], n: 99 }] });
    const page = await records(queue, "annotator", "?limit=2");
    expect(page.pagination.has_more).toBe(true);
    expect(page.records[0]).toMatchObject({
      source_type: "DATASET",
      granularity: null,
      data: { n: 99 },
      annotations: [],
    });
    expect(page.records[0]?.assigned_users.map(({ completion_status }) => completion_status)).toEqual([
      "PENDING",
      "PENDING",
    ]);
  });

  it("are spans and traces of a window, with what is said of them", async () => {
    const project_id = await project();
    const queue = await made();
    const added = await add(
      queue,
      { record_type: "SPAN", project_id, ...WINDOW, span_ids: ["00f067aa0ba902b8"] },
      { record_type: "TRACE", project_id, ...WINDOW, trace_ids: ["0af7651916cd43dd8448eb211c80319c"] },
    );
    expect(added.status, added.text).toBe(201);
    const [span, trace] = added.read(AddedAnnotationQueueRecords).record_sources;
    expect(span).toMatchObject({ granularity: "SPAN", data: { span_id: "00f067aa0ba902b8" } });
    expect(trace).toMatchObject({ granularity: "TRACE", data: { span_id: "00f067aa0ba902b7" } });
    const name = queue.annotation_configs?.[0]?.name ?? "";
    for (const record of [span, trace]) {
      const reply = await annotate(queue, record?.id ?? "", [{ name, text: "fine" }]);
      expect(reply.status, reply.text).toBe(200);
      expect(reply.read(AnnotatedQueueRecord).annotations).toMatchObject([{ name, text: "fine" }]);
    }
    const [spanNow, traceNow] = (await records(queue)).records;
    expect([spanNow?.annotations.length, spanNow?.trace_annotations.length]).toEqual([1, 0]);
    expect([traceNow?.annotations.length, traceNow?.trace_annotations.length]).toEqual([0, 1]);
  });

  it.each([
    ["an unknown span", { ...WINDOW, span_ids: ["ffffffffffffffff"] }, 404],
    [
      "a span outside its window",
      { start_time: "2026-11-21T00:00:00Z", end_time: "2026-11-22T00:00:00Z", span_ids: ["00f067aa0ba902b8"] },
      404,
    ],
    ["a window of eight days", { ...WINDOW, end_time: "2026-11-28T00:00:01Z", span_ids: ["00f067aa0ba902b8"] }, 400],
    [
      "a window that ends before it begins",
      { ...WINDOW, end_time: "2026-11-19T00:00:00Z", span_ids: ["00f067aa0ba902b8"] },
      400,
    ],
  ])("are refused with %s, and none is added", async (_, source, status) => {
    const [project_id, queue, { id }] = [await project(), await made(), await dataset(1)];
    const refused = await add(
      queue,
      { record_type: "EXAMPLE", dataset_id: id },
      { record_type: "SPAN", project_id, ...source },
    );
    expect([refused.status, (await records(queue)).records]).toEqual([status, []]);
  });

  it("are at most 500 a request", async () => {
    const [queue, { id }, other] = [await made(), await dataset(500), await dataset(1)];
    const examples = (dataset_id: string) => ({ record_type: "EXAMPLE", dataset_id });
    expect((await add(queue, examples(id), examples(other.id))).status).toBe(400);
    expect((await add(queue, examples(id))).status).toBe(201);
    expect((await add(queue, examples(id), examples(id), examples(id))).status).toBe(400);
  });

  it("of a restricted project are seen by those who may see its spans", async () => {
    const project_id = await project();
    const queue = await made();
    const added = await add(queue, { record_type: "SPAN", project_id, ...WINDOW, span_ids: ["00f067aa0ba902b7"] });
    const id = added.read(AddedAnnotationQueueRecords).record_sources[0]?.id ?? "";
    await as("admin").post("/v2/resource-restrictions", { resource_id: project_id });
    expect((await records(queue)).records).toEqual([]);
    expect((await records(queue, "admin")).records).toHaveLength(1);
    expect((await annotate(queue, id, [{ name: queue.annotation_configs?.[0]?.name ?? "", text: "t" }])).status).toBe(
      404,
    );
  });

  it("leave with the dataset or project they lie in, and can be taken out; others are passed over", async () => {
    const [queue, one, two] = [await made(), await dataset(2), await dataset(1)];
    await add(queue, { record_type: "EXAMPLE", dataset_id: one.id }, { record_type: "EXAMPLE", dataset_id: two.id });
    await as("member").delete(`/v2/datasets/${two.id}`);
    const [first, second, ...rest] = (await records(queue)).records;
    expect(rest).toEqual([]);
    const record_ids = [first?.id, absentId("AnnotationQueueRecord")];
    const path = `/v2/annotation-queues/${queue.id}/records`;
    expect((await as("member").delete(path, { record_ids })).status).toBe(204);
    expect((await records(queue)).records.map(({ id }) => id)).toEqual([second?.id]);
  });
});

describe("who annotates a record", () => {
  it("has completed it by annotating, and begins anew when assigned again", async () => {
    const [queue, { id }] = [await made(), await dataset(1)];
    const added = await add(queue, { record_type: "EXAMPLE", dataset_id: id });
    const record = added.read(AddedAnnotationQueueRecords).record_sources[0]?.id ?? "";
    const name = queue.annotation_configs?.[0]?.name ?? "";
    await annotate(queue, record, [{ name, score: 1, text: "a" }]);
    const again = (await annotate(queue, record, [{ name, score: 2 }])).read(AnnotatedQueueRecord);
    expect(again.annotations).toMatchObject([
      { name, score: 2, text: "a", annotator: { email: "annotator@world.test" } },
    ]);
    const status = async () => (await records(queue)).records[0]?.assigned_users.map((user) => user.completion_status);
    expect(await status()).toEqual(["COMPLETED"]);
    const assign = (emails: string[]) =>
      as("member").post(`/v2/annotation-queues/${queue.id}/records/${record}/assign`, { assigned_user_emails: emails });
    const assigned = (await assign(["annotator@world.test", "member@world.test"])).read(AssignedQueueRecord);
    expect(assigned.assigned_users.map((user) => user.completion_status)).toEqual(["PENDING", "PENDING"]);
    expect((await assign(["nobody@world.test"])).status).toBe(422);
    expect((await assign([])).read(AssignedQueueRecord).assigned_users).toEqual([]);
  });

  it("uses the queue's configs and no other", async () => {
    const [queue, { id }] = [await made(), await dataset(1)];
    const added = await add(queue, { record_type: "EXAMPLE", dataset_id: id });
    await config("elsewhere");
    const record = added.read(AddedAnnotationQueueRecords).record_sources[0]?.id ?? "";
    expect((await annotate(queue, record, [{ name: "elsewhere", text: "t" }])).status).toBe(400);
    expect((await records(queue)).records[0]?.annotations).toEqual([]);
  });

  it("is one of the annotators, when they are drawn", async () => {
    const emails = ["annotator@world.test", "member@world.test", "reader@world.test"];
    const [queue, { id }] = [await made({ assignment_method: "RANDOM", annotator_emails: emails }), await dataset(60)];
    await add(queue, { record_type: "EXAMPLE", dataset_id: id });
    const drawn = (await records(queue, "annotator", "?limit=100")).records.map(({ assigned_users }) => assigned_users);
    expect(drawn.every((users) => users.length === 1)).toBe(true);
    expect(new Set(drawn.flat().map(({ user }) => user.email))).toEqual(new Set(emails));
  });
});

const annotate = (queue: { id: string }, record: string, annotations: object[]) =>
  as("annotator").post(`/v2/annotation-queues/${queue.id}/records/${record}/annotate`, { annotations });

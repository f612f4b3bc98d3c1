import {
  addAnnotationQueueRecords,
  annotateAnnotationQueueRecord,
  assignAnnotationQueueRecord,
  createAnnotationQueue,
  createCategoricalAnnotationConfig,
  createContinuousAnnotationConfig,
  createDataset,
  deleteAnnotationQueueRecords,
  getProject,
  getUser,
  listAnnotationQueueRecords,
  listDatasetExamples,
  listSpans,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { sdkClients } from "../support/sdk.js";
import { llmSpanId, llmSpans } from "../support/spans.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, readOnly, member, admin } = axClients(platform);
const space = platform.space.id;
const emailOf = async (userId: string): Promise<string> => (await getUser({ client: admin, userId })).email;
const [person, other] = [await emailOf(platform.users.member), await emailOf(platform.users.admin)];
const tone = await createCategoricalAnnotationConfig({
  ...{ client: admin, space, name: unique("tone"), values: [{ label: "kind" }, { label: "rude" }] },
});
const score = await createContinuousAnnotationConfig({
  ...{ client: admin, space, name: unique("score"), minimumScore: 0, maximumScore: 1 },
});

const { id: datasetId } = await createDataset({
  ...{ client, space, name: unique("questions"), examples: [{ q: "a" }, { q: "b" }, { q: "c" }] },
});
const exampleIds = (await listDatasetExamples({ client, dataset: datasetId })).data.map(({ id }) => id);
const examples = { recordType: "EXAMPLE" as const, datasetId };

const { service: logger } = sdkClients(platform);
afterAll(() => logger.close());
const HOUR = 3_600_000;
const project = unique("chat");
const spanIds = [llmSpanId(0), llmSpanId(1)];
await logger.logger.logSpans(llmSpans("attributes.input.value", ["question 0", "question 1"]), { project });
const { id: projectId } = await getProject({ client, project, space });
const iso = (offset: number): string => new Date(Date.now() + offset).toISOString();
const spans = { recordType: "SPAN" as const, projectId, startTime: iso(-24 * HOUR), endTime: iso(HOUR), spanIds };

const queue = (recordSources?: Parameters<typeof addAnnotationQueueRecords>[0]["recordSources"]) =>
  createAnnotationQueue({
    ...{ client, name: unique("queue"), spaceId: space, annotationConfigIds: [tone.id, score.id] },
    ...{ annotatorEmails: [person], ...(recordSources && { recordSources }) },
  });
const recordsOf = (annotationQueue: string) =>
  allPages((cursor) =>
    listAnnotationQueueRecords({ client: readOnly, annotationQueue, limit: 2, ...(cursor && { cursor }) }),
  );
const firstOf = async (annotationQueue: string): Promise<string> => (await recordsOf(annotationQueue))[0]?.id ?? "";

describe(AX_CLIENT, () => {
  describe("annotation queue records", () => {
    it("createAnnotationQueue: with its first records, of a dataset and of a project", async () => {
      const { id } = await queue([examples, spans]);
      const records = await recordsOf(id);
      expect(records.map(({ sourceType }) => sourceType)).toEqual([...Array(3).fill("DATASET"), "SPANS", "SPANS"]);
      expect(new Set(records.map((record) => record.id)).size).toBe(5);
    });
    it("createAnnotationQueue: no queue when a record is not there", async () => {
      const name = unique("queue");
      const call = createAnnotationQueue({
        ...{ client, name, spaceId: space, annotationConfigIds: [tone.id], annotatorEmails: [person] },
        recordSources: [{ ...examples, exampleIds: ["none"] }],
      });
      await expectRefusal(call, 404, /none/);
      expect(await queue()).toBeTruthy();
    });

    it("addAnnotationQueueRecords: all examples of a dataset, with their data, pending for the annotators", async () => {
      const { id, name } = await queue();
      const added = await addAnnotationQueueRecords({
        client,
        annotationQueue: name,
        space,
        recordSources: [examples],
      });
      expect(added.map(({ data }) => data["q"])).toEqual(["a", "b", "c"]);
      expect(added[0]).toMatchObject({
        annotationQueueId: id,
        sourceType: "DATASET",
        annotations: [],
        evaluations: [],
      });
      expect(added[0]?.assignedUsers).toEqual([
        { user: { id: platform.users.member, email: person }, completionStatus: "PENDING" },
      ]);
    });
    it("addAnnotationQueueRecords: named examples; those that wait already are not added again", async () => {
      const { id: annotationQueue } = await queue();
      const named = [{ ...examples, exampleIds: exampleIds.slice(1, 2) }];
      const first = await addAnnotationQueueRecords({ client, annotationQueue, recordSources: named });
      const again = await addAnnotationQueueRecords({ client, annotationQueue, recordSources: named });
      expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
      expect(await recordsOf(annotationQueue)).toHaveLength(1);
    });
    it("addAnnotationQueueRecords: spans, with their attributes", async () => {
      const { id: annotationQueue } = await queue();
      const added = await addAnnotationQueueRecords({ client, annotationQueue, recordSources: [spans] });
      expect(added.map(({ sourceType, data }) => [sourceType, data["input.value"], data["name"]])).toEqual([
        ["SPANS", "question 0", "step 0"],
        ["SPANS", "question 1", "step 1"],
      ]);
    });
    it("addAnnotationQueueRecords: 403 for a reader; 404 for a queue, a dataset, an example or a span that is not there", async () => {
      const { id: annotationQueue } = await queue();
      const add = (source: object, more: object = {}): Promise<unknown> =>
        addAnnotationQueueRecords({
          ...{ client, annotationQueue, recordSources: [{ ...examples, ...source }], ...more },
        });
      await expectRefusal(add({}, { client: readOnly }), 403, /QUEUE_RECORD_CREATE/);
      await expectRefusal(add({}, { annotationQueue: absent("AnnotationQueue") }), 404);
      await expectRefusal(add({ datasetId: absent("Dataset") }), 404);
      await expectRefusal(add({ exampleIds: ["none"] }), 404, /none/);
      await expectRefusal(add({ ...spans, spanIds: ["ffffffffffffffff"] }), 404, /ffffffffffffffff/);
      expect(await recordsOf(annotationQueue)).toEqual([]);
    });
    it("addAnnotationQueueRecords: 400 for a window that is empty or longer than seven days, no sources, or three", async () => {
      const { id: annotationQueue } = await queue();
      const add = (...recordSources: (typeof spans)[]): Promise<unknown> =>
        addAnnotationQueueRecords({ client, annotationQueue, recordSources });
      await expectRefusal(add({ ...spans, startTime: spans.endTime, endTime: spans.startTime }), 400, /start_time/);
      await expectRefusal(add({ ...spans, startTime: iso(-8 * 24 * HOUR) }), 400, /7 days/);
      await expectRefusal(add({ ...spans, spanIds: [] }), 400, /span_ids/);
      await expectRefusal(add(), 400, /record_sources/);
      await expectRefusal(add(spans, spans, spans), 400, /record_sources/);
    });

    it("listAnnotationQueueRecords: by name; 404 for none, 400 for a limit over 500", async () => {
      const { id, name } = await queue([examples]);
      const { data, pagination } = await listAnnotationQueueRecords({ client, annotationQueue: name, space });
      expect(data.map(({ annotationQueueId }) => annotationQueueId)).toEqual([id, id, id]);
      expect(pagination.hasMore).toBe(false);
      expect((await listAnnotationQueueRecords({ client, annotationQueue: id, limit: 500 })).data).toHaveLength(3);
      await expectRefusal(listAnnotationQueueRecords({ client, annotationQueue: id, limit: 501 }), 400, /limit/);
      await expectRefusal(listAnnotationQueueRecords({ client, annotationQueue: absent("AnnotationQueue") }), 404);
    });

    it("annotateAnnotationQueueRecord: an example; whoever was assigned has completed it; a field left out is kept", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const annotationQueueRecordId = await firstOf(annotationQueue);
      const annotate = (...annotations: { name: string; label?: string; score?: number; text?: string }[]) =>
        annotateAnnotationQueueRecord({ client: member, annotationQueue, annotationQueueRecordId, annotations });
      const answer = await annotate({ name: tone.name, label: "kind", text: "yes" }, { name: score.name, score: 0.5 });
      expect(answer).toMatchObject({ id: annotationQueueRecordId, annotationQueueId: annotationQueue });
      expect(answer).toMatchObject({ sourceType: "DATASET" });
      expect(answer.annotations.map(({ name }) => name).sort()).toEqual([score.name, tone.name].sort());
      await annotate({ name: tone.name, label: "rude" });
      const [record] = await recordsOf(annotationQueue);
      expect(record?.annotations.find(({ name }) => name === tone.name)).toMatchObject({ label: "rude", text: "yes" });
      expect(record?.assignedUsers[0]?.completionStatus).toBe("COMPLETED");
      const shown = (await listDatasetExamples({ client, dataset: datasetId })).data.find(({ annotations }) =>
        annotations?.some(({ label }) => label === "rude"),
      );
      expect(shown).toMatchObject({ q: "a" });
    });
    it("annotateAnnotationQueueRecord: a span, which listSpans then shows annotated", async () => {
      const { id: annotationQueue } = await queue([spans]);
      const annotationQueueRecordId = await firstOf(annotationQueue);
      const answer = await annotateAnnotationQueueRecord({
        ...{ client: member, annotationQueue, annotationQueueRecordId },
        annotations: [{ name: score.name, score: 1 }],
      });
      expect(answer).toMatchObject({ sourceType: "SPANS", annotations: [{ name: score.name, score: 1 }] });
      const { data } = await listSpans({ client, project: projectId });
      expect(data.find(({ context }) => context.spanId === spanIds[0])?.annotations).toMatchObject([
        { name: score.name, score: 1, annotator: { email: person } },
      ]);
    });
    it("annotateAnnotationQueueRecord: 400 for a config that is not the queue's and for nothing, 403 for a reader, 404 for no record", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const annotate = (annotations: { name: string }[], more: object = {}): Promise<unknown> =>
        firstOf(annotationQueue).then((annotationQueueRecordId) =>
          annotateAnnotationQueueRecord({
            client: member,
            annotationQueue,
            annotationQueueRecordId,
            annotations,
            ...more,
          }),
        );
      await expectRefusal(annotate([{ name: "other" }]), 400, /other/);
      await expectRefusal(annotate([]), 400, /annotations/);
      await expectRefusal(annotate([{ name: tone.name }], { client: readOnly }), 403, /QUEUE_RECORD_ANNOTATE/);
      const none = absent("AnnotationQueueRecord");
      await expectRefusal(annotate([{ name: tone.name }], { annotationQueueRecordId: none }), 404);
    });

    it("assignAnnotationQueueRecord: replaces who it waits for, begins anew, and clears", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const annotationQueueRecordId = await firstOf(annotationQueue);
      const assign = async (...assignedUserEmails: string[]): Promise<[string, string][]> =>
        (
          await assignAnnotationQueueRecord({ client, annotationQueue, annotationQueueRecordId, assignedUserEmails })
        ).assignedUsers.map(({ user, completionStatus }) => [user.email, completionStatus]);
      expect(new Set(await assign(other, person))).toEqual(
        new Set([
          [other, "PENDING"],
          [person, "PENDING"],
        ]),
      );
      await annotateAnnotationQueueRecord({
        ...{ client: member, annotationQueue, annotationQueueRecordId },
        annotations: [{ name: tone.name, label: "kind" }],
      });
      expect(await assign(person)).toEqual([[person, "PENDING"]]);
      expect(await assign()).toEqual([]);
    });
    it("assignAnnotationQueueRecord: 422 for a stranger, 403 for a reader, 404 for no record, 400 for 101 people", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const assign = (assignedUserEmails: string[], more: object = {}): Promise<unknown> =>
        firstOf(annotationQueue).then((annotationQueueRecordId) =>
          assignAnnotationQueueRecord({
            client,
            annotationQueue,
            annotationQueueRecordId,
            assignedUserEmails,
            ...more,
          }),
        );
      await expectRefusal(assign(["outsider@other.com"]), 422, /outsider@other.com/);
      await expectRefusal(assign([person], { client: readOnly }), 403, /QUEUE_RECORD_UPDATE/);
      await expectRefusal(assign([person], { annotationQueueRecordId: absent("AnnotationQueueRecord") }), 404);
      const crowd = Array.from({ length: 101 }, (_, n) => `user${String(n)}@example.com`);
      await expectRefusal(assign(crowd), 400, /assigned_user_emails/);
    });

    it("deleteAnnotationQueueRecords: those named leave; ids the queue does not have are passed over", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const first = await firstOf(annotationQueue);
      await deleteAnnotationQueueRecords({
        client,
        annotationQueue,
        recordIds: [first, absent("AnnotationQueueRecord")],
      });
      expect((await recordsOf(annotationQueue)).map(({ data }) => data["q"])).toEqual(["b", "c"]);
      await deleteAnnotationQueueRecords({ client, annotationQueue, recordIds: [first] });
    });
    it("deleteAnnotationQueueRecords: 403 for a reader, 404 for no queue, 400 for none and for 101", async () => {
      const { id: annotationQueue } = await queue([examples]);
      const drop = (recordIds: string[], more: object = {}): Promise<unknown> =>
        deleteAnnotationQueueRecords({ client, annotationQueue, recordIds, ...more });
      await expectRefusal(drop(["x"], { client: readOnly }), 403, /QUEUE_RECORD_DELETE/);
      await expectRefusal(drop(["x"], { annotationQueue: absent("AnnotationQueue") }), 404);
      await expectRefusal(drop([]), 400, /record_ids/);
      await expectRefusal(drop(Array.from({ length: 101 }, (_, n) => `r${String(n)}`)), 400, /record_ids/);
      expect(await recordsOf(annotationQueue)).toHaveLength(3);
    });
  });
});

import {
  AddAnnotationQueueRecordsRequest,
  AddedAnnotationQueueRecords,
  AnnotatedQueueRecord,
  AnnotateQueueRecordRequest,
  AnnotationQueuePath,
  AnnotationQueueRecordPage,
  AnnotationQueueRecordPath,
  AssignedQueueRecord,
  AssignQueueRecordRequest,
  DeleteAnnotationQueueRecordsRequest,
  ListAnnotationQueueRecordsQuery,
} from "@axlab/wire/rest";
import { identityOf } from "../../../domain/annotation-queues/present.js";
import { route } from "../pipeline.js";
import { Answer } from "../route.js";

const tag = "annotation-queues";
const path = "/v2/annotation-queues/{annotation_queue_id}/records";
const recordPath = `${path}/{annotation_queue_record_id}`;

export const annotationQueueRecordRoutes = [
  route({
    method: "get",
    path,
    tag,
    summary: "List the records of a queue, in the order of adding",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_RECORD_READ",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    query: ListAnnotationQueueRecordsQuery,
    success: { status: 200, body: AnnotationQueueRecordPage },
    errors: [403, 404],
    async handle({ caller, domain, input: { query }, target }) {
      const { items, pagination } = await domain.queueRecords.list(caller, target.entity, query);
      return { records: await domain.queueRecordPresenter.present(items), pagination };
    },
  }),
  route({
    method: "post",
    path,
    tag,
    summary: "Add records to a queue; 200 when all of them were in it already",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_RECORD_CREATE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    body: AddAnnotationQueueRecordsRequest,
    success: { status: 201, body: AddedAnnotationQueueRecords },
    alsoSuccess: { status: 200, body: AddedAnnotationQueueRecords },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { body }, target: { entity: queue } }) {
      const sourced = await domain.queueRecords.sources(caller, { id: queue.space_id }, body.record_sources);
      const { records, anyNew } = await domain.core.store.transaction((tx) =>
        domain.queueRecords.add(tx, queue, sourced),
      );
      const answer = { record_sources: await domain.queueRecordPresenter.present(records) };
      return anyNew ? answer : new Answer(200, answer);
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Take records out of a queue",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_RECORD_DELETE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    body: DeleteAnnotationQueueRecordsRequest,
    success: { status: 204 },
    errors: [403, 404, 422],
    handle: ({ domain, input: { body }, target }) => domain.queueRecords.delete(target.entity, body.record_ids),
  }),
  route({
    method: "post",
    path: `${recordPath}/annotate`,
    tag,
    summary: "Annotate a record, where it lies",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_RECORD_ANNOTATE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueueRecordPath,
    body: AnnotateQueueRecordRequest,
    success: { status: 200, body: AnnotatedQueueRecord },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { params, body }, target: { entity: queue } }) {
      const record = await domain.queueRecords.get(caller, queue, params.annotation_queue_record_id);
      await domain.queueRecords.annotate(caller, queue, record, body.annotations);
      const [shown] = await domain.queueRecordPresenter.present([record]);
      const submitted = new Set(body.annotations.map(({ name }) => name));
      const all = record.granularity === "TRACE" ? shown?.trace_annotations : shown?.annotations;
      return { ...identityOf(record), annotations: all?.filter(({ name }) => submitted.has(name)) ?? [] };
    },
  }),
  route({
    method: "post",
    path: `${recordPath}/assign`,
    tag,
    summary: "Replace who is to annotate a record",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_RECORD_UPDATE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueueRecordPath,
    body: AssignQueueRecordRequest,
    success: { status: 200, body: AssignedQueueRecord },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { params, body }, target: { entity: queue } }) {
      const record = await domain.queueRecords.get(caller, queue, params.annotation_queue_record_id);
      await domain.queueRecords.assign(queue, record, body.assigned_user_emails);
      const [shown] = await domain.queueRecordPresenter.present([record]);
      return { ...identityOf(record), assigned_users: shown?.assigned_users ?? [] };
    },
  }),
];

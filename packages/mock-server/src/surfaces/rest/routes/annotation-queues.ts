import {
  AnnotationQueue,
  AnnotationQueuePage,
  AnnotationQueuePath,
  CreateAnnotationQueueRequest,
  ListAnnotationQueuesQuery,
  UpdateAnnotationQueueRequest,
} from "@axlab/wire/rest";
import { locate } from "../../../domain/locate.js";
import { NotFoundError } from "../../../errors.js";
import { route } from "../pipeline.js";

const tag = "annotation-queues";
const path = "/v2/annotation-queues/{annotation_queue_id}";

export const annotationQueueRoutes = [
  route({
    method: "get",
    path: "/v2/annotation-queues",
    tag,
    summary: "List annotation queues, most recently updated first",
    access: {
      on: "each",
      requirement: "QUEUE_READ",
      why: "the list draws from the spaces where the caller may read queues; a hidden space_id is 404",
    },
    query: ListAnnotationQueuesQuery,
    success: { status: 200, body: AnnotationQueuePage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.annotationQueues.list(caller, input.query);
      return { annotation_queues: await domain.annotationQueues.present(items), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/annotation-queues",
    tag,
    summary: "Create an annotation queue, with its first records",
    access: { on: "space", requirement: "QUEUE_CREATE", id: ({ body }) => body.space_id },
    body: CreateAnnotationQueueRequest,
    success: { status: 201, body: AnnotationQueue },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const sourced = await domain.queueRecords.sources(caller, target.entity, body.record_sources ?? []);
      const queue = await domain.annotationQueues.create(caller, target.entity, body, async (tx, made) => {
        await domain.queueRecords.add(tx, made, sourced);
      });
      return (await domain.annotationQueues.present([queue]))[0];
    },
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an annotation queue, without its records",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_READ",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    success: { status: 200, body: AnnotationQueue },
    errors: [404],
    handle: async ({ domain, target }) => (await domain.annotationQueues.present([target.entity]))[0],
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change an annotation queue",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_UPDATE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    body: UpdateAnnotationQueueRequest,
    success: { status: 200, body: AnnotationQueue },
    errors: [403, 404, 409, 422],
    async handle({ domain, input: { body }, target }) {
      const space = await locate(domain.core.store.db, "space", target.entity.space_id);
      if (space === null) throw new NotFoundError();
      const queue = await domain.annotationQueues.update(target.entity, space.entity, body);
      return (await domain.annotationQueues.present([queue]))[0];
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an annotation queue",
    access: {
      on: "annotationQueue",
      requirement: "QUEUE_DELETE",
      read: "QUEUE_READ",
      id: ({ params }) => params.annotation_queue_id,
    },
    params: AnnotationQueuePath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.annotationQueues.delete(target.entity),
  }),
];

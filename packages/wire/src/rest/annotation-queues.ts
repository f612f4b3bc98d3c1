import * as z from "zod";
import { isJsonObject, type JsonObject } from "../json.js";
import { pageOf, pageQuery } from "../pagination.js";
import { RequestTimestamp, Rfc3339 } from "../timestamps.js";
import { AnnotationConfig } from "./annotation-configs.js";
import { Annotation, AnnotationInput, AnnotatorUser, Evaluation } from "./annotations.js";
import { Id, listOf, nameField, patchBody, requestBody, spaceScopedQuery, textField } from "./fields.js";
import { RecordGranularity } from "./spans.js";

export const AnnotationQueueSourceType = z.enum(["SPANS", "DATASET"]).meta({ id: "AnnotationQueueSourceType" });
export type AnnotationQueueSourceType = z.infer<typeof AnnotationQueueSourceType>;
/** ALL: every annotator for every record; RANDOM: one for each. */
export const AssignmentMethod = z.enum(["ALL", "RANDOM"]).meta({ id: "AssignmentMethod" });
export type AssignmentMethod = z.infer<typeof AssignmentMethod>;
export const CompletionStatus = z.enum(["PENDING", "COMPLETED"]).meta({ id: "AnnotationQueueCompletionStatus" });
export type CompletionStatus = z.infer<typeof CompletionStatus>;

/** Records that wait for people to annotate them (spec/rest.md §3.15). */
export const AnnotationQueue = z
  .strictObject({
    id: Id,
    name: z.string(),
    space_id: Id,
    instructions: z.string().nullable().optional(),
    annotation_configs: z.array(AnnotationConfig).optional(),
    annotators: z.array(AnnotatorUser),
    created_at: Rfc3339,
    updated_at: Rfc3339,
  })
  .meta({ id: "AnnotationQueue" });
export type AnnotationQueue = z.infer<typeof AnnotationQueue>;
export const AnnotationQueuePage = pageOf("annotation_queues", AnnotationQueue).meta({ id: "AnnotationQueuePage" });
export type AnnotationQueuePage = z.infer<typeof AnnotationQueuePage>;

const AssignedUser = z.strictObject({ user: AnnotatorUser, completion_status: CompletionStatus });
const recordFields = {
  id: Id,
  annotation_queue_id: Id,
  source_type: AnnotationQueueSourceType,
  granularity: RecordGranularity.nullable().optional(),
};
/** One record of a queue. What it holds is read from where it lies, so that it says what is true now. */
export const AnnotationQueueRecord = z
  .strictObject({
    ...recordFields,
    data: z
      .custom<JsonObject>(isJsonObject, "must be a JSON object")
      .meta({ type: "object", additionalProperties: true }),
    annotations: z.array(Annotation),
    trace_annotations: z.array(Annotation),
    evaluations: z.array(Evaluation),
    assigned_users: z.array(AssignedUser),
  })
  .meta({ id: "AnnotationQueueRecord" });
export type AnnotationQueueRecord = z.infer<typeof AnnotationQueueRecord>;
export const AnnotationQueueRecordPage = pageOf("records", AnnotationQueueRecord).meta({
  id: "AnnotationQueueRecordPage",
});
export type AnnotationQueueRecordPage = z.infer<typeof AnnotationQueueRecordPage>;
/** Under `record_sources`, although they are records. */
export const AddedAnnotationQueueRecords = z
  .strictObject({ record_sources: z.array(AnnotationQueueRecord) })
  .meta({ id: "CreateAnnotationQueueRecordResponse" });
export type AddedAnnotationQueueRecords = z.infer<typeof AddedAnnotationQueueRecords>;
export const AnnotatedQueueRecord = z
  .strictObject({ ...recordFields, annotations: z.array(Annotation) })
  .meta({ id: "AnnotateAnnotationQueueRecordResponse" });
export type AnnotatedQueueRecord = z.infer<typeof AnnotatedQueueRecord>;
export const AssignedQueueRecord = z
  .strictObject({ ...recordFields, assigned_users: z.array(AssignedUser) })
  .meta({ id: "AssignAnnotationQueueRecordResponse" });
export type AssignedQueueRecord = z.infer<typeof AssignedQueueRecord>;

const window = { project_id: Id, start_time: RequestTimestamp, end_time: RequestTimestamp };
const ids = listOf(z.string().min(1), 1, 500, (id) => id);
/** Where records come from: spans or traces of a project within seven days, or examples of a dataset (all when none are named). */
export const AnnotationQueueRecordInput = z
  .discriminatedUnion("record_type", [
    requestBody({ record_type: z.literal("SPAN"), ...window, span_ids: ids }),
    requestBody({ record_type: z.literal("TRACE"), ...window, trace_ids: ids }),
    requestBody({
      record_type: z.literal("EXAMPLE"),
      dataset_id: Id,
      dataset_version_id: Id.optional(),
      example_ids: listOf(z.string().min(1), 0, 500, (id) => id).optional(),
    }),
  ])
  .meta({ id: "AnnotationQueueRecordInput" });
export type AnnotationQueueRecordInput = z.input<typeof AnnotationQueueRecordInput>;

const emails = (min: number, max?: number) => listOf(z.string().min(1), min, max, (email) => email.toLowerCase());
const configIds = listOf(Id, 1, undefined, (id) => id);
export const CreateAnnotationQueueRequest = requestBody({
  name: nameField(255),
  space_id: Id,
  annotation_config_ids: configIds,
  annotator_emails: emails(1),
  instructions: textField(5000).optional(),
  assignment_method: AssignmentMethod.default("ALL"),
  record_sources: listOf(AnnotationQueueRecordInput, 0, 2).optional(),
}).meta({ id: "CreateAnnotationQueueRequest" });
export type CreateAnnotationQueueRequest = z.input<typeof CreateAnnotationQueueRequest>;

/** Lists replace; `null` clears the instructions. */
export const UpdateAnnotationQueueRequest = patchBody({
  name: nameField(255).optional(),
  instructions: textField(5000).nullable().optional(),
  annotation_config_ids: configIds.optional(),
  annotator_emails: emails(1).optional(),
}).meta({ id: "UpdateAnnotationQueueRequest" });
export type UpdateAnnotationQueueRequest = z.input<typeof UpdateAnnotationQueueRequest>;

export const AddAnnotationQueueRecordsRequest = requestBody({
  record_sources: listOf(AnnotationQueueRecordInput, 1, 2),
}).meta({ id: "AddAnnotationQueueRecordsRequest" });
export type AddAnnotationQueueRecordsRequest = z.input<typeof AddAnnotationQueueRecordsRequest>;

export const DeleteAnnotationQueueRecordsRequest = requestBody({ record_ids: listOf(Id, 1, 100) }).meta({
  id: "DeleteAnnotationQueueRecordsRequest",
});
export type DeleteAnnotationQueueRecordsRequest = z.input<typeof DeleteAnnotationQueueRecordsRequest>;

export const AnnotateQueueRecordRequest = requestBody({
  annotations: listOf(AnnotationInput, 1, 500, (annotation) => annotation.name),
}).meta({ id: "AnnotateAnnotationQueueRecordRequest" });
export type AnnotateQueueRecordRequest = z.input<typeof AnnotateQueueRecordRequest>;

/** Replaces who is assigned to the record. */
export const AssignQueueRecordRequest = requestBody({ assigned_user_emails: emails(0, 100) }).meta({
  id: "AssignAnnotationQueueRecordRequest",
});
export type AssignQueueRecordRequest = z.input<typeof AssignQueueRecordRequest>;

export const ListAnnotationQueuesQuery = spaceScopedQuery;
export type ListAnnotationQueuesQuery = z.input<typeof ListAnnotationQueuesQuery>;
export const ListAnnotationQueueRecordsQuery = pageQuery(50, 500);
export type ListAnnotationQueueRecordsQuery = z.input<typeof ListAnnotationQueueRecordsQuery>;

export const AnnotationQueuePath = z.object({ annotation_queue_id: Id });
export const AnnotationQueueRecordPath = z.object({ annotation_queue_id: Id, annotation_queue_record_id: Id });

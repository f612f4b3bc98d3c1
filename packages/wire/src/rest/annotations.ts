import * as z from "zod";
import { Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, requestBody } from "./fields.js";

export const AnnotatorUser = z.strictObject({ id: Id, email: z.string() }).meta({ id: "AnnotatorUser" });
export type AnnotatorUser = z.infer<typeof AnnotatorUser>;

/** An annotation as read (spec/rest.md §2). */
export const Annotation = z
  .strictObject({
    name: z.string(),
    score: z.number().optional(),
    label: z.string().optional(),
    text: z.string().optional(),
    updated_at: Rfc3339.optional(),
    annotator: AnnotatorUser.optional(),
  })
  .meta({ id: "Annotation" });
export type Annotation = z.infer<typeof Annotation>;

/** An annotation as written: an omitted field keeps its stored value, and none can be nulled. */
export const AnnotationInput = requestBody({
  name: nameField(),
  score: z.number().optional(),
  label: z.string().optional(),
  text: z.string().optional(),
}).meta({ id: "AnnotationInput" });
export type AnnotationInput = z.input<typeof AnnotationInput>;

/** What one example, run, span or trace is annotated with; each annotation config at most once. */
export const AnnotateRecordInput = requestBody({
  record_id: Id,
  values: listOf(AnnotationInput, 1, undefined, (annotation) => annotation.name),
}).meta({ id: "AnnotateRecordInput" });
export type AnnotateRecordInput = z.input<typeof AnnotateRecordInput>;

/** The `annotations` of a batch: 1 to 1000 records, each once. */
export const AnnotationBatch = listOf(AnnotateRecordInput, 1, 1000, (record) => record.record_id).meta({
  id: "AnnotationBatch",
});

/** A batch for records whose container is named in the path. */
export const AnnotateRecordsRequest = requestBody({ annotations: AnnotationBatch }).meta({
  id: "AnnotateRecordsRequest",
});
export type AnnotateRecordsRequest = z.input<typeof AnnotateRecordsRequest>;

/** The outcome of an evaluator on a span. */
export const Evaluation = z
  .strictObject({
    name: z.string(),
    score: z.number().optional(),
    label: z.string().optional(),
    explanation: z.string().optional(),
  })
  .meta({ id: "Evaluation" });
export type Evaluation = z.infer<typeof Evaluation>;

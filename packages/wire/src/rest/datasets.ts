import * as z from "zod";
import type { JsonObject } from "../json.js";
import { pageOf, pageQuery } from "../pagination.js";
import { ProblemSchema } from "../problem.js";
import { Rfc3339 } from "../timestamps.js";
import { Annotation } from "./annotations.js";
import { Id, listOf, nameField, NameOrEmpty, openRecord, requestBody, spaceScopedQuery } from "./fields.js";
import { searchFields } from "./search.js";

const managed = "is set by the platform: leave it out";

export const DatasetVersion = z
  .strictObject({ id: Id, name: z.string(), dataset_id: Id, created_at: Rfc3339, updated_at: Rfc3339 })
  .meta({ id: "DatasetVersion" });
export type DatasetVersion = z.infer<typeof DatasetVersion>;

const datasetFields = { id: Id, name: z.string(), space_id: Id, created_at: Rfc3339, updated_at: Rfc3339 };

/** A dataset (spec/rest.md §3.10); `versions`, newest first, only when a single one is read. */
export const Dataset = z
  .strictObject({ ...datasetFields, versions: z.array(DatasetVersion).optional() })
  .meta({ id: "Dataset" });
export type Dataset = z.infer<typeof Dataset>;

export const DatasetPage = pageOf("datasets", Dataset).meta({ id: "DatasetPage" });
export type DatasetPage = z.infer<typeof DatasetPage>;

/** An example: the user's fields lie flat beside ours. */
export const DatasetExample = z
  .looseObject({
    id: z.string(),
    created_at: Rfc3339,
    updated_at: Rfc3339,
    annotations: z.array(Annotation).optional(),
  })
  .meta({ id: "DatasetExample" });
export type DatasetExample = z.infer<typeof DatasetExample>;

export const DatasetExamplePage = pageOf("examples", DatasetExample).meta({ id: "DatasetExamplePage" });
export type DatasetExamplePage = z.infer<typeof DatasetExamplePage>;

export const DatasetVersionWithExampleIds = z
  .strictObject({ ...datasetFields, dataset_version_id: Id, example_ids: z.array(z.string()) })
  .meta({ id: "DatasetVersionWithExampleIds" });
export type DatasetVersionWithExampleIds = z.infer<typeof DatasetVersionWithExampleIds>;

/** A new example: at least one field, and none of those that the platform sets. */
export const DatasetExampleInput = openRecord<JsonObject>((example, fault) => {
  if (Object.keys(example).length === 0) fault(null, "must have at least one field");
  for (const field of ["id", "created_at", "updated_at"]) if (field in example) fault(field, managed);
}).meta({ id: "DatasetExampleInput", minProperties: 1 });
export type DatasetExampleInput = z.input<typeof DatasetExampleInput>;

/** Changed fields of the example with this `id`; other fields keep their values. */
export const DatasetExampleUpdate = openRecord<{ id: string }>((example, fault) => {
  if (typeof example.id !== "string" || example.id === "") fault("id", "is required (the id of the example to change)");
  for (const field of ["created_at", "updated_at"]) if (field in example) fault(field, managed);
}).meta({ id: "DatasetExampleUpdate", required: ["id"], properties: { id: { type: "string" } } });
export type DatasetExampleUpdate = z.input<typeof DatasetExampleUpdate>;

export const CreateDatasetRequest = requestBody({
  name: nameField(),
  space_id: Id,
  examples: listOf(DatasetExampleInput, 1, 1000),
}).meta({
  id: "CreateDatasetRequest",
});
export type CreateDatasetRequest = z.input<typeof CreateDatasetRequest>;

export const UpdateDatasetRequest = requestBody({ name: nameField() }).meta({ id: "UpdateDatasetRequest" });
export type UpdateDatasetRequest = z.input<typeof UpdateDatasetRequest>;

export const CreateDatasetExamplesRequest = requestBody({ examples: listOf(DatasetExampleInput, 1, 1000) }).meta({
  id: "CreateDatasetExamplesRequest",
});
export type CreateDatasetExamplesRequest = z.input<typeof CreateDatasetExamplesRequest>;

/** With a non-empty `new_version` the changes go into a new version of that name, else into the version itself. */
export const UpdateDatasetExamplesRequest = requestBody({
  examples: listOf(DatasetExampleUpdate, 1, 1000, (example) => example.id),
  new_version: NameOrEmpty.optional(),
}).meta({ id: "UpdateDatasetExamplesRequest" });
export type UpdateDatasetExamplesRequest = z.input<typeof UpdateDatasetExamplesRequest>;

export const DeleteDatasetExamplesRequest = requestBody({
  dataset_version_id: Id,
  example_ids: listOf(Id, 1, 1000, (id) => id),
}).meta({ id: "DeleteDatasetExamplesRequest" });
export type DeleteDatasetExamplesRequest = z.input<typeof DeleteDatasetExamplesRequest>;

const deletedExamples = { deleted_example_ids: z.array(z.string()), not_deleted_example_ids: z.array(z.string()) };
/** `completed: true` means that each id is in exactly one of the lists. */
export const DeleteDatasetExamplesResponse = z
  .strictObject({ completed: z.boolean(), ...deletedExamples })
  .meta({ id: "DeleteDatasetExamplesResponse" });
export type DeleteDatasetExamplesResponse = z.infer<typeof DeleteDatasetExamplesResponse>;
/** The 503 of a delete that stopped midway. */
export const DeleteDatasetExamplesProblem = z
  .strictObject({ ...ProblemSchema.shape, ...deletedExamples })
  .meta({ id: "DeleteDatasetExamplesProblem" });
export type DeleteDatasetExamplesProblem = z.infer<typeof DeleteDatasetExamplesProblem>;

export const ListDatasetsQuery = spaceScopedQuery;
export type ListDatasetsQuery = z.input<typeof ListDatasetsQuery>;
/** `dataset_version_id` defaults to the latest version; Python 8.42 sends it empty where its caller named none. */
export const DatasetVersionQuery = z.object({
  dataset_version_id: z
    .string()
    .transform((id) => (id === "" ? undefined : id))
    .optional(),
});
export type DatasetVersionQuery = z.input<typeof DatasetVersionQuery>;
export const ListDatasetExamplesQuery = pageQuery(50, 500).extend(DatasetVersionQuery.shape);
export type ListDatasetExamplesQuery = z.input<typeof ListDatasetExamplesQuery>;

/** Python 8.61 lists examples by this one. */
export const SearchDatasetExamplesRequest = requestBody({
  ...searchFields,
  dataset_version_id: Id.optional(),
}).meta({ id: "SearchDatasetExamplesRequest" });
export type SearchDatasetExamplesRequest = z.input<typeof SearchDatasetExamplesRequest>;

export const DatasetPath = z.object({ dataset_id: Id });

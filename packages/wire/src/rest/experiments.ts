import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Annotation } from "./annotations.js";
import { Id, listOf, nameField, NameFilter, openRecord, requestBody } from "./fields.js";
import { searchFields } from "./search.js";

const experimentFields = {
  id: Id,
  name: z.string(),
  space_id: Id,
  dataset_id: Id.nullable().optional(),
  dataset_version_id: Id.nullable().optional(),
  created_at: Rfc3339,
  updated_at: Rfc3339,
  experiment_traces_project_id: Id.optional(),
  integration_id: Id.nullable().optional(),
};

/** An experiment (spec/rest.md §3.11). `space_id` is hidden from strict older clients, see `fieldsHiddenFrom`. */
export const Experiment = z.strictObject(experimentFields).meta({ id: "Experiment" });
export type Experiment = z.infer<typeof Experiment>;

export const ExperimentPage = pageOf("experiments", Experiment).meta({ id: "ExperimentPage" });
export type ExperimentPage = z.infer<typeof ExperimentPage>;

/** `run_ids` in the order of the runs sent. */
export const ExperimentWithRunIds = z
  .strictObject({ ...experimentFields, run_ids: z.array(z.string()) })
  .meta({ id: "ExperimentWithRunIds" });
export type ExperimentWithRunIds = z.infer<typeof ExperimentWithRunIds>;

/** A run: evaluation columns and the user's own fields lie flat beside ours. */
export const ExperimentRun = z
  .looseObject({
    id: z.string(),
    example_id: z.string().nullable().optional(),
    output: z.string().nullable().optional(),
    error: z.string().nullable().optional(),
    annotations: z.array(Annotation).optional(),
  })
  .meta({ id: "ExperimentRun" });
export type ExperimentRun = z.infer<typeof ExperimentRun>;

export const ExperimentRunPage = pageOf("experiment_runs", ExperimentRun).meta({ id: "ExperimentRunPage" });
export type ExperimentRunPage = z.infer<typeof ExperimentRunPage>;

/** A run to store. `example_id` is needed when the experiment has a dataset; `id` is made by the platform unless it is given. */
export const ExperimentRunInput = openRecord<{ output: string; example_id?: string }>((run, fault) => {
  if (typeof run.output !== "string") fault("output", "is required (a string)");
  if ("example_id" in run && (typeof run.example_id !== "string" || run.example_id === ""))
    fault("example_id", "must be the id of an example");
  const { id = null } = run;
  if (id !== null && typeof id !== "number" && (typeof id !== "string" || id === ""))
    fault("id", "must be a text or a number: the id of the run");
}).meta({
  id: "ExperimentRunInput",
  required: ["output"],
  properties: { output: { type: "string" }, example_id: { type: "string" } },
});
export type ExperimentRunInput = z.input<typeof ExperimentRunInput>;

/** Exactly one of `dataset_id` and `space_id`; with a dataset, every run names its example. */
export const CreateExperimentRequest = requestBody({
  name: nameField(),
  dataset_id: Id.optional(),
  space_id: Id.optional(),
  experiment_runs: listOf(ExperimentRunInput, 1),
})
  .superRefine((body, context) => {
    if ((body.dataset_id === undefined) === (body.space_id === undefined)) {
      context.addIssue({ code: "custom", message: "must name exactly one of dataset_id and space_id" });
    }
    if (body.dataset_id === undefined) return;
    body.experiment_runs.forEach((run, index) => {
      if (run.example_id === undefined) {
        context.addIssue({
          code: "custom",
          path: ["experiment_runs", index, "example_id"],
          message: "is required (the experiment has a dataset)",
        });
      }
    });
  })
  .meta({ id: "CreateExperimentRequest" });
export type CreateExperimentRequest = z.input<typeof CreateExperimentRequest>;

export const CreateExperimentRunsRequest = requestBody({ experiment_runs: listOf(ExperimentRunInput, 1, 1000) }).meta({
  id: "CreateExperimentRunsRequest",
});
export type CreateExperimentRunsRequest = z.input<typeof CreateExperimentRunsRequest>;

/** By dataset or by space, not both. */
export const ListExperimentsQuery = pageQuery(50, 100)
  .extend({ dataset_id: Id.optional(), space_id: Id.optional(), name: NameFilter })
  .refine(
    (query) => query.dataset_id === undefined || query.space_id === undefined,
    "may name dataset_id or space_id, not both",
  );
export type ListExperimentsQuery = z.input<typeof ListExperimentsQuery>;
export const ListExperimentRunsQuery = pageQuery(50, 500);
export type ListExperimentRunsQuery = z.input<typeof ListExperimentRunsQuery>;

export const SearchExperimentRunsRequest = requestBody(searchFields).meta({ id: "SearchExperimentRunsRequest" });
export type SearchExperimentRunsRequest = z.input<typeof SearchExperimentRunsRequest>;

export const ExperimentPath = z.object({ experiment_id: Id });

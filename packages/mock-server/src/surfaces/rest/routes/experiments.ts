import {
  AnnotateRecordsRequest,
  CreateExperimentRequest,
  CreateExperimentRunsRequest,
  Experiment,
  ExperimentPage,
  ExperimentPath,
  ExperimentRunPage,
  ExperimentWithRunIds,
  ListExperimentRunsQuery,
  SearchExperimentRunsRequest,
  ListExperimentsQuery,
} from "@axlab/wire/rest";
import type { JsonObject } from "@axlab/wire";
import type { Caller } from "../../../access/gate.js";
import type { Domain } from "../../../domain/domain.js";
import type { Subject } from "../../../domain/experiments/experiments.js";
import { presentExperiment, presentRun } from "../../../domain/experiments/present.js";
import { existingRunIds, type NewRun } from "../../../domain/experiments/runs.js";
import { locate } from "../../../domain/locate.js";
import { idText } from "../../../domain/rows.js";
import { InvalidRequestError } from "../../../errors.js";
import { searchBySeq } from "../../../domain/searching.js";
import type { ExperimentRow } from "../../../store/tables/index.js";
import { route } from "../pipeline.js";

const tag = "experiments";
const path = "/v2/experiments/{experiment_id}";

const newRuns = (runs: readonly ({ example_id?: string; output: string } & JsonObject)[]): NewRun[] =>
  runs.map(({ id, example_id, ...data }) => ({ id: idText(id) ?? undefined, exampleId: example_id ?? null, data }));

/** An experiment lies in the space of its dataset, or in the one it names. */
async function subjectOf(
  caller: Caller,
  domain: Domain,
  body: { dataset_id?: string | undefined; space_id?: string | undefined },
): Promise<Subject> {
  const { gate, store } = domain.core;
  if (body.dataset_id !== undefined) {
    const found = await locate(store.db, "dataset", body.dataset_id);
    gate.require(caller, "EXPERIMENT_CREATE", found?.ref ?? null, "DATASET_READ");
    if (found !== null) return { dataset: found.entity, version: await domain.datasets.version(found.entity) };
  } else if (body.space_id !== undefined) {
    const found = await locate(store.db, "space", body.space_id);
    gate.require(caller, "EXPERIMENT_CREATE", found?.ref ?? null);
    if (found !== null) return { space: found.entity };
  }
  throw new InvalidRequestError("Request body: name exactly one of dataset_id and space_id.");
}

const readingRuns = {
  on: "experiment",
  requirement: "EXPERIMENT_RUN_READ",
  read: "EXPERIMENT_READ",
  id: ({ params }: { params: { experiment_id: string } }) => params.experiment_id,
} as const;

/** The runs of an experiment with their annotations, in the order of sending. */
const shownRuns =
  (domain: Domain, experiment: Pick<ExperimentRow, "id">) => async (after: number | undefined, count: number) => {
    const rows = await domain.experiments.runRows(experiment, after, count);
    const annotations = await domain.annotations.of(
      experiment.id,
      rows.map((row) => row.run_id),
    );
    return rows.map((row) => ({ seq: row.position, shown: presentRun(row, annotations.get(row.run_id)) }));
  };

export const experimentRoutes = [
  route({
    method: "get",
    path: "/v2/experiments",
    tag,
    summary: "List experiments, newest first",
    access: {
      on: "each",
      requirement: "EXPERIMENT_READ",
      why: "the list draws from the spaces where the caller may read experiments; a hidden dataset_id or space_id is 404",
    },
    query: ListExperimentsQuery,
    success: { status: 200, body: ExperimentPage },
    errors: [403, 404],
    async handle({ caller, domain, input: { query } }) {
      const found =
        query.dataset_id === undefined ? undefined : await locate(domain.core.store.db, "dataset", query.dataset_id);
      if (found !== undefined) domain.core.gate.require(caller, "EXPERIMENT_READ", found?.ref ?? null, "DATASET_READ");
      const { items, pagination } = await domain.experiments.list(caller, { ...query, dataset: found?.entity });
      return { experiments: items.map((row) => presentExperiment(row, caller.client)), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/experiments",
    tag,
    summary: "Create an experiment from runs that have been made",
    access: {
      on: "domain",
      requirement: "EXPERIMENT_CREATE",
      why: "decided on the space of dataset_id, or on space_id",
    },
    body: CreateExperimentRequest,
    success: { status: 201, body: Experiment },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { body } }) {
      const subject = await subjectOf(caller, domain, body);
      const { experiment } = await domain.experiments.create(subject, body.name, newRuns(body.experiment_runs));
      return presentExperiment(experiment, caller.client);
    },
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an experiment",
    access: {
      on: "experiment",
      requirement: "EXPERIMENT_READ",
      read: "EXPERIMENT_READ",
      id: ({ params }) => params.experiment_id,
    },
    params: ExperimentPath,
    success: { status: 200, body: Experiment },
    errors: [404],
    handle: async ({ caller, target }) => presentExperiment(target.entity, caller.client),
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an experiment with its runs",
    access: {
      on: "experiment",
      requirement: "EXPERIMENT_DELETE",
      read: "EXPERIMENT_READ",
      id: ({ params }) => params.experiment_id,
    },
    params: ExperimentPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.experiments.delete(target.entity),
  }),
  route({
    method: "get",
    path: `${path}/runs`,
    tag,
    summary: "List the runs of an experiment, in the order of sending",
    access: readingRuns,
    params: ExperimentPath,
    query: ListExperimentRunsQuery,
    success: { status: 200, body: ExperimentRunPage },
    errors: [403, 404],
    async handle({ domain, input: { query }, target }) {
      const { items, pagination } = await searchBySeq(query, shownRuns(domain, target.entity));
      return { experiment_runs: items, pagination };
    },
  }),
  route({
    method: "post",
    path: `${path}/runs/search`,
    tag,
    summary: "Search the runs of an experiment, in the order of sending",
    access: readingRuns,
    params: ExperimentPath,
    body: SearchExperimentRunsRequest,
    success: { status: 200, body: ExperimentRunPage },
    errors: [403, 404],
    audited: false,
    async handle({ domain, input: { body }, target }) {
      const { items, pagination } = await searchBySeq(body, shownRuns(domain, target.entity));
      return { experiment_runs: items, pagination };
    },
  }),
  route({
    method: "post",
    path: `${path}/runs`,
    tag,
    summary: "Append runs to an experiment",
    access: {
      on: "experiment",
      requirement: "EXPERIMENT_UPDATE",
      read: "EXPERIMENT_READ",
      id: ({ params }) => params.experiment_id,
    },
    params: ExperimentPath,
    body: CreateExperimentRunsRequest,
    success: { status: 201, body: ExperimentWithRunIds },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const { experiment, runIds } = await domain.experiments.appendRuns(target.entity, newRuns(body.experiment_runs));
      return { ...presentExperiment(experiment, caller.client), run_ids: runIds };
    },
  }),
  route({
    method: "post",
    path: `${path}/runs/annotate`,
    tag,
    summary: "Annotate runs",
    access: {
      on: "experiment",
      requirement: "EXPERIMENT_RUN_ANNOTATE",
      read: "EXPERIMENT_READ",
      id: ({ params }) => params.experiment_id,
    },
    params: ExperimentPath,
    body: AnnotateRecordsRequest,
    success: { status: 202 },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const { id, space_id } = target.entity;
      await domain.annotations.write(caller, space_id, id, body.annotations, (ids) =>
        existingRunIds(domain.core.store.db, id, ids),
      );
    },
  }),
];

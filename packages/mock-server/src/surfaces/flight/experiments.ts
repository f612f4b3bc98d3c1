import type { JsonObject } from "@axlab/wire";
import type { IpcMessage } from "@axlab/wire/arrow";
import type { Permission } from "@axlab/auth";
import {
  CreateExperimentDBEntryResponseSchema,
  DeleteExperimentResponseSchema,
  messageCodec,
  PostExperimentDataResponseSchema,
  type CreateExperimentDBEntryRequest,
  type DeleteExperimentRequest,
  type GetExperimentRequest,
  type PostExperimentDataRequest,
} from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { readColumns, type Columns } from "../../domain/columns/columns.js";
import type { Kind } from "../../domain/columns/kinds.js";
import { nextRunPosition, type NewRun } from "../../domain/experiments/runs.js";
import { locate } from "../../domain/locate.js";
import { checkedName } from "../../domain/names.js";
import { idText, inPages, readStoredObject } from "../../domain/rows.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { ExperimentRow } from "../../store/tables/index.js";
import { findDataset } from "./datasets.js";
import { rowsFromArrow } from "./rows/from-arrow.js";
import { arrowFromRows, columnsFound } from "./rows/to-arrow.js";

/** Makes the entry that the runs will be sent to, and the project that their traces go to. */
export async function createExperimentEntry(
  domain: Domain,
  caller: Caller,
  request: CreateExperimentDBEntryRequest,
): Promise<Uint8Array> {
  const dataset = await findDataset(domain, caller, request, "EXPERIMENT_CREATE");
  const name = checkedName("experimentName", request.experimentName);
  const traces = await domain.records.tracesProject(
    dataset.space_id,
    request.traceModelName || `experiment_traces_for_dataset_${dataset.id}`,
  );
  const { experiment } = await domain.experiments.create(
    { dataset, version: await domain.datasets.version(dataset) },
    name,
    [],
    traces.id,
  );
  return messageCodec(CreateExperimentDBEntryResponseSchema).encode({
    experimentId: experiment.id,
    datasetId: dataset.id,
    traceModelName: traces.name,
  });
}

export async function postExperimentData(
  domain: Domain,
  caller: Caller,
  request: PostExperimentDataRequest,
  messages: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const dataset = await findDataset(
    domain,
    caller,
    { spaceId: request.spaceId, datasetIdentifier: { case: "datasetId", value: request.datasetId } },
    "EXPERIMENT_CREATE",
  );
  const experiment = await domain.experiments.findByName(dataset.id, request.experimentName);
  if (experiment === undefined)
    throw new NotFoundError(
      `The dataset has no experiment "${request.experimentName}"; create its entry first with the action create_experiment_db_entry.`,
    );
  const { columns, pages } = await rowsFromArrow(messages);
  const { sent, kept } = columnsOfRuns(columns, writesResult(caller));
  const upload = await domain.experiments.receive(experiment, kept);
  try {
    for await (const rows of pages) await upload.append(rows.map((row) => newRun(row, sent)));
    await upload.finish();
  } catch (error) {
    await upload.abort();
    throw error;
  }
  return messageCodec(PostExperimentDataResponseSchema).encode({ experimentId: experiment.id, datasetId: dataset.id });
}

/** The runs, with the task's output in the column that this generation of clients reads: v7 `result`, others `output`. */
export async function* getExperiment(
  domain: Domain,
  caller: Caller,
  request: GetExperimentRequest,
): AsyncGenerator<IpcMessage> {
  const { experiments, core } = domain;
  const experiment = await findExperiment(domain, caller, request, "EXPERIMENT_RUN_READ");
  const readsResult = writesResult(caller);
  const outputName = readsResult ? "result" : "output";
  const end = await nextRunPosition(core.store.db, experiment.id);
  const pages = async function* () {
    for await (const page of inPages((after, count) => experiments.runRows(experiment, after, count), end - 1))
      yield page.map(({ run_id, example_id, data }): JsonObject => {
        const { output = null, ...fields } = readStoredObject(data);
        return { ...fields, id: run_id, example_id, [outputName]: output };
      });
  };
  const {
    id: _id,
    example_id: _example,
    output,
    result,
    error = "null",
    ...others
  } = Object.fromEntries(readColumns(experiment.columns) ?? (await columnsFound(pages)));
  const columns: Columns = new Map([
    ["id", "text"],
    ["example_id", "text"],
    [outputName, output ?? result ?? "null"],
    ...(readsResult && error === "null" ? [] : [["error", error] as const]),
    // Beside the output, a field of the user's like any other; v7 has no second column of that name.
    ...(readsResult || output === undefined || result === undefined ? [] : [["result", result] as const]),
    ...Object.entries(others).map(([name, kind]) => [name, asScore(name, kind)] as const),
  ]);
  yield* arrowFromRows(pages, columns);
}

/** A score of 1.0 is written as 1 in JSON; clients reckon with floats. */
const asScore = (name: string, kind: Kind): Kind => (kind === "int" && /^eval\..*\.score$/.test(name) ? "float" : kind);

/** The v7 clients call a task's output `result`, all others `output`. */
const writesResult = ({ client }: Caller): boolean => client?.language === "python" && client.version.startsWith("7.");

/**
 * The columns as they are kept, the output under its one name and the ids beside them, and under which name the output is sent.
 * @throws InvalidRequestError when a v7 client sends a column `output` beside its `result`
 */
function columnsOfRuns(columns: Columns, ofV7: boolean): { sent: "output" | "result"; kept: Columns } {
  const sent = columns.has("result") && (ofV7 || !columns.has("output")) ? "result" : "output";
  if (sent === "result" && columns.has("output"))
    throw new InvalidRequestError(
      'Column "output" stands beside "result": the platform keeps what is in "result" under that name. Give the column "output" another name.',
    );
  const { id: _id, example_id: _example, [sent]: output = "null", ...others } = Object.fromEntries(columns);
  return { sent, kept: new Map([["output", output], ...Object.entries(others)]) };
}

export async function deleteExperiment(
  domain: Domain,
  caller: Caller,
  { spaceId, experimentIdentifier }: DeleteExperimentRequest,
): Promise<Uint8Array> {
  const { case: by, value } = experimentIdentifier;
  const named = by === "experimentNameIdentifier" ? value : { experimentName: "", datasetName: "" };
  const experiment = await findExperiment(
    domain,
    caller,
    { spaceId, experimentId: by === "experimentId" ? value : "", ...named },
    "EXPERIMENT_DELETE",
  );
  await domain.experiments.delete(experiment);
  return messageCodec(DeleteExperimentResponseSchema).encode({ experimentId: experiment.id });
}

async function findExperiment(
  domain: Domain,
  caller: Caller,
  {
    spaceId,
    experimentId,
    experimentName,
    datasetName,
  }: Pick<GetExperimentRequest, "spaceId" | "experimentId" | "experimentName" | "datasetName">,
  permission: Permission,
): Promise<ExperimentRow> {
  if (experimentId !== "") {
    const found = await locate(domain.core.store.db, "experiment", experimentId);
    domain.core.gate.require(caller, permission, found?.ref ?? null, "EXPERIMENT_READ");
    if (found !== null) return found.entity;
  }
  if (experimentName === "" || datasetName === "")
    throw new InvalidRequestError(
      "The command names no experiment: send experimentId, or experimentName with datasetName.",
    );
  const dataset = await findDataset(
    domain,
    caller,
    { spaceId, datasetIdentifier: { case: "datasetName", value: datasetName } },
    permission,
  );
  const experiment = await domain.experiments.findByName(dataset.id, experimentName);
  if (experiment === undefined)
    throw new NotFoundError(
      `The dataset "${datasetName}" has no experiment "${experimentName}", or this key may not see it.`,
    );
  return experiment;
}

/** v7 calls the task's output `result`; null fields say nothing and are not kept, but for the output and the error. */
function newRun({ id, example_id, ...fields }: JsonObject, sent: "output" | "result"): NewRun {
  const { [sent]: output = null, ...others } = fields;
  const said = Object.fromEntries(Object.entries(others).filter(([name, value]) => value !== null || name === "error"));
  return { id: idText(id) ?? undefined, exampleId: idText(example_id), data: { ...said, output } };
}

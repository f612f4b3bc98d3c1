import type { Experiment } from "@axlab/wire/rest";

import type { ClientContext } from "../../context.js";
import { ConfigurationError, ResolutionError } from "../../errors/client.js";
import type { CallOptions } from "../../transport/types.js";
import { isExperimentsPort } from "../flight-port.js";
import { experimentNamed } from "../run/store.js";
import { openTelemetry, type Within } from "./otel.js";
import { SpanSender, type TracesReport } from "./sender.js";
import { Tracer } from "./tracer.js";

/** The traces of an experiment that is about to run. */
export interface Traces {
  readonly tracer: Tracer | undefined;
  close(): Promise<TracesReport>;
}

interface Started {
  readonly traces: Traces;
  /** Made with its project of traces, when it was not there before. */
  readonly experiment: Experiment | undefined;
}

/** How to trace; `undefined` for not at all. @param wanted the setting `traces` */
export async function tracing(
  wanted: boolean | undefined,
): Promise<{ readonly within: Within | undefined } | undefined> {
  if (wanted === false) return undefined;
  const within = await openTelemetry();
  return wanted === true || within ? { within } : undefined;
}

/**
 * Finds the project for the traces. Only Flight makes one, together with the experiment; a REST experiment has none. Without a project the
 * experiment runs untraced, and the report says why.
 */
export async function startTraces(
  context: ClientContext,
  {
    name,
    dataset_id,
    within,
    experiment,
  }: { name: string; dataset_id: string; within: Within | undefined; experiment?: Experiment },
  options: CallOptions,
): Promise<Started> {
  try {
    const dataset = await context.rest.get("/v2/datasets/{dataset_id}", { path: { dataset_id }, ...options });
    const place = { spaceId: dataset.space_id, datasetId: dataset_id, name };
    const { project, entry } = experiment
      ? { project: await projectOf(context, experiment, options), entry: experiment }
      : await newEntry(context, place, options);
    const sender = new SpanSender(context, { project, spaceId: dataset.space_id });
    const version = entry.dataset_version_id;
    const metadata = {
      experiment_id: entry.id,
      experiment_name: name,
      dataset_id,
      dataset_name: dataset.name,
      ...(version == null ? {} : { dataset_version_id: version }),
    };
    const tracer = new Tracer(sender, metadata, context.clock, within);
    return { traces: { tracer, close: () => sender.close() }, experiment: entry };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    // Flight may have made it before something failed.
    const made = experiment ?? (await experimentNamed(context, dataset_id, name, options));
    return { traces: { tracer: undefined, close: async () => ({ sent: 0, lost: 0, problem }) }, experiment: made };
  }
}

async function newEntry(
  context: ClientContext,
  place: { readonly spaceId: string; readonly datasetId: string; readonly name: string },
  options: CallOptions,
): Promise<{ readonly project: string; readonly entry: Experiment }> {
  const flight = await context.flight();
  if (!isExperimentsPort(flight)) throw new ConfigurationError("the Flight client given registers no experiments");
  const { experimentId: experiment_id, traceModelName } = await flight.createExperimentEntry(place, options);
  const entry = await context.rest.get("/v2/experiments/{experiment_id}", { path: { experiment_id }, ...options });
  return { project: traceModelName, entry };
}

async function projectOf(context: ClientContext, experiment: Experiment, options: CallOptions): Promise<string> {
  const project_id = experiment.experiment_traces_project_id;
  if (project_id === undefined)
    throw new ResolutionError(`Experiment ${experiment.id} was made without a project for traces`);
  const project = await context.rest.get("/v2/projects/{project_id}", { path: { project_id }, ...options });
  return project.name;
}

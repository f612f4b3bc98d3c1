import type { Pagination } from "@axlab/wire";
import {
  ModelRecordPage,
  ProjectEnvironments,
  type ModelEnvironment,
  type ModelRecord,
  type ProjectEnvironment,
} from "@axlab/wire/console";
import {
  Dataset,
  DatasetExamplePage,
  DatasetPage,
  ExperimentPage,
  ExperimentRunPage,
  ProjectPage,
  SpanPage,
  type DatasetExample,
  type ExperimentRun,
  type Span,
} from "@axlab/wire/rest";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask } from "./http.js";
import { everything } from "./pages.js";

/** Spans and examples are shown this many at a time. */
const SHOWN_AT_ONCE = 50;
const READ_AT_ONCE = 500;
/** Without a start the platform lists the last seven days only. */
const SINCE_EVER = "2000-01-01T00:00:00Z";

interface Part<T> {
  items: T[];
  next: string | undefined;
}
const partOf = <T>(items: T[], { has_more, next_cursor }: Pagination): Part<T> => ({
  items,
  next: has_more ? next_cursor : undefined,
});
/** The first page has no cursor. */
const FIRST = undefined as string | undefined; // boundary: a literal has a narrower type than the cursors that follow

const nextOf = <T>({ next }: Part<T>): string | undefined => next;

export const projectsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ["projects", spaceId],
    queryFn: () => everything("/v2/projects", "projects", ProjectPage, { space_id: spaceId }),
  });

/** The environments of a project in which something lies that the person may read. */
export const environmentsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["environments", projectId],
    queryFn: async ({ signal }): Promise<ProjectEnvironment[]> =>
      (await ask(`${inConsole(projectId)}/environments`, ProjectEnvironments, { signal })).environments,
  });

const inConsole = (projectId: string): string => `/console/projects/${encodeURIComponent(projectId)}`;

export const datasetsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ["datasets", spaceId],
    queryFn: () => everything("/v2/datasets", "datasets", DatasetPage, { space_id: spaceId }),
  });

/** One dataset with its versions, newest first. */
export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["datasets", "one", id],
    queryFn: ({ signal }) => ask(`/v2/datasets/${encodeURIComponent(id)}`, Dataset, { signal }),
  });

export const experimentsQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["experiments", datasetId],
    queryFn: () => everything("/v2/experiments", "experiments", ExperimentPage, { dataset_id: datasetId }),
  });

interface Selection {
  cursor: string | undefined;
  limit: number;
  signal?: AbortSignal;
}

async function readSpans(projectId: string, filter: string | undefined, { signal, ...query }: Selection) {
  const body = { project_id: projectId, start_time: SINCE_EVER, ...(filter !== undefined && { filter }) };
  const answer = await ask("/v2/spans", SpanPage, { method: "POST", query, body, ...(signal && { signal }) });
  return partOf(answer.spans, answer.pagination);
}

async function readRecords(projectId: string, environment: ModelEnvironment, { signal, ...query }: Selection) {
  const answer = await ask(`${inConsole(projectId)}/records`, ModelRecordPage, {
    query: { ...query, environment },
    ...(signal && { signal }),
  });
  return partOf(answer.records, answer.pagination);
}

async function readExamples(datasetId: string, versionId: string, { signal, ...query }: Selection) {
  const path = `/v2/datasets/${encodeURIComponent(datasetId)}/examples`;
  const answer = await ask(path, DatasetExamplePage, {
    query: { ...query, dataset_version_id: versionId },
    ...(signal && { signal }),
  });
  return partOf(answer.examples, answer.pagination);
}

async function readRuns(experimentId: string, { signal, ...query }: Selection) {
  const path = `/v2/experiments/${encodeURIComponent(experimentId)}/runs`;
  const answer = await ask(path, ExperimentRunPage, { query, ...(signal && { signal }) });
  return partOf(answer.experiment_runs, answer.pagination);
}

type Read<T> = (selection: Selection) => Promise<Part<T>>;

/** Page by page to the very end, however long. */
async function* pagesOf<T>(read: Read<T>, signal?: AbortSignal): AsyncGenerator<T[], void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, next } = await read({ cursor, limit: READ_AT_ONCE, ...(signal && { signal }) });
    yield items;
    cursor = next;
  } while (cursor !== undefined);
}

async function toTheEnd<T>(read: Read<T>, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  for await (const items of pagesOf(read, signal)) all.push(...items);
  return all;
}

/** Newest first, page by page. */
export const spansQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: ["spans", projectId],
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) =>
      readSpans(projectId, undefined, { cursor: pageParam, limit: SHOWN_AT_ONCE, signal }),
    getNextPageParam: nextOf,
  });

/** Newest first, page by page. */
export const recordsQuery = (projectId: string, environment: ModelEnvironment) =>
  infiniteQueryOptions({
    queryKey: ["records", projectId, environment],
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) =>
      readRecords(projectId, environment, { cursor: pageParam, limit: SHOWN_AT_ONCE, signal }),
    getNextPageParam: nextOf,
  });

/** Every span of one trace. */
export const traceQuery = (projectId: string, traceId: string) =>
  queryOptions({
    queryKey: ["spans", projectId, "trace", traceId],
    queryFn: ({ signal }) =>
      toTheEnd((selection) => readSpans(projectId, `trace_id = '${traceId.replaceAll("'", "''")}'`, selection), signal),
  });

/** In the order of sending, page by page. */
export const examplesQuery = (datasetId: string, versionId: string) =>
  infiniteQueryOptions({
    queryKey: ["examples", datasetId, versionId],
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) =>
      readExamples(datasetId, versionId, { cursor: pageParam, limit: SHOWN_AT_ONCE, signal }),
    getNextPageParam: nextOf,
  });

export const runsQuery = (experimentId: string) =>
  queryOptions({
    queryKey: ["runs", experimentId],
    queryFn: ({ signal }) => allRuns(experimentId, signal),
  });

const allRuns = (experimentId: string, signal?: AbortSignal): Promise<ExperimentRun[]> =>
  toTheEnd((selection) => readRuns(experimentId, selection), signal);

/** Every example of a version, for a download. @throws RefusedError, UnreachableError */
export const allExamples = (datasetId: string, versionId: string): AsyncIterable<DatasetExample[]> =>
  pagesOf((selection) => readExamples(datasetId, versionId, selection));

/** Every span of a project, for a download. @throws RefusedError, UnreachableError */
export const allSpans = (projectId: string): AsyncIterable<Span[]> =>
  pagesOf((selection) => readSpans(projectId, undefined, selection));

/** Every record of a model in an environment, for a download. @throws RefusedError, UnreachableError */
export const allRecords = (projectId: string, environment: ModelEnvironment): AsyncIterable<ModelRecord[]> =>
  pagesOf((selection) => readRecords(projectId, environment, selection));

import { idOf, startApi, TIME, type Routes } from "./api.js";
import type { Answer, Seen, TestServer } from "./server.js";

export const DATASET = idOf("Dataset");
export const EXPERIMENT = idOf("Experiment");
const LARGEST_PAGE = 500;

export type StoredRun = Record<string, unknown>;

/** A server with one dataset that keeps the experiments made over it. Not part of the package. */
export interface ExperimentsApi extends TestServer {
  /** As stored, in the order of sending. */
  readonly runs: StoredRun[];
  /** Replaces the server's own answer to the nth request that stores runs (from 0); `lost` stores them and cuts the connection. */
  onStore: (request: number) => Answer | "lost" | undefined;
}

export const storedExperiment = (name = "e") => ({
  id: EXPERIMENT,
  name,
  space_id: idOf("Space"),
  dataset_id: DATASET,
  dataset_version_id: idOf("DatasetVersion"),
  created_at: TIME,
  updated_at: TIME,
});

export async function startExperimentsApi(examples: number, routes: Routes = {}): Promise<ExperimentsApi> {
  const runs: StoredRun[] = [];
  let name: string | undefined;
  let requests = 0;
  const page = (key: string, items: readonly unknown[], query: URLSearchParams): Answer => {
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Math.min(Number(query.get("limit") ?? 50), LARGEST_PAGE);
    const more = to < items.length;
    return {
      body: { [key]: items.slice(from, to), pagination: { has_more: more, ...(more && { next_cursor: String(to) }) } },
    };
  };
  const store = (seen: Seen): Answer => {
    const body = JSON.parse(seen.body) as { name?: string; experiment_runs: StoredRun[] };
    const scripted = api.onStore(requests++);
    if (typeof scripted === "object") return scripted;
    name ??= body.name;
    runs.push(...body.experiment_runs);
    if (scripted === "lost") return { status: 502, body: "the answer was lost" };
    const ids = seen.url.endsWith("/runs")
      ? { run_ids: body.experiment_runs.map((_, n) => `r${runs.length + n}`) }
      : {};
    return { status: 201, body: { ...storedExperiment(name), ...ids } };
  };
  const server = await startApi({
    "GET /v2/experiments": () =>
      page("experiments", name === undefined ? [] : [storedExperiment(name)], new URLSearchParams()),
    [`GET /v2/datasets/${DATASET}/examples`]: (_, query) =>
      page(
        "examples",
        Array.from({ length: examples }, (_, n) => exampleOf(n)),
        query,
      ),
    "POST /v2/experiments": store,
    [`POST /v2/experiments/${EXPERIMENT}/runs`]: store,
    [`GET /v2/experiments/${EXPERIMENT}`]: () => ({ body: storedExperiment(name) }),
    [`GET /v2/experiments/${EXPERIMENT}/runs`]: (_, query) =>
      page(
        "experiment_runs",
        runs.map((run, n) => ({ id: `r${n}`, ...run })),
        query,
      ),
    ...routes,
  });
  const api: ExperimentsApi = Object.assign(server, { runs, onStore: () => undefined });
  return api;
}

export const exampleOf = (n: number) => ({
  id: `ex${n}`,
  created_at: TIME,
  updated_at: TIME,
  question: `q${n}`,
  answer: `a${n}`,
});

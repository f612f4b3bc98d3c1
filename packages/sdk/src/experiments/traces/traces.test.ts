import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { context, trace } from "@opentelemetry/api";
import { decodeTraceRequest, flattenTraces, type SpanRecord } from "@axlab/wire/otlp";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";

import { fastClock } from "../../testing/clock.js";
import { testContext } from "../../testing/context.js";
import {
  DATASET,
  EXPERIMENT,
  startExperimentsApi,
  storedExperiment,
  type ExperimentsApi,
} from "../../testing/experiments-api.js";
import { TIME } from "../../testing/api.js";
import { ExperimentNotStoredError } from "../../errors/index.js";
import type { ContextOptions } from "../../context.js";
import { Experiments } from "../index.js";

interface Collector {
  readonly url: string;
  readonly spans: (SpanRecord & { project: string | null })[];
  readonly headers: IncomingHttpHeaders[];
  readonly server: Server;
}

let api: ExperimentsApi;
let collector: Collector;
afterEach(async () => {
  context.disable();
  collector.server.closeAllConnections();
  await new Promise((resolve) => collector.server.close(resolve));
  await api.close();
});

/** Takes OTLP as the platform does; a status other than 200 refuses, `hang` never answers. */
async function startCollector(answer: number | "hang" = 200): Promise<Collector> {
  const spans: Collector["spans"] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      headers.push({ ...request.headers, path: request.url });
      if (answer === "hang") return;
      if (answer === 200)
        for (const { project, spans: records } of flattenTraces(decodeTraceRequest(Buffer.concat(chunks))).resources)
          spans.push(...records.map((record) => ({ ...record, project })));
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { url: `127.0.0.1:${typeof address === "object" ? address?.port : 0}`, spans, headers, server };
}

async function experiments(answer?: number | "hang", options: ContextOptions = {}): Promise<Experiments> {
  collector = await startCollector(answer);
  const dataset = {
    id: DATASET,
    name: "questions",
    space_id: storedExperiment().space_id,
    created_at: TIME,
    updated_at: TIME,
  };
  api = await startExperimentsApi(3, { [`GET /v2/datasets/${DATASET}`]: { body: dataset } });
  const flight = {
    createDataset: () => expect.fail("no dataset"),
    createExperimentEntry: async () => ({ experimentId: EXPERIMENT, traceModelName: "traces of questions" }),
    close: () => undefined,
  };
  return new Experiments(
    testContext(api.url, {
      maxRetries: 0,
      clock: fastClock(20),
      flight,
      otlpHost: collector.url,
      otlpScheme: "http",
      ...options,
    }),
  );
}
const settings = {
  name: "e",
  dataset: DATASET,
  timeout: 0,
  task: async function ask({ id }: { id: string }) {
    if (id === "ex2") throw new RangeError("down");
    return { id };
  },
  evaluators: { right: () => ({ score: 0.5, explanation: "half", metadata: { by: "me" } }), broken: () => ({}) },
};

describe("traces", () => {
  test("hold a span of every task and evaluator, tied to the runs by their ids", async () => {
    const client = await experiments();
    const result = await client.run({ ...settings, traces: true });
    expect(result.traces).toEqual({ project: "traces of questions", sent: 7, lost: 0 });
    const [first] = result.runs;
    const json = (text: unknown): unknown => (typeof text === "string" ? JSON.parse(text) : undefined);
    const span = (id: string | undefined) => collector.spans.find((each) => each["context.trace_id"] === id);
    expect(span(first?.trace?.id)).toMatchObject({
      project: "traces of questions",
      name: "Task: ask",
      parent_id: null,
      status_code: "OK",
      "attributes.openinference.span.kind": "CHAIN",
      "attributes.input.mime_type": "application/json",
      "attributes.output.value": '{"id":"ex0"}',
      "attributes.output.mime_type": "application/json",
    });
    expect(json(span(first?.trace?.id)?.["attributes.metadata"])).toEqual({
      experiment_id: EXPERIMENT,
      experiment_name: storedExperiment().name,
      dataset_id: DATASET,
      dataset_name: "questions",
      dataset_version_id: storedExperiment().dataset_version_id,
    });
    expect(json(span(first?.trace?.id)?.["attributes.input.value"])).toMatchObject({
      id: "ex0",
      question: "q0",
    });
    expect(span(first?.evaluations["right"]?.trace?.id)).toMatchObject({
      name: "Evaluation: right",
      "attributes.openinference.span.kind": "EVALUATOR",
      "attributes.score": 0.5,
      "attributes.explanation": "half",
      "attributes.metadata.by": "me",
    });
    expect(span(first?.evaluations["broken"]?.trace?.id)).toMatchObject({ status_code: "ERROR" });
    expect(span(result.runs[2]?.trace?.id)).toMatchObject({
      status_code: "ERROR",
      status_message: "RangeError: down",
      events: [{ name: "exception" }],
    });
    expect(api.runs.find(({ example_id }) => example_id === "ex0")).toMatchObject({
      "result.trace.id": first?.trace?.id,
      "result.trace.timestamp": first?.trace?.timestamp,
      "eval.right.trace.id": first?.evaluations["right"]?.trace?.id,
    });
    expect(collector.headers[0]).toMatchObject({
      path: "/v1/traces",
      "content-type": "application/x-protobuf",
      "arize-space-id": storedExperiment().space_id,
    });
  });

  test.each([
    ["refuses", 403 as const],
    ["is silent", "hang" as const],
  ])("a collector that %s does not harm the experiment, and the loss is told", async (_, answer) => {
    const client = await experiments(answer);
    const result = await client.run({ ...settings, traces: true });
    expect(result.runs).toHaveLength(3);
    expect(api.runs).toHaveLength(3);
    expect(result.traces).toMatchObject({ sent: 0, lost: 7, problem: expect.stringMatching(/403|aborted/) });
  });

  test("are sent also when the runs could not be stored", async () => {
    const client = await experiments();
    api.onStore = () => ({ status: 401, body: { title: "Unauthorized", status: 401 } });
    await expect(client.run({ ...settings, traces: true })).rejects.toThrow(ExperimentNotStoredError);
    expect(collector.spans.length).toBeGreaterThan(0);
  });

  test("without a project of traces the experiment runs untraced, and says why", async () => {
    const flight = { createDataset: () => expect.fail("no dataset"), close: () => undefined };
    const client = await experiments(200, { flight });
    const result = await client.run({ ...settings, traces: true });
    expect(api.runs).toHaveLength(3);
    expect(result.traces).toEqual({ sent: 0, lost: 0, problem: expect.stringContaining("registers no experiments") });
  });

  test("are off unless asked for or OpenTelemetry is set up", async () => {
    const client = await experiments();
    expect((await client.run(settings)).traces).toBeUndefined();
    expect(collector.headers).toEqual([]);
  });

  test("with OpenTelemetry set up they are on, and the task works within its span", async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const client = await experiments();
    const within: (string | undefined)[] = [];
    const result = await client.run({
      ...settings,
      task: async () => {
        await Promise.resolve();
        within.push(trace.getActiveSpan()?.spanContext().traceId);
        return "x";
      },
    });
    expect(result.traces).toMatchObject({ lost: 0 });
    expect(new Set(within)).toEqual(new Set(result.runs.map((run) => run.trace?.id)));
    expect(new Set(within).size).toBe(3);
    await api.close();
  });

  test("a resumed experiment's spans go to its project", async () => {
    const client = await experiments();
    const result = await client.resume(EXPERIMENT, { ...settings, traces: true });
    expect(result.traces?.problem).toMatch(/made without a project for traces/);
  });
});

import { WireEnvironment } from "@axlab/wire/ingest";
import { SpanPage } from "@axlab/wire/rest";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { everyRecord } from "../../domain/records/export/query.js";
import { askGraphQL } from "../../testing/graphql.js";
import { traced } from "../../testing/otlp.js";
import { absentId, callerWith, suite } from "../../testing/suite.js";
import { delays, FIRST_AT, streamOf, upload, type Delays } from "../../testing/uploads.js";
import type { World } from "../../testing/world.js";

const at = suite();
let url: string;
beforeAll(async () => {
  url = (await at.platform.listen({ port: 0 })).url;
});
beforeEach(async () => {
  at.platform.clock.set(FIRST_AT + 3_600_000);
  await log();
});

const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);
/** 120 records, a second apart from FIRST_AT, 50 in a batch. */
const log = async (options: Delays = {}): Promise<void> => {
  const sent = await upload(url, at.world.keys.member, at.world.spaces.main, streamOf(delays(120, options), 50));
  expect(sent.status).toBe(200);
};
const second = (seconds: number): string => new Date(FIRST_AT + seconds * 1000).toISOString();

const MODEL = `query ($id: ID!, $start: DateTime, $end: DateTime) { node(id: $id) { ... on Space { models(first: 5) { edges { node {
  id name modelPredictionVolume(startTime: $start, endTime: $end) { totalVolume } } } } } } }`;
async function model(window: { start?: string; end?: string } = {}): Promise<{ id: string; volume: number }> {
  const { data } = await as("reader", MODEL, { id: at.world.spaces.main, ...window });
  const { id, modelPredictionVolume } = data.node.models.edges[0].node;
  return { id, volume: modelPredictionVolume.totalVolume };
}
const volume = async (start?: number, end?: number): Promise<number> =>
  (
    await model({
      ...(start !== undefined && { start: second(start) }),
      ...(end !== undefined && { end: second(end) }),
    })
  ).volume;

const DELETE = `mutation ($input: DeleteDataMutationInput!) { deleteData(input: $input) { clientMutationId } }`;
const remove = async (
  start: number,
  end: number | undefined,
  who: keyof World["keys"] = "member",
  input: object = {},
) =>
  as(who, DELETE, {
    input: {
      modelId: (await model()).id,
      startDate: second(start),
      ...(end !== undefined && { endDate: second(end) }),
      environment: "PRODUCTION",
      ...input,
    },
  });

describe("a model's volume", () => {
  it("counts the records of the window, in the middle of an upload too", async () => {
    expect([await volume(), await volume(10, 25), await volume(110), await volume(undefined, 3)]).toEqual([
      120, 15, 10, 3,
    ]);
  });

  it("counts a record once, however often it was completed", async () => {
    await log();
    expect(await volume()).toBe(120);
  });
});

describe("deleteData", () => {
  it("takes away what lies in the window, its start included and its end not", async () => {
    expect((await remove(10, 20, "member", { clientMutationId: "m" })).data).toEqual({
      deleteData: { clientMutationId: "m" },
    });
    expect([await volume(), await volume(9, 10), await volume(10, 20), await volume(20, 21)]).toEqual([110, 1, 0, 1]);
    expect((await remove(0, undefined)).verdict).toBe("ok");
    expect(await volume()).toBe(0);
  });

  it("takes whole batches away, and metrics do not see them", async () => {
    await remove(0, 100);
    expect(await volume()).toBe(20);
    const METRIC = `query ($id: ID!, $start: DateTime!, $end: DateTime!) { node(id: $id) { ... on Model { performanceMetricOverTime(
      startTime: $start, endTime: $end, performanceMetric: actualsAverage, environmentName: production,
      timeSeriesDataGranularity: hour) { dataWindows { metricValue } } } } }`;
    const asked = await as("reader", METRIC, { id: (await model()).id, start: second(0), end: second(3600) });
    // delays row/2 of rows 100 to 119
    expect(asked.data.node.performanceMetricOverTime.dataWindows).toEqual([{ metricValue: 109.5 / 2 }]);
  });

  it("leaves what is sent afterwards, under the same ids too", async () => {
    await remove(0, 100);
    await log();
    expect(await volume()).toBe(120);
  });

  it("leaves the other environments, and takes training and validation as preproduction", async () => {
    await log({ environment: WireEnvironment.TRAINING });
    expect(await volume()).toBe(240);
    await remove(0, 60);
    expect(await volume()).toBe(180);
    await remove(0, 30, "member", { environment: "PREPRODUCTION" });
    expect(await volume()).toBe(150);
  });

  it("changes no export that was planned before", async () => {
    const { records } = at.platform.domain;
    const caller = await callerWith(at.platform, at.world.keys.member);
    const plan = (upTo?: number) =>
      records.plan(caller, at.world.spaces.main, "delays", everyRecord("PRODUCTION"), upTo);
    const before = await plan();
    await remove(0, 60);
    expect(await before.export.count()).toBe(120);
    expect(await (await plan(before.upTo)).export.count()).toBe(120);
    expect(await (await plan()).export.count()).toBe(60);
  });

  it("is refused for an empty window, an absent model, and by whoever may not delete", async () => {
    expect((await remove(20, 20)).errors[0]?.message).toContain("startDate");
    expect((await remove(0, 60, "reader")).verdict).toBe("FORBIDDEN");
    expect((await remove(0, 60, "annotator")).verdict).toBe("FORBIDDEN");
    expect((await remove(0, 60, "outsider")).verdict).toBe("NOT_FOUND");
    expect((await remove(20, 20, "outsider")).verdict).toBe("NOT_FOUND");
    expect((await remove(0, 60, "member", { modelId: absentId("Model") })).verdict).toBe("NOT_FOUND");
    expect((await remove(0, 60, "member", { modelId: at.world.spaces.main })).verdict).toBe("BAD_USER_INPUT");
    expect(await volume()).toBe(120);
  });

  it("of what one may not see tells nothing", async () => {
    await at.world.as("admin").post("/v2/resource-restrictions", { resource_id: (await model()).id });
    const { id } = (await as("admin", MODEL, { id: at.world.spaces.main })).data.node.models.edges[0].node;
    const input = { modelId: id, startDate: second(0), environment: "PRODUCTION" };
    expect((await as("member", DELETE, { input })).verdict).toBe("NOT_FOUND");
  });
});

describe("deleteData of a tracing project", () => {
  it("takes its spans away: they are not listed, and there is none to delete or annotate", async () => {
    const span = (digit: string, seconds: number) => ({
      spanId: digit.repeat(16),
      traceId: digit.repeat(32),
      at: FIRST_AT + seconds * 1000,
      name: digit,
    });
    await traced(at.world.as("pipeline"), at.world.spaces.main, "chat", [span("a", 10), span("b", 20)]);
    const models = await as("reader", MODEL, { id: at.world.spaces.main });
    const { id } = models.data.node.models.edges
      .map(({ node }: { node: { id: string; name: string } }) => node)
      .find(({ name }: { name: string }) => name === "chat");
    const input = { modelId: id, startDate: second(0), endDate: second(15), environment: "PRODUCTION" };
    expect((await as("member", DELETE, { input })).verdict).toBe("ok");
    const { spans } = (await at.world.as("reader").post("/v2/spans", { project_id: id })).read(SpanPage);
    expect(spans.map(({ name }) => name)).toEqual(["b"]);
    const again = await at.world
      .as("admin")
      .delete("/v2/spans", { project_id: id, span_ids: ["a".repeat(16), "b".repeat(16)] });
    expect(JSON.parse(again.text)).toMatchObject({
      deleted_span_ids: ["b".repeat(16)],
      not_deleted_span_ids: ["a".repeat(16)],
    });
  });
});

import { Monitor } from "@axlab/wire/rest";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";
import { delays, FIRST_AT, streamOf, upload } from "../../testing/uploads.js";
import type { World } from "../../testing/world.js";

const at = suite();
let url: string;
let model: string;
beforeAll(async () => {
  url = (await at.platform.listen({ port: 0 })).url;
});
/** A regression model with 120 records, a second apart, whose prediction is half of what happened. */
beforeEach(async () => {
  at.platform.clock.set(FIRST_AT + 3_600_000);
  const sent = await upload(url, at.world.keys.member, at.world.spaces.main, streamOf(delays(120)));
  expect(sent.status).toBe(200);
  model = (await as("admin", MODELS, { id: at.world.spaces.main })).data.node.models.edges[0].node.id;
});

const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);
const MODELS = `query ($id: ID!) { node(id: $id) { ... on Space { models(first: 5) { edges { node { id } } } } } }`;

const metricOverTime = (who: keyof World["keys"], metric: string, granularity = "hour") =>
  as(
    who,
    `query ($id: ID!, $start: DateTime!, $end: DateTime!) { node(id: $id) { ... on Model { performanceMetricOverTime(
      startTime: $start, endTime: $end, performanceMetric: ${metric}, environmentName: production, timeZone: "utc",
      timeSeriesDataGranularity: ${granularity}) { dataWindows { metricDisplayDate metricValue } } } } }`,
    { id: model, start: new Date(FIRST_AT).toISOString(), end: new Date(FIRST_AT + 3_600_000).toISOString() },
  );

const monitor = (input: object, who: keyof World["keys"] = "member", kind = "Performance") =>
  as(
    who,
    `mutation ($input: Create${kind}MonitorMutationInput!) { create${kind}Monitor(input: $input) { monitor { id } } }`,
    {
      input: { spaceId: at.world.spaces.main, modelName: "delays", name: "watch", operator: "greaterThan", ...input },
    },
  );
const MONITOR = `query ($id: ID!) { node(id: $id) { ... on Monitor { name monitorCategory status isTriggered latestComputedValue threshold
  operator evaluatedAt primaryMetricWindow { windowLengthMs filters { filterType dimension { name } } } contacts { emailAddress } model { name } } } }`;

describe("metrics of a model", () => {
  it("are computed from its records", async () => {
    const mae = (await metricOverTime("reader", "mae")).data.node.performanceMetricOverTime.dataWindows;
    // |row/4 - row/2| over rows 0 to 119
    expect(mae).toEqual([{ metricDisplayDate: "2026-11-01T00:00:00.000Z", metricValue: 119 / 8 }]);
    expect((await metricOverTime("reader", "ndcg")).errors[0]?.message).toMatch(/not computed/);
  });
});

describe("custom metrics", () => {
  const create = (metric: string, name = "late", who: keyof World["keys"] = "member") =>
    as(
      who,
      `mutation ($input: CreateCustomMetricMutationInput!) { createCustomMetric(input: $input) { customMetric { id name metric requiresPositiveClass } } }`,
      {
        input: { modelId: model, name, metric },
      },
    );

  it("have a name in their model, and an expression that can be read", async () => {
    const made = (await create("SELECT COUNT(*) FROM model")).data.createCustomMetric.customMetric;
    expect(made).toMatchObject({ name: "late", requiresPositiveClass: false });
    expect((await create("SELECT COUNT(*) FROM model")).verdict).toBe("CONFLICT");
    expect((await create("SELECT nothing", "b")).errors[0]?.message).toMatch(/metric: .* at character/);
    expect((await create("SELECT COUNT(*) FROM model", "c", "reader")).verdict).toBe("FORBIDDEN");
    expect((await create("SELECT COUNT(*) FROM model", "c", "outsider")).verdict).toBe("NOT_FOUND");
    const list = await as(
      "reader",
      `query ($id: ID!) { node(id: $id) { ... on Model { customMetrics(searchTerm: "LAT") { edges { node { id } } } } } }`,
      { id: model },
    );
    expect(list.data.node.customMetrics.edges).toEqual([{ node: { id: made.id } }]);
  });

  it("stay while a monitor watches them", async () => {
    const { id } = (await create("SELECT AVG(distance) FROM model")).data.createCustomMetric.customMetric;
    const watched = (await monitor({ customMetricId: id, threshold: 100 })).data.createPerformanceMonitor.monitor.id;
    expect((await as("member", MONITOR, { id: watched })).data.node).toMatchObject({
      status: "triggered",
      latestComputedValue: 159.5,
    });
    const remove = () =>
      as(
        "member",
        `mutation ($input: DeleteCustomMetricMutationInput!) { deleteCustomMetric(input: $input) { model { id } } }`,
        { input: { customMetricId: id, modelId: model } },
      );
    expect((await remove()).verdict).toBe("CONFLICT");
    await as("member", `mutation ($id: ID!) { deleteMonitor(input: { monitorId: $id }) { monitor { id } } }`, {
      id: watched,
    });
    expect((await remove()).data.deleteCustomMetric.model.id).toBe(model);
  });
});

describe("monitors", () => {
  it("look at their records when they are asked, and REST sees the same", async () => {
    const made = await monitor({
      performanceMetric: "mae",
      threshold: 10,
      notes: "n",
      contacts: [{ notificationChannelType: "email", emailAddress: "a@b.c" }],
    });
    const { id } = made.data.createPerformanceMonitor.monitor;
    expect((await as("reader", MONITOR, { id })).data.node).toMatchObject({
      name: "watch",
      monitorCategory: "performance",
      status: "triggered",
      isTriggered: true,
      latestComputedValue: 119 / 8,
      model: { name: "delays" },
      contacts: [{ emailAddress: "a@b.c" }],
      primaryMetricWindow: { windowLengthMs: 259_200_000 },
    });
    expect((await at.world.as("reader").get(`/v2/monitors/${id}`)).read(Monitor)).toMatchObject({
      type: "PERFORMANCE",
      metric: "MAE",
      status: "TRIGGERED",
      threshold: { type: "MANUAL_SINGLE", operator: "GREATER_THAN", value: 10 },
      latest_computed_value: 119 / 8,
      notification_configs: [{ type: "EMAIL", email_address: "a@b.c" }],
    });
    at.platform.clock.advance("30d");
    expect((await as("reader", MONITOR, { id })).data.node).toMatchObject({
      status: "noData",
      latestComputedValue: null,
    });
  });

  it("filter, watch quality and drift, and take an automatic threshold", async () => {
    const filters = [{ dimensionType: "tagLabel", operator: "equals", name: "carrier", values: ["C1"] }];
    const quality = await monitor(
      { name: "rows", dataQualityMetric: "count", dimensionName: "distance", threshold: 39, filters },
      "member",
      "DataQuality",
    );
    expect(
      (await as("member", MONITOR, { id: quality.data.createDataQualityMonitor.monitor.id })).data.node,
    ).toMatchObject({ latestComputedValue: 40, status: "triggered" });
    const drift = await monitor(
      { name: "drift", driftMetric: "psi", dimensionName: "distance", dynamicAutoThreshold: {} },
      "member",
      "Drift",
    );
    expect((await as("member", MONITOR, { id: drift.data.createDriftMonitor.monitor.id })).data.node).toMatchObject({
      status: "noData",
      threshold: null,
    });
  });

  it.each([
    [{ performanceMetric: "mae" }, /threshold: missing/],
    [{ performanceMetric: "mae", threshold: 1, dynamicAutoThreshold: { stdDevMultiplier: 2 } }, /give one of them/],
    [{ threshold: 1 }, /performanceMetric, customMetricId/],
    [{ performanceMetric: "ndcg", threshold: 1 }, /ndcg is not computed/],
    [
      { performanceMetric: "mae", threshold: 1, contacts: [{ notificationChannelType: "email" }] },
      /contacts\[0\].emailAddress/,
    ],
    [{ performanceMetric: "mae", threshold: 1, name: " " }, /name must not be/],
    [{ performanceMetric: "mae", threshold: 1, modelName: "other" }, /no model named "other"/],
    [{ customMetricId: "x", threshold: 1 }, /no custom metric/],
  ])("%j is refused", async (input, message) => {
    const { errors, data } = await monitor(input);
    expect(errors[0]?.message).toMatch(message);
    expect(data).toEqual({ createPerformanceMonitor: null });
  });

  it("are the members', and hidden from others; go with their model", async () => {
    const input = { performanceMetric: "mae", threshold: 1 };
    expect((await monitor(input, "reader")).verdict).toBe("FORBIDDEN");
    expect((await monitor(input, "outsider")).verdict).toBe("NOT_FOUND");
    const { id } = (await monitor(input)).data.createPerformanceMonitor.monitor;
    expect((await monitor(input)).verdict).toBe("CONFLICT");
    expect((await as("outsider", MONITOR, { id })).data.node).toBeNull();
    expect((await at.world.as("outsider").get(`/v2/monitors/${id}`)).status).toBe(404);
    await at.world.as("admin").delete(`/v2/projects/${model}`);
    expect((await as("admin", MONITOR, { id })).data.node).toBeNull();
  });
});

describe("dashboards", () => {
  it("hold widgets over models of their space", async () => {
    const made = await as(
      "member",
      `mutation ($id: ID!) { createDashboard(input: { name: "board", spaceId: $id }) { dashboard { id status } } }`,
      { id: at.world.spaces.main },
    );
    const { id } = made.data.createDashboard.dashboard;
    const LINE = `mutation ($input: CreateLineChartWidgetMutationInput!) { createLineChartWidget(input: $input) { lineChartWidget { id gridPosition plots { title modelId model { modelType } } } } }`;
    const plot = {
      modelId: model,
      modelVersionIds: [],
      modelEnvironmentName: "production",
      title: "volume",
      position: 0,
      metric: "count",
      filters: [],
    };
    const input = { dashboardId: id, title: "line", timeSeriesMetricType: "evaluationMetric", plots: [plot] };
    expect((await as("member", LINE, { input })).data.createLineChartWidget.lineChartWidget).toMatchObject({
      gridPosition: [0, 0, 6, 4],
      plots: [{ title: "volume", modelId: model, model: { modelType: "numeric" } }],
    });
    expect((await as("reader", LINE, { input })).verdict).toBe("FORBIDDEN");
    const elsewhere = { ...input, plots: [{ ...plot, modelId: "TW9kZWw6OTk5OnpaelrC" }] };
    expect((await as("member", LINE, { input: elsewhere })).errors[0]?.message).toMatch(/plots\[0\].modelId/);
    const shown = await as(
      "reader",
      `query ($id: ID!) { node(id: $id) { ... on Dashboard { name models { edges { node { name } } } lineChartWidgets(first: 10) { totalCount } textWidgets { totalCount } } } }`,
      { id },
    );
    expect(shown.data.node).toEqual({
      name: "board",
      models: { edges: [{ node: { name: "delays" } }] },
      lineChartWidgets: { totalCount: 1 },
      textWidgets: { totalCount: 0 },
    });
    await at.world.as("admin").delete(`/v2/spaces/${at.world.spaces.main}`);
    expect((await as("admin", `query ($id: ID!) { node(id: $id) { id } }`, { id })).data.node).toBeNull();
  });

  it("show no custom metric that lies elsewhere or may not be seen", async () => {
    const board = async (who: keyof World["keys"], spaceId: string) =>
      (
        await as(
          who,
          `mutation ($id: ID!) { createDashboard(input: { name: "board", spaceId: $id }) { dashboard { id } } }`,
          { id: spaceId },
        )
      ).data.createDashboard.dashboard.id;
    const metricOf = async (modelId: string) =>
      (
        await as(
          "admin",
          `mutation ($id: ID!) { createCustomMetric(input: { modelId: $id, name: "m", metric: "SELECT COUNT(*) FROM model" }) { customMetric { id } } }`,
          { id: modelId },
        )
      ).data.createCustomMetric.customMetric.id;
    const widget = (who: keyof World["keys"], input: object) =>
      as(
        who,
        `mutation ($input: CreateStatisticWidgetInput!) { createStatisticWidget(input: $input) { statisticWidget { id customMetric { name } } } }`,
        { input },
      );
    const vault = at.world.spaces.vault;
    await at.world.as("admin").post("/v2/projects", { name: "hidden", space_id: vault });
    const hidden = (await as("admin", MODELS, { id: vault })).data.node.models.edges[0].node.id;
    const dashboardId = await board("member", at.world.spaces.main);
    const refused = await widget("member", { dashboardId, modelId: model, customMetricId: await metricOf(hidden) });
    expect(refused.errors[0]?.message).toMatch(/customMetricId: the dashboard's space has no custom metric/);
    const shown = await widget("member", { dashboardId, modelId: model, customMetricId: await metricOf(model) });
    const { id, customMetric } = shown.data.createStatisticWidget.statisticWidget;
    expect(customMetric).toEqual({ name: "m" });
    await at.world.as("admin").post("/v2/resource-restrictions", { resource_id: model });
    const read = await as(
      "reader",
      `query ($id: ID!) { node(id: $id) { ... on StatisticWidget { id customMetric { name } } } }`,
      { id },
    );
    expect(read.data.node).toEqual({ id, customMetric: null });
  });
});

describe("import jobs", () => {
  const FILE = `mutation ($input: CreateFileImportJobInput!) { createFileImportJob(input: $input) { fileImportJob { id jobId jobStatus modelName totalFilesPendingCount } } }`;
  const job = {
    blobStore: "S3",
    bucketName: "bucket",
    prefix: "a/",
    modelName: "imported",
    modelType: "numeric",
    modelEnvironmentName: "production",
    schema: { predictionId: "id" },
  };
  const create = (changes: object = {}, who: keyof World["keys"] = "member") =>
    as(who, FILE, { input: { spaceId: at.world.spaces.main, ...job, ...changes } });

  it("are made with their model, paused, found by their short id, and deleted", async () => {
    expect((await create({ dryRun: true })).data.createFileImportJob.fileImportJob).toBeNull();
    const made = (await create()).data.createFileImportJob.fileImportJob;
    expect(made).toMatchObject({ jobStatus: "active", modelName: "imported" });
    const pause = `mutation ($id: ID!) { pauseFileImportJob(input: { jobId: $id }) { fileImportJob { jobStatus } } }`;
    expect((await as("member", pause, { id: made.jobId })).data.pauseFileImportJob.fileImportJob.jobStatus).toBe(
      "inactive",
    );
    const find = () =>
      as(
        "reader",
        `query ($id: ID!, $job: String!) { node(id: $id) { ... on Space { importJobs(search: $job, first: 1) { edges { node { id bucketName schema { predictionId } } } } } } }`,
        { id: at.world.spaces.main, job: made.jobId },
      );
    expect((await find()).data.node.importJobs.edges).toEqual([
      { node: { id: made.id, bucketName: "bucket", schema: { predictionId: "id" } } },
    ]);
    const remove = () =>
      as(
        "member",
        `mutation ($id: ID!) { deleteFileImportJob(input: { jobId: $id }) { fileImportJob { jobStatus } } }`,
        { id: made.id },
      );
    expect((await remove()).data.deleteFileImportJob.fileImportJob.jobStatus).toBe("deleted");
    expect((await remove()).verdict).toBe("NOT_FOUND");
    expect((await find()).data.node.importJobs.edges).toEqual([]);
  });

  it("need what their store needs, and the permission", async () => {
    expect((await create({ blobStore: "Azure" })).errors[0]?.message).toMatch(/azureStorageIdentifier: missing/);
    expect((await create({}, "reader")).verdict).toBe("FORBIDDEN");
    expect((await create({}, "outsider")).verdict).toBe("NOT_FOUND");
    expect((await create({ modelName: "delays", modelType: "ranking" })).errors[0]?.message).toMatch(
      /is of type NUMERIC/,
    );
  });

  it("a table job counts minutes and hours in, seconds out, and keeps no token", async () => {
    const databricksTableConfig = {
      hostName: "h",
      endpoint: "e",
      port: "1",
      token: "very-secret",
      catalog: "c",
      databricksSchema: "s",
      tableName: "t",
    };
    const made = await as(
      "member",
      `mutation ($input: CreateTableImportJobInput!) { createTableImportJob(input: $input) { tableImportJob { id table projectId dataset } } }`,
      {
        input: {
          spaceId: at.world.spaces.main,
          tableStore: "Databricks",
          databricksTableConfig,
          modelName: "t",
          modelType: "numeric",
          modelEnvironmentName: "production",
          schema: { predictionId: "id" },
        },
      },
    );
    const { id, ...place } = made.data.createTableImportJob.tableImportJob;
    expect(place).toEqual({ table: "t", projectId: "c", dataset: "s" });
    const stored = await at.platform.domain.core.store.db
      .selectFrom("import_jobs")
      .selectAll()
      .where("id", "=", id)
      .execute();
    expect(JSON.stringify(stored)).not.toContain("very-secret");
    const updated = await as(
      "member",
      `mutation ($input: UpdateTableImportJobInput!) { updateTableImportJob(input: $input) { tableImportJob { tableIngestionParameters { refreshIntervalSeconds queryWindowSizeSeconds } } } }`,
      {
        input: {
          jobId: id,
          schema: { predictionId: "id" },
          tableIngestionParameters: { refreshIntervalMinutes: 5, queryWindowSizeHours: 2 },
        },
      },
    );
    expect(updated.data.updateTableImportJob.tableImportJob.tableIngestionParameters).toEqual({
      refreshIntervalSeconds: 300,
      queryWindowSizeSeconds: 7200,
    });
  });
});

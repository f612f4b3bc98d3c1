import type { Span } from "@axlab/wire/rest";
import { SpanPage } from "@axlab/wire/rest";
import { beforeEach, describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);
const AT = Date.parse("2026-11-20T12:00:00Z");

const attribute = ([key, value]: [string, number]) => ({ key, value: { doubleValue: value } });
const span = (digit: string, trace: string, attributes: Record<string, number>) => ({
  traceId: trace.repeat(32),
  spanId: digit.repeat(16),
  name: digit,
  startTimeUnixNano: `${AT}000000`,
  endTimeUnixNano: `${AT + 1000}000000`,
  attributes: Object.entries(attributes).map(attribute),
});

let project: string;
beforeEach(async () => {
  at.platform.clock.set(AT + 60_000);
  const spans = [
    span("a", "1", { "llm.cost.total": 0.5, "llm.cost.prompt": 0.3, "llm.cost.completion": 0.2 }),
    span("b", "1", { "llm.cost.prompt": 1, "llm.cost.completion": 2 }),
    span("c", "2", {}),
  ];
  const resource = { attributes: [{ key: "openinference.project.name", value: { stringValue: "chat" } }] };
  const body = { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
  await at.world.as("pipeline").call("POST", "/v1/traces", body, { "arize-space-id": at.world.spaces.main });
  project = JSON.parse((await at.world.as("member").get("/v2/projects")).text).projects[0].id;
});

describe("SpanRecord.totalCost", () => {
  it("is what the spans of the trace cost together, and null where none says a cost", async () => {
    const asked = await as(
      "reader",
      `query ($id: ID!, $dataset: ModelDatasetInput!) { node(id: $id) { ... on Model { spanRecordsPublic(first: 10, dataset: $dataset) {
        edges { node { name totalCost { aggregateTotalCost aggregatePromptCost aggregateCompletionCost } } } } } } }`,
      {
        id: project,
        dataset: {
          ...{ startTime: "2026-11-20T00:00:00Z", endTime: "2026-11-21T00:00:00Z", environmentName: "tracing" },
          ...{ externalModelVersionIds: [], externalBatchIds: [] },
        },
      },
    );
    const cost = { aggregateTotalCost: 3.5, aggregatePromptCost: 1.3, aggregateCompletionCost: 2.2 };
    expect(asked.data.node.spanRecordsPublic.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      { name: "a", totalCost: cost },
      { name: "b", totalCost: cost },
      { name: "c", totalCost: null },
    ]);
  });
});

describe("a note of updateAnnotations", () => {
  const UPDATE = `mutation ($input: UpdateAnnotationsInput!) { updateAnnotations(input: $input) { result {
    __typename ... on UpdateAnnotationError { message } } } }`;
  const note = (who: keyof World["keys"], text: string, recordId = "a".repeat(16)) =>
    as(who, UPDATE, {
      input: {
        ...{ modelId: project, recordId, modelEnvironment: "tracing", startTime: new Date(AT).toISOString() },
        note: { text },
      },
    });
  const annotations = async (): Promise<Span["annotations"]> => {
    const page = (await at.world.as("reader").post("/v2/spans", { project_id: project })).read(SpanPage);
    return page.spans.find(({ name }) => name === "a")?.annotations;
  };

  it("is added to those that the span has, where REST shows them", async () => {
    expect((await note("annotator", "first")).data.updateAnnotations.result.__typename).toBe("UpdateAnnotationSuccess");
    await note("annotator", "second");
    expect(await annotations()).toEqual([{ name: "notes", text: "first\nsecond" }]);
  });

  it("is refused when it is blank, of an absent span, and from whoever may not annotate", async () => {
    expect((await note("annotator", " ")).data.updateAnnotations.result.message).toContain("note.text");
    expect((await note("annotator", "x", "f".repeat(16))).data.updateAnnotations.result.message).toContain("No span");
    expect((await note("reader", "x")).verdict).toBe("FORBIDDEN");
    expect((await annotations()) ?? []).toEqual([]);
  });
});

describe("AccountOrganization.creator", () => {
  it("is who made it, as far as the caller may read users", async () => {
    const made = await at.world.as("admin").post("/v2/organizations", { name: "new" });
    const { id } = JSON.parse(made.text);
    const asked = `query ($id: ID!) { node(id: $id) { ... on AccountOrganization { creator { email } } } }`;
    expect((await as("admin", asked, { id })).data.node.creator).toEqual({ email: "admin@world.test" });
    expect((await as("admin", asked, { id: at.world.organizations.acme })).data.node.creator).toBeNull();
  });
});

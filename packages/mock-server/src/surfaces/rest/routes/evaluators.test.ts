import {
  AiIntegration,
  Evaluator,
  EvaluatorPage,
  EvaluatorVersion,
  EvaluatorVersionPage,
  EvaluatorWithVersion,
} from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";

const test = suite();
const code = (change: object = {}) => ({
  commit_message: "first",
  code_config: {
    ...{ type: "MANAGED", name: "has words", managed_evaluator: "CONTAINS_ANY_KEYWORD", variables: ["output"] },
    static_params: [{ name: "keywords", type: "STRING_ARRAY", default_value: ["a", "b"] }],
    ...change,
  },
});
const template = (ai_integration_id: string, change: object = {}) => ({
  commit_message: "first",
  template_config: {
    ...{ name: "relevance", template: "{input}", include_explanations: false, use_function_calling_if_available: true },
    llm_config: { ai_integration_id, model_name: "m", invocation_parameters: { top_k: 1 }, provider_parameters: {} },
    ...change,
  },
});
const integration = async (): Promise<string> =>
  (
    await test.world
      .as("member")
      .post("/v2/ai-integrations", { name: "m", provider: "OPEN_AI", scopings: [{ space_id: test.world.spaces.main }] })
  ).read(AiIntegration).id;

const create = (name: string, version: object, type = "CODE") =>
  test.world.as("member").post("/v2/evaluators", { name, space_id: test.world.spaces.main, type, version });
const made = async (name: string, version: object = code(), type = "CODE"): Promise<EvaluatorWithVersion> => {
  const reply = await create(name, version, type);
  expect(reply.status, reply.text).toBe(201);
  return reply.read(EvaluatorWithVersion);
};

describe("an evaluator", () => {
  it("of code is answered with its first version as it was sent", async () => {
    const evaluator = await made("words");
    expect(evaluator).toMatchObject({ type: "CODE", description: null, version: { type: "CODE", ...code() } });
    expect((await test.world.as("reader").get(`/v2/evaluators/${evaluator.id}`)).read(EvaluatorWithVersion)).toEqual(
      evaluator,
    );
    const custom = { type: "CUSTOM", name: "own", code: "class E: ...", imports: null, variables: [] };
    const { version } = await made("own", { commit_message: "", code_config: custom });
    expect(version).toMatchObject({ commit_message: "", code_config: custom });
  });

  it("of a template has the documented defaults", async () => {
    const { version } = await made("judge", template(await integration()), "TEMPLATE");
    expect(version).toMatchObject({
      type: "TEMPLATE",
      template_config: { use_structured_output: true, direction: "MAXIMIZE", data_granularity: "SPAN" },
    });
  });

  it("of a template needs an AI integration that its author may see", async () => {
    expect((await create("judge", template(absentId("LlmIntegration")), "TEMPLATE")).status).toBe(404);
    const { as, organizations } = test.world;
    const elsewhere = await as("admin").post("/v2/ai-integrations", {
      ...{ name: "beta", provider: "OPEN_AI", scopings: [{ organization_id: organizations.beta }] },
    });
    expect((await create("judge", template(elsewhere.read(AiIntegration).id), "TEMPLATE")).status).toBe(404);
    expect((await test.world.as("member").get("/v2/evaluators")).read(EvaluatorPage).evaluators).toEqual([]);
  });

  it.each([
    ["a type whose configuration is missing", "TEMPLATE", code(), "template_config"],
    ["both configurations", "CODE", { ...code(), ...template("i") }, "exactly one"],
    ["a type that is only read", "HARNESS", code(), "type"],
    ["a name that is no column's", "CODE", code({ name: "a/b" }), "code_config.name"],
    [
      "a parameter of the wrong kind",
      "CODE",
      code({ static_params: [{ name: "k", type: "STRING", default_value: [] }] }),
      "default_value",
    ],
    ["a managed check without its parameter", "CODE", code({ static_params: [] }), "STRING_ARRAY"],
    ["a managed check with too many variables", "CODE", code({ variables: ["a", "b"] }), "variables"],
    [
      "an expression that is none",
      "CODE",
      code({
        managed_evaluator: "MATCHES_REGEX",
        static_params: [{ name: "regex", type: "REGEX", default_value: "(" }],
      }),
      "regular expression",
    ],
  ])("is refused with %s, and nothing is made", async (_, type, version, text) => {
    const refused = await create("bad", version, type);
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining(text)]);
    expect((await test.world.as("member").get("/v2/evaluators")).read(EvaluatorPage).evaluators).toEqual([]);
  });

  it("is renamed and described, under a name of its own in the space", async () => {
    const evaluator = await made("one");
    await made("two");
    const change = (body: object) => test.world.as("member").patch(`/v2/evaluators/${evaluator.id}`, body);
    expect((await change({ name: "three", description: "d" })).read(Evaluator)).toMatchObject({
      name: "three",
      description: "d",
    });
    expect((await change({ description: null })).read(Evaluator)).toMatchObject({ name: "three", description: null });
    expect((await change({ name: "two" })).status).toBe(409);
    expect((await create("two", code())).status).toBe(409);
    expect((await change({ type: "CODE" })).status).toBe(400);
    expect((await change({})).status).toBe(400);
  });

  it("goes with its versions, and with its space", async () => {
    const [one, two] = [await made("one"), await made("two")];
    const { as, spaces } = test.world;
    expect((await as("member").delete(`/v2/evaluators/${one.id}`)).status).toBe(204);
    expect((await as("member").get(`/v2/evaluator-versions/${one.version.id}`)).status).toBe(404);
    await as("admin").delete(`/v2/spaces/${spaces.main}`);
    expect((await as("admin").get(`/v2/evaluator-versions/${two.version.id}`)).status).toBe(404);
  });
});

describe("versions of an evaluator", () => {
  it("are appended, listed newest first, and the latest is read unless another is named", async () => {
    const evaluator = await made("e");
    const { as } = test.world;
    const added = await as("member").post(`/v2/evaluators/${evaluator.id}/versions`, {
      ...code(),
      commit_message: "second",
    });
    expect(added.status).toBe(201);
    const second = added.read(EvaluatorVersion);
    const list = await as("reader").get(`/v2/evaluators/${evaluator.id}/versions`);
    expect(list.read(EvaluatorVersionPage).evaluator_versions).toEqual([second, evaluator.version]);
    const get = async (query: string) =>
      (await as("reader").get(`/v2/evaluators/${evaluator.id}${query}`)).read(EvaluatorWithVersion).version;
    expect(await get("")).toEqual(second);
    expect(await get(`?version_id=${evaluator.version.id}`)).toEqual(evaluator.version);
    expect((await as("reader").get(`/v2/evaluator-versions/${second.id}`)).read(EvaluatorVersion)).toEqual(second);
    const other = await made("other");
    expect((await as("reader").get(`/v2/evaluators/${other.id}?version_id=${second.id}`)).status).toBe(404);
  });

  it("have the evaluator's type", async () => {
    const evaluator = await made("e");
    const path = `/v2/evaluators/${evaluator.id}/versions`;
    expect((await test.world.as("member").post(path, template(await integration()))).status).toBe(422);
  });

  it("put the evaluator first in the list", async () => {
    test.platform.clock.set(Date.now());
    const first = await made("first");
    await made("second");
    test.platform.clock.advance(1);
    await test.world.as("member").post(`/v2/evaluators/${first.id}/versions`, code());
    const { evaluators } = (await test.world.as("reader").get("/v2/evaluators")).read(EvaluatorPage);
    expect(evaluators.map(({ name }) => name)).toEqual(["first", "second"]);
  });
});

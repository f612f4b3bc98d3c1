import { afterEach, describe, expect, test } from "vitest";

import { ResolutionError, ValidationError } from "../errors/index.js";
import { idOf, onePerPage, page, space, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { TestServer } from "../testing/server.js";
import { AiIntegrations } from "./ai-integrations.js";
import { AnnotationConfigs } from "./annotation-configs.js";
import { AnnotationQueues } from "./annotation-queues.js";
import { EvaluatorRegistry } from "./evaluators.js";
import { Integrations } from "./integrations.js";
import { Prompts } from "./prompts.js";

let server: TestServer;
afterEach(() => server.close());
async function context(routes: Routes, spaceId?: string) {
  server = await startApi(routes);
  return testContext(server.url, { spaceId });
}
const sent = () => server.seen.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const spaces = page("spaces", [space(1, "prod")]);
const stamps = { space_id: idOf("Space"), created_at: TIME, updated_at: TIME, created_by_user_id: idOf("User") };
const prompt = (number: number, name: string) => ({ id: idOf("Prompt", number), name, ...stamps });
const evaluator = (number: number, name: string) => ({ id: idOf("Evaluator", number), name, type: "CODE", ...stamps });
const integration = (number: number, name: string) => ({
  ...{ id: idOf("LlmIntegration", number), type: "LLM", name, scopings: [], created_at: TIME, updated_at: TIME },
  ...{
    created_by_user_id: idOf("User"),
    config: { provider: "GEMINI", has_api_key: true, is_function_calling_enabled: true },
  },
});

describe("what lies in a space, given by name", () => {
  test("is looked for in its space, page by page, and must match exactly", async () => {
    const prompts = new Prompts(
      await context({
        "GET /v2/spaces": spaces,
        "GET /v2/prompts": onePerPage("prompts", [prompt(1, "Ask me"), prompt(2, "Ask")]),
        [`DELETE /v2/prompts/${idOf("Prompt", 2)}`]: { status: 204 },
      }),
    );
    await prompts.delete("Ask", { space: "prod" });
    expect(sent()).toEqual([
      "GET /v2/spaces?name=prod&limit=100",
      `GET /v2/prompts?space_id=${idOf("Space")}&name=Ask&limit=100`,
      `GET /v2/prompts?space_id=${idOf("Space")}&name=Ask&limit=100&cursor=1`,
      `DELETE /v2/prompts/${idOf("Prompt", 2)}`,
    ]);
    await expect(prompts.delete("ask", { space: "prod" })).rejects.toBeInstanceOf(ResolutionError);
    await expect(prompts.delete("Ask")).rejects.toBeInstanceOf(ValidationError);
  });

  test("costs no look-up when it is an id", async () => {
    const evaluators = new EvaluatorRegistry(
      await context({ [`PATCH /v2/evaluators/${idOf("Evaluator")}`]: { body: evaluator(1, "e") } }),
    );
    expect((await evaluators.update(idOf("Evaluator"), { description: null })).name).toBe("e");
    expect(server.seen.map(({ body }) => body)).toEqual(['{"description":null}']);
  });

  test("lists with the client's space, and every page when it is iterated", async () => {
    const evaluators = new EvaluatorRegistry(
      await context(
        { "GET /v2/evaluators": onePerPage("evaluators", [evaluator(1, "a"), evaluator(2, "b")]) },
        idOf("Space"),
      ),
    );
    expect((await evaluators.list().toArray()).map(({ name }) => name)).toEqual(["a", "b"]);
    expect(sent()[0]).toBe(`GET /v2/evaluators?space_id=${idOf("Space")}`);
  });

  test("takes the names of annotation configs for a queue", async () => {
    const queue = { id: idOf("AnnotationQueue"), name: "q", annotators: [], ...stamps, created_by_user_id: undefined };
    const config = {
      id: idOf("AnnotationConfig"),
      name: "quality",
      space_id: idOf("Space"),
      created_at: TIME,
      type: "FREEFORM",
    };
    const queues = new AnnotationQueues(
      await context(
        {
          "GET /v2/annotation-configs": page("annotation_configs", [config]),
          "POST /v2/annotation-queues": { status: 201, body: queue },
        },
        idOf("Space"),
      ),
    );
    await queues.create({ name: "q", annotation_configs: ["quality"], annotator_emails: ["a@b.co"] });
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({
      name: "q",
      space_id: idOf("Space"),
      annotation_config_ids: [idOf("AnnotationConfig")],
      annotator_emails: ["a@b.co"],
    });
  });
});

describe("annotation configs", () => {
  test("are made in the client's space, and changed by their name", async () => {
    const id = idOf("AnnotationConfig");
    const config = { id, name: "quality", space_id: idOf("Space"), created_at: TIME, type: "FREEFORM" };
    const configs = new AnnotationConfigs(
      await context(
        {
          "GET /v2/annotation-configs": page("annotation_configs", [config]),
          "POST /v2/annotation-configs": { status: 201, body: config },
          [`PATCH /v2/annotation-configs/${id}`]: { body: config },
        },
        idOf("Space"),
      ),
    );
    await configs.create({ annotation_config_type: "FREEFORM", name: "quality" });
    await configs.update("quality", { annotation_config_type: "FREEFORM", name: "better" });
    expect(server.seen.map(({ method, body }) => [method, body])).toEqual([
      ["POST", JSON.stringify({ annotation_config_type: "FREEFORM", name: "quality", space_id: idOf("Space") })],
      ["GET", ""],
      ["PATCH", JSON.stringify({ annotation_config_type: "FREEFORM", name: "better" })],
    ]);
  });
});

describe("integrations, given by name", () => {
  test("are looked for in the account, of their type", async () => {
    const id = idOf("LlmIntegration");
    const integrations = new Integrations(
      await context({
        "GET /v2/integrations": page("integrations", [integration(1, "gemini")]),
        [`PATCH /v2/integrations/${id}`]: { body: integration(1, "gemini") },
      }),
    );
    await integrations.update("gemini", { type: "LLM", config: { is_function_calling_enabled: true } });
    expect(sent()).toEqual(["GET /v2/integrations?type=LLM&name=gemini&limit=100", `PATCH /v2/integrations/${id}`]);
  });

  test("take no key that is empty, before anything is sent", async () => {
    const ai = new AiIntegrations(await context({}));
    await expect(ai.create({ name: "a", provider: "OPEN_AI", api_key: "" })).rejects.toBeInstanceOf(ValidationError);
    expect(server.seen).toEqual([]);
  });
});

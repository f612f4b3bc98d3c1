import { afterEach, describe, expect, test } from "vitest";

import { NotFoundError } from "../errors/index.js";
import { idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { TestServer } from "../testing/server.js";
import { Spans } from "./spans.js";
import { Traces } from "./traces.js";

let server: TestServer;
afterEach(() => server.close());

async function context(routes: Routes) {
  server = await startApi(routes);
  return testContext(server.url, { spaceId: idOf("Space", 1) });
}
const sent = () => server.seen.map(({ method, url, body }) => `${method} ${decodeURIComponent(url)} ${body}`.trim());
const project = idOf("Model", 1);
const span = (number: number) => ({
  name: `s${number}`,
  context: { trace_id: "t", span_id: `s${number}` },
  kind: "LLM",
  start_time: TIME,
  end_time: TIME,
});
const deleted = (ids: string[]) => ({ completed: true, deleted_span_ids: ids, not_deleted_span_ids: [] });

describe("spans", () => {
  test("a project's name is looked up once, and every page has the same window", async () => {
    const spans = new Spans(
      await context({
        "GET /v2/projects": page("projects", [
          { id: project, name: "chat", space_id: idOf("Space", 1), created_at: TIME },
        ]),
        "POST /v2/spans": onePerPage("spans", [span(1), span(2)]),
      }),
    );
    const found = await spans.list("chat", { startTime: new Date(TIME), filter: "name = 's'", limit: 1 }).toArray();
    expect(found.map(({ name }) => name)).toEqual(["s1", "s2"]);
    const body = JSON.stringify({ project_id: project, start_time: TIME, filter: "name = 's'" });
    expect(sent().slice(1)).toEqual([`POST /v2/spans?limit=1 ${body}`, `POST /v2/spans?limit=1&cursor=1 ${body}`]);
  });

  test("more ids than one request takes go in several, and their answers are one", async () => {
    const spans = new Spans(
      await context({ "DELETE /v2/spans": ({ body }) => ({ body: deleted(JSON.parse(body).span_ids) }) }),
    );
    const ids = Array.from({ length: 5001 }, (_, number) => `span-${number}`);
    expect(await spans.delete(project, ids)).toEqual(deleted(ids));
    expect(server.seen.map(({ body }) => JSON.parse(body).span_ids.length)).toEqual([5000, 1]);
  });

  test("an annotation of a span that is not there is a NotFoundError", async () => {
    const spans = new Spans(
      await context({
        "POST /v2/spans/annotate": {
          status: 404,
          body: { title: "Resource not found", status: 404, detail: "no span" },
        },
      }),
    );
    const values = [{ name: "quality", score: 1 }];
    await expect(spans.annotate(project, [{ record_id: "a", values }], { granularity: "TRACE" })).rejects.toThrow(
      NotFoundError,
    );
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      project_id: project,
      annotations: [{ record_id: "a", values }],
      granularity: "TRACE",
    });
  });
});

test("traces are listed with the spans in them", async () => {
  const trace = { trace_id: "t", root_span_id: "s1", spans_truncated: false, spans: [span(1)] };
  const traces = new Traces(await context({ "POST /v2/traces": page("traces", [trace]) }));
  expect((await traces.list(project, { endTime: TIME })).items).toEqual([trace]);
  expect(sent()).toEqual([`POST /v2/traces ${JSON.stringify({ project_id: project, end_time: TIME })}`]);
});

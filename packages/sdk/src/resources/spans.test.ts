import { afterEach, describe, expect, test } from "vitest";

import { PartialWriteError, ServerError, ValidationError } from "../errors/index.js";
import { idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { Seen, TestServer } from "../testing/server.js";
import { Spans } from "./spans.js";

let server: TestServer;
afterEach(() => server.close());
const ID = idOf("Model");

async function spansOf(routes: Routes, maxRetries = 2): Promise<Spans> {
  server = await startApi({
    "GET /v2/projects": page("projects", [{ id: ID, name: "chat", space_id: idOf("Space"), created_at: TIME }]),
    ...routes,
  });
  return new Spans(testContext(server.url, { spaceId: idOf("Space"), maxRetries }));
}
const bodyOf = ({ body }: Seen): unknown => JSON.parse(body);
const bodies = (path: string): unknown[] => server.seen.filter(({ url }) => url.startsWith(path)).map(bodyOf);

const span = (id: string) => ({
  name: "step",
  context: { trace_id: "t", span_id: id },
  kind: "LLM",
  start_time: TIME,
  end_time: TIME,
});
const WINDOW = { start_time: new Date("2026-01-01T00:00:00Z"), end_time: "2026-01-02T00:00:00Z" };
const SENT_WINDOW = { start_time: "2026-01-01T00:00:00.000Z", end_time: "2026-01-02T00:00:00Z" };

describe("spans by REST", () => {
  test("are listed page by page, the project by its name, times as Dates or texts", async () => {
    const spans = await spansOf({ "POST /v2/spans": onePerPage("spans", [span("a"), span("b")]) });
    const found = await spans.list("chat", { ...WINDOW, filter: "name = 'step'", limit: 1 }).toArray();
    expect(found.map(({ context }) => context.span_id)).toEqual(["a", "b"]);
    expect(server.seen.map(({ method, url }) => `${method} ${url}`).slice(1)).toEqual([
      "POST /v2/spans?limit=1",
      "POST /v2/spans?limit=1&cursor=1",
    ]);
    expect(bodies("/v2/spans")[0]).toEqual({ project_id: ID, ...SENT_WINDOW, filter: "name = 'step'" });
  });

  test("come as traces too", async () => {
    const trace = { trace_id: "t", root_span_id: "a", spans_truncated: false, spans: [span("a")] };
    const spans = await spansOf({ "POST /v2/traces": page("traces", [trace]) });
    expect((await spans.traces(ID)).items).toEqual([trace]);
    expect(bodies("/v2/traces")).toEqual([{ project_id: ID }]);
  });

  test("are annotated, 1000 a request; what was left out is left to the platform", async () => {
    const spans = await spansOf({ "POST /v2/spans/annotate": { status: 202 } });
    const values = [{ name: "quality", score: 1 }];
    const annotations = Array.from({ length: 1001 }, (_, n) => ({ record_id: `s${n}`, values }));
    await spans.annotate("chat", annotations, { ...WINDOW, granularity: "TRACE" });
    await spans.annotate(ID, [{ record_id: "s", values }]);
    const rest = { project_id: ID, ...SENT_WINDOW, granularity: "TRACE" };
    expect(bodies("/v2/spans/annotate")).toEqual([
      { ...rest, annotations: annotations.slice(0, 1000) },
      { ...rest, annotations: annotations.slice(1000) },
      { project_id: ID, annotations: [{ record_id: "s", values }] },
    ]);
  });

  test("are annotated each once, and at least one", async () => {
    const spans = await spansOf({ "POST /v2/spans/annotate": { status: 202 } });
    const twice = Array(2).fill({ record_id: "s", values: [{ name: "quality", label: "good" }] });
    await expect(spans.annotate(ID, twice)).rejects.toBeInstanceOf(ValidationError);
    await expect(spans.annotate(ID, [])).rejects.toBeInstanceOf(ValidationError);
    expect(server.seen).toEqual([]);
  });

  test("say which of them were annotated when a later request fails", async () => {
    const spans = await spansOf({
      "POST /v2/spans/annotate": ({ body }) =>
        body.includes('"s1000"') ? { status: 404, body: { title: "Not found", status: 404 } } : { status: 202 },
    });
    const values = [{ name: "quality", score: 1 }];
    const annotations = Array.from({ length: 1500 }, (_, n) => ({ record_id: `s${n}`, values }));
    const failure = await spans.annotate(ID, annotations).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialWriteError);
    expect(failure).toMatchObject({ landed: 1000, total: 1500, resourceId: ID });
    expect(String(failure)).toContain(`project ${ID}`);
  });

  test("are deleted, 5000 a request, and the answers are one", async () => {
    const spans = await spansOf({
      "DELETE /v2/spans": (seen) => {
        const last = seen.body.includes('"s5000"');
        return {
          body: {
            completed: !last,
            deleted_span_ids: last ? [] : ["s0"],
            not_deleted_span_ids: last ? ["s5000"] : ["s1"],
          },
        };
      },
    });
    const ids = Array.from({ length: 5001 }, (_, n) => `s${n}`);
    expect(await spans.delete("chat", ids, WINDOW)).toEqual({
      completed: false,
      deleted_span_ids: ["s0"],
      not_deleted_span_ids: ["s1", "s5000"],
    });
    expect(bodies("/v2/spans")).toEqual([
      { project_id: ID, span_ids: ids.slice(0, 5000), ...SENT_WINDOW },
      { project_id: ID, span_ids: ["s5000"], ...SENT_WINDOW },
    ]);
  });

  test("that could not be deleted are asked for again, and told at last", async () => {
    const arrays = { deleted_span_ids: ["a"], not_deleted_span_ids: ["b"] };
    const spans = await spansOf({
      "DELETE /v2/spans": { status: 503, body: { title: "Unfinished", status: 503, ...arrays } },
    });
    const failure = await spans.delete(ID, ["a", "b"]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerError);
    expect(failure).toMatchObject({ attempts: 3, problem: arrays });
  });
});

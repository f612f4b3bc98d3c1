import {
  annotateSpans,
  createCategoricalAnnotationConfig,
  createProject,
  deleteSpans,
  getProject,
  listSpans,
  ResolutionError,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import {
  absent,
  allPages,
  AX_CLIENT,
  axClients,
  expectPlainRefusal,
  expectRefusal,
  unique,
} from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly, admin, member } = clients;
const space = platform.space.id;
const { service: sdk } = sdkClients(platform);
afterAll(() => sdk.close());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Math.floor(Date.now() / 1000) * 1000;
const COUNT = 7;
const idOf = (n: number): string => String(n + 1).padStart(16, "0");
const traceOf = (n: number): string => String(n + 1).padStart(32, "0");

interface Logged {
  id: string;
  name: string;
}
/** A project with one trace: a root a minute ago, and its children, each a minute older. */
const projectWithSpans = async (): Promise<Logged> => {
  const name = unique("chat");
  const spans = Array.from({ length: COUNT }, (_, n) => ({
    "context.trace_id": traceOf(0),
    "context.span_id": idOf(n),
    ...(n > 0 && { parent_id: idOf(0) }),
    name: n === 0 ? "answer" : `step ${String(n)}`,
    span_kind: n === 0 ? "CHAIN" : "LLM",
    start_time: new Date(NOW - (n + 1) * MINUTE),
    end_time: new Date(NOW - (n + 1) * MINUTE + 250),
    status_code: n === 2 ? "ERROR" : "OK",
    ...(n === 2 && { status_message: "too long" }),
    "attributes.input.value": `question ${String(n)}`,
    "attributes.llm.token_count.total": n * 10,
  }));
  await sdk.logger.logSpans(spans, { project: name });
  return { id: (await getProject({ client, project: name, space })).id, name };
};
const project = await projectWithSpans();
const label = await createCategoricalAnnotationConfig({
  ...{ client: admin, space, name: unique("quality"), values: [{ label: "good" }, { label: "bad" }] },
});
const idsOf = (spans: { context: { spanId: string } }[]): string[] => spans.map(({ context }) => context.spanId);
const all = Array.from({ length: COUNT }, (_, n) => idOf(n));

describe(AX_CLIENT, () => {
  describe("listSpans", () => {
    it("listSpans: newest first, each with what was logged", async () => {
      const { data, pagination } = await listSpans({ client: readOnly, project: project.id });
      expect(idsOf(data)).toEqual(all);
      expect(pagination).toEqual({ hasMore: false, nextCursor: undefined });
      expect(data[2]).toMatchObject({
        ...{ name: "step 2", kind: "LLM", parentId: idOf(0), statusCode: "ERROR", statusMessage: "too long" },
        context: { traceId: traceOf(0), spanId: idOf(2) },
        ...{ startTime: new Date(NOW - 3 * MINUTE), endTime: new Date(NOW - 3 * MINUTE + 250) },
        attributes: { "input.value": "question 2", "llm.token_count.total": 20 },
      });
      expect(data[0]).toMatchObject({ name: "answer", kind: "CHAIN", statusCode: "OK" });
      expect(data[0]?.parentId ?? "").toBe("");
    });
    it("listSpans: every one once, two at a time, by the project's name", async () => {
      const spans = await allPages((cursor) =>
        listSpans({ client, project: project.name, space, limit: 2, ...(cursor && { cursor }) }),
      );
      expect(idsOf(spans)).toEqual(all);
    });
    it("listSpans: start_time is included and end_time is not", async () => {
      const { data } = await listSpans({
        ...{ client, project: project.id, startTime: new Date(NOW - 4 * MINUTE), endTime: new Date(NOW - 2 * MINUTE) },
      });
      expect(idsOf(data)).toEqual([idOf(2), idOf(3)]);
    });
    it("listSpans: only what a filter holds for", async () => {
      const found = async (filter: string): Promise<string[]> =>
        idsOf((await listSpans({ client, project: project.id, filter })).data);
      expect(await found("status_code = 'ERROR'")).toEqual([idOf(2)]);
      expect(await found("span_kind = 'CHAIN'")).toEqual([idOf(0)]);
      expect(await found("attributes.llm.token_count.total >= 50 and span_kind = 'LLM'")).toEqual([idOf(5), idOf(6)]);
      expect(await found("name = 'nothing'")).toEqual([]);
    });
    it("listSpans: none of a project that has none", async () => {
      const { id } = await createProject({ client, space, name: unique("empty") });
      expect((await listSpans({ client, project: id })).data).toEqual([]);
    });
    it("listSpans: 404 for a project that does not exist, 401 for an unknown key; a name nobody has is not resolved", async () => {
      await expectPlainRefusal(listSpans({ client, project: absent("Model") }), 404);
      await expectPlainRefusal(listSpans({ client: clients.unknown, project: project.id }), 401);
      await expect(listSpans({ client, project: unique("none"), space })).rejects.toBeInstanceOf(ResolutionError);
    });
    it("listSpans: 400 for a limit over 500, a cursor and a filter that cannot be read; 422 for an empty window", async () => {
      const list = (more: object): Promise<unknown> => listSpans({ client, project: project.id, ...more });
      await expectPlainRefusal(list({ limit: 501 }), 400, /limit/);
      await expectPlainRefusal(list({ cursor: "no-cursor" }), 400, /cursor/);
      await expectPlainRefusal(list({ filter: "status_code ==== 'x'" }), 400, /filter/);
      await expectPlainRefusal(list({ filter: "  " }), 400, /filter/);
      await expectPlainRefusal(list({ startTime: new Date(NOW), endTime: new Date(NOW - 1) }), 422, /start_time/);
    });
  });

  describe("annotateSpans", () => {
    const annotate = (records: [span: string, value: object][], more: object = {}): Promise<void> =>
      annotateSpans({
        ...{ client: member, project: project.id },
        annotations: records.map(([recordId, value]) => ({ recordId, values: [{ name: label.name, ...value }] })),
        ...more,
      });
    const annotationOf = async (n: number) =>
      (await listSpans({ client, project: project.id })).data.find(({ context }) => context.spanId === idOf(n))
        ?.annotations?.[0];

    it("annotateSpans: listSpans shows it with whoever said it and when; a field left out keeps its value", async () => {
      await annotate([
        [idOf(1), { label: "good", score: 1, text: "short" }],
        [idOf(2), { label: "bad" }],
      ]);
      await annotate([[idOf(1), { label: "bad" }]], { project: project.name, space });
      expect(await annotationOf(1)).toMatchObject({ name: label.name, label: "bad", score: 1, text: "short" });
      expect((await annotationOf(1))?.annotator).toMatchObject({ id: platform.users.member });
      expect((await annotationOf(1))?.updatedAt).toBeInstanceOf(Date);
      expect(await annotationOf(2)).toMatchObject({ label: "bad" });
    });
    it("annotateSpans: 404 when one span is not in the window, and nothing is written", async () => {
      await expectRefusal(
        annotate([
          [idOf(3), { label: "good" }],
          ["f".repeat(16), { label: "good" }],
        ]),
        404,
        /f{16}/,
      );
      const older = { startTime: new Date(NOW - DAY), endTime: new Date(NOW - DAY / 2) };
      await expectRefusal(annotate([[idOf(3), { label: "good" }]], older), 404);
      expect(await annotationOf(3)).toBeUndefined();
    });
    it("annotateSpans: 400 for a name that is no config, a span named twice, and no span at all", async () => {
      await expectRefusal(annotate([[idOf(3), { name: unique("no config") }]]), 400);
      await expectRefusal(
        annotate([
          [idOf(3), { label: "good" }],
          [idOf(3), { label: "bad" }],
        ]),
        400,
        /repeats/,
      );
      await expectRefusal(annotate([]), 400, /annotations/);
    });
    it("annotateSpans: 422 for a window of more than 31 days or one that lies ahead", async () => {
      const one: [string, object][] = [[idOf(3), { label: "good" }]];
      await expectRefusal(annotate(one, { startTime: new Date(NOW - 32 * DAY) }), 422, /31 days/);
      await expectRefusal(
        annotate(one, { startTime: new Date(NOW - DAY), endTime: new Date(Date.now() + DAY) }),
        422,
        /future/,
      );
    });
    it("annotateSpans: 403 for a reader, 404 for a project that does not exist", async () => {
      const one: [string, object][] = [[idOf(3), { label: "good" }]];
      await expectRefusal(annotate(one, { client: readOnly }), 403, /PROJECT_SPAN_ANNOTATE/);
      await expectRefusal(annotate(one, { project: absent("Model") }), 404);
    });
  });

  describe("deleteSpans", () => {
    it("deleteSpans: those named are gone; ids that no span has are told; again is harmless", async () => {
      const { id, name } = await projectWithSpans();
      const unknown = "f".repeat(16);
      const first = await deleteSpans({ client: admin, project: name, space, spanIds: [idOf(1), unknown, idOf(4)] });
      expect(first.completed).toBe(true);
      expect(new Set(first.deletedSpanIds)).toEqual(new Set([idOf(1), idOf(4)]));
      expect(first.notDeletedSpanIds).toEqual([unknown]);
      const { data } = await listSpans({ client, project: id });
      expect(idsOf(data)).toEqual(all.filter((one) => one !== idOf(1) && one !== idOf(4)));
      expect(await deleteSpans({ client: admin, project: id, spanIds: [idOf(1)] })).toMatchObject({ completed: true });
    });
    it("deleteSpans: only within the window that is given", async () => {
      const { id } = await projectWithSpans();
      const answer = await deleteSpans({
        ...{ client: admin, project: id, spanIds: [idOf(1), idOf(5)], startTime: new Date(NOW - 3 * MINUTE) },
      });
      expect(answer).toEqual({ completed: true, deletedSpanIds: [idOf(1)], notDeletedSpanIds: [idOf(5)] });
    });
    it("deleteSpans: 403 for a reader, 404 for a project that does not exist, 400 for 5001 spans; none is refused before it asks", async () => {
      const spanIds = [idOf(1)];
      await expectRefusal(deleteSpans({ client: readOnly, project: project.id, spanIds }), 403, /PROJECT_SPAN_DELETE/);
      await expectRefusal(deleteSpans({ client: admin, project: absent("Model"), spanIds }), 404);
      const many = Array.from({ length: 5001 }, (_, n) => idOf(n));
      await expectRefusal(deleteSpans({ client: admin, project: project.id, spanIds: many }), 400, /span_ids/);
      await expect(deleteSpans({ client: admin, project: project.id, spanIds: [] })).rejects.toThrow(/empty/);
      expect(idsOf((await listSpans({ client, project: project.id })).data)).toEqual(all);
    });
  });

  describe("the client itself", () => {
    it("createClient, POST /v2/traces: a trace with its spans", async () => {
      const { data } = await client.POST("/v2/traces", { body: { project_id: project.id }, params: { query: {} } });
      expect(data?.traces).toMatchObject([{ trace_id: traceOf(0), root_span_id: idOf(0), spans_truncated: false }]);
      expect(data?.traces[0]?.spans).toHaveLength(COUNT);
    });
    it("createClient, GET /v2/monitors: 404 for one that does not exist", async () => {
      const { error, response } = await client.GET("/v2/monitors/{monitor_id}", {
        params: { path: { monitor_id: absent("Monitor") } },
      });
      expect([response.status, error?.status]).toEqual([404, 404]);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    });
  });
});

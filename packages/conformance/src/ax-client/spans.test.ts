import { annotateSpans, createProject, deleteSpans, listSpans } from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { otlpSpan, sendSpans } from "../support/otlp.js";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.admin;
const space = platform.space.id;

const projectWith = async (count: number): Promise<{ project: string; ids: string[] }> => {
  const name = unique("spans");
  const { id } = await createProject({ client, name, space });
  const spans = Array.from({ length: count }, (_, number) =>
    otlpSpan(`step ${String(number)}`, (count - number) * 1000),
  );
  await sendSpans(platform, name, spans);
  return { project: id, ids: spans.map(({ spanId }) => spanId) };
};

describe(AX_CLIENT, () => {
  it("listSpans: every span once, newest first", async () => {
    const { project, ids } = await projectWith(5);
    const spans = await allPages((cursor) => listSpans({ client, project, limit: 2, ...(cursor && { cursor }) }));
    expect(spans.map(({ context }) => context.spanId)).toEqual(ids.toReversed());
    expect(spans[0]).toMatchObject({ name: "step 4", kind: "LLM", statusCode: "OK" });
    expect(spans[0]?.attributes).toMatchObject({ "llm.model_name": "demo" });
  });
  it("listSpans: a filter", async () => {
    const { project } = await projectWith(3);
    const { data } = await listSpans({
      client: clients.readOnly,
      project,
      filter: "name = 'step 1' and span_kind = 'LLM'",
    });
    expect(data.map(({ name }) => name)).toEqual(["step 1"]);
  });
  // This call of the client throws a plain Error with the detail, whatever the status.
  it("listSpans: refuses a filter that cannot be read and a project that is not there", async () => {
    const { project } = await projectWith(1);
    await expect(listSpans({ client, project, filter: "name = = 'x'" })).rejects.toThrow(/filter: there is "="/);
    await expect(listSpans({ client, project: absent("Model") })).rejects.toThrow(/No such resource/);
  });
  it("deleteSpans: they are gone, and those that were not there are named", async () => {
    const { project, ids } = await projectWith(3);
    const [first = ""] = ids;
    const result = await deleteSpans({ client, project, spanIds: [first, "ffffffffffffffff"] });
    expect(result).toEqual({ completed: true, deletedSpanIds: [first], notDeletedSpanIds: ["ffffffffffffffff"] });
    const { data } = await listSpans({ client, project });
    expect(data.map(({ context }) => context.spanId)).not.toContain(first);
  });
  it("deleteSpans: only in the window (1.28)", async () => {
    const { project, ids } = await projectWith(1);
    const result = await deleteSpans({ client, project, spanIds: ids, endTime: new Date(Date.now() - 3_600_000) });
    expect(result.notDeletedSpanIds).toEqual(ids);
  });
  it("deleteSpans: 403 for a reader", async () => {
    const { project, ids } = await projectWith(1);
    await expectRefusal(deleteSpans({ client: clients.readOnly, project, spanIds: ids }), 403, /PROJECT_SPAN_DELETE/);
  });
  it("annotateSpans: read back with the annotator; 404 for a span that is not there", async () => {
    const { project, ids } = await projectWith(1);
    const name = unique("quality");
    // The client exports no call that makes an annotation config.
    await fetch(`${platform.url}/v2/annotation-configs`, {
      method: "POST",
      headers: { authorization: `Bearer ${platform.keys.admin}`, "content-type": "application/json" },
      body: JSON.stringify({ name, space_id: space, annotation_config_type: "FREEFORM" }),
    });
    const [recordId = ""] = ids;
    await annotateSpans({ client, project, annotations: [{ recordId, values: [{ name, text: "good" }] }] });
    const { data } = await listSpans({ client, project });
    expect(data[0]?.annotations).toMatchObject([{ name, text: "good", annotator: { id: platform.users.admin } }]);
    await expectRefusal(
      annotateSpans({
        client,
        project,
        annotations: [{ recordId: "ffffffffffffffff", values: [{ name, text: "x" }] }],
      }),
      404,
    );
  });
});

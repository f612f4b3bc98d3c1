import { ModelRecordPage, ProjectEnvironments, type ModelRecord } from "@axlab/wire/console";
import { ProjectPage, Role } from "@axlab/wire/rest";
import { WireEnvironment } from "@axlab/wire/ingest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { suite } from "../../testing/suite.js";
import { delays, FIRST_AT, streamOf, upload } from "../../testing/uploads.js";
import type { Person } from "../../testing/world.js";

const at = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await at.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

/** Uploads records and tells the id of their project. */
async function logged(rows: number, environment = WireEnvironment.PRODUCTION): Promise<string> {
  const body = streamOf(delays(rows, { environment }), 4);
  const { status } = await upload(listening.url, at.world.keys.pipeline, at.world.spaces.main, body);
  expect(status).toBe(200);
  const { projects } = (await at.world.as("admin").get("/v2/projects")).read(ProjectPage);
  return projects.find(({ name }) => name === "delays")?.id ?? "";
}
const recordsPath = (project: string, query = "environment=PRODUCTION"): string =>
  `/console/projects/${project}/records?${query}`;
const environmentsOf = async (who: Person, project: string): Promise<string[]> =>
  (await at.world.as(who).get(`/console/projects/${project}/environments`)).read(ProjectEnvironments).environments;

describe("GET /console/projects/{project_id}/records", () => {
  it("gives every column of a record, newest first", async () => {
    const project = await logged(4);
    const { records } = (await at.world.as("reader").get(recordsPath(project))).read(ModelRecordPage);
    expect(records.map(({ predictionID }) => predictionID)).toEqual(["f3", "f2", "f1", "f0"]);
    expect(records[0]).toEqual({
      time: new Date(FIRST_AT + 3000).toISOString(),
      predictionID: "f3",
      numericPredictionLabel: 0.75,
      numericActualLabel: 1.5,
      distance: 103,
      carrier__tag: null,
      modelVersion: "1",
    });
    expect(records[1]).toMatchObject({ carrier__tag: "C2" });
  });

  it("goes on where the page before ended, to the last record", async () => {
    const project = await logged(11);
    const seen: ModelRecord[] = [];
    let cursor = "";
    do {
      const page = await at.world.as("reader").get(recordsPath(project, `environment=PRODUCTION&limit=4${cursor}`));
      const { records, pagination } = page.read(ModelRecordPage);
      seen.push(...records);
      cursor = pagination.has_more ? `&cursor=${pagination.next_cursor ?? ""}` : "";
    } while (cursor !== "");
    expect(seen.map(({ predictionID }) => predictionID)).toEqual(
      Array.from({ length: 11 }, (_, row) => `f${10 - row}`),
    );
  });

  it("asks for an environment of models, and for a cursor of its own", async () => {
    const project = await logged(1);
    for (const query of ["environment=TRACING", "", "environment=PRODUCTION&cursor=eyJzIjoxfQ"])
      expect((await at.world.as("reader").get(recordsPath(project, query))).status).toBe(400);
  });

  it("needs ML_MODEL_READ, as an export over Flight does, and hides the project from outsiders", async () => {
    const project = await logged(1);
    expect((await at.world.as("outsider").get(recordsPath(project))).status).toBe(404);
    await restrictTo(project, ["PROJECT_READ", "PROJECT_SPAN_READ"]);
    const refused = await at.world.as("orgMember").get(recordsPath(project));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("ML_MODEL_READ");
  });
});

describe("GET /console/projects/{project_id}/environments", () => {
  it("names those in which something lies and that the caller may read", async () => {
    const project = await logged(1, WireEnvironment.TRAINING);
    expect(await environmentsOf("reader", project)).toEqual(["TRAINING"]);
    await logged(1);
    expect(await environmentsOf("reader", project)).toEqual(["PRODUCTION", "TRAINING"]);
    await restrictTo(project, ["PROJECT_READ", "PROJECT_SPAN_READ"]);
    expect(await environmentsOf("orgMember", project)).toEqual([]);
  });

  it("is hidden with its project", async () => {
    const project = await logged(1);
    const hidden = await at.world.as("outsider").get(`/console/projects/${project}/environments`);
    expect(hidden.status).toBe(404);
  });
});

/** Restricts the project, on which orgMember then holds these permissions alone. */
async function restrictTo(project: string, permissions: readonly string[]): Promise<void> {
  const admin = at.world.as("admin");
  expect((await admin.post("/v2/resource-restrictions", { resource_id: project })).status).toBe(200);
  const role = (await admin.post("/v2/roles", { name: `on ${project}`, permissions })).read(Role);
  const bound = await admin.post("/v2/role-bindings", {
    user_id: at.world.people.orgMember,
    role_id: role.id,
    resource_type: "PROJECT",
    resource_id: project,
  });
  expect(bound.status).toBe(201);
}

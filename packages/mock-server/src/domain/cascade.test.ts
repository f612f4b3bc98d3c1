import { describe, expect, it } from "vitest";
import { suite } from "../testing/suite.js";
import { chunks, ROWS_PER_INSERT } from "./rows.js";

const at = suite();

/** More than SQLite binds to one statement, which is 32 766. */
const MANY = 33_000;
const numbers = Array.from({ length: MANY }, (_, number) => number);

/** A space with so many experiments, prompts, tasks and versions of a dataset, put there past the API, which would take minutes. */
async function fill(): Promise<void> {
  const { accountId: account_id, spaces, people } = at.world;
  const { db } = at.platform.domain.core.store;
  const stamps = { created_at: 1, updated_at: 1 };
  const inSpace = { account_id, space_id: spaces.second, ...stamps };
  const named = (kind: string, seq: number) => ({ id: `${kind}${seq}`, seq, name: `${kind}${seq}` });
  await db
    .insertInto("datasets")
    .values({ ...named("dataset", 1), ...inSpace })
    .execute();
  for (const some of chunks(numbers, ROWS_PER_INSERT)) {
    await db
      .insertInto("experiments")
      .values(
        some.map((seq) => ({
          ...named("experiment", seq),
          ...inSpace,
          dataset_id: null,
          dataset_version_id: null,
          scope_id: spaces.second,
          traces_project_id: null,
          columns: null,
        })),
      )
      .execute();
    await db
      .insertInto("prompts")
      .values(
        some.map((seq) => ({
          ...named("prompt", seq),
          ...inSpace,
          description: null,
          tags: "[]",
          created_by_user_id: people.admin,
        })),
      )
      .execute();
    await db
      .insertInto("dataset_versions")
      .values(some.map((seq) => ({ ...named("version", seq), dataset_id: "dataset1", columns: "[]", ...stamps })))
      .execute();
    await db
      .insertInto("tasks")
      .values(
        some.map((seq) => ({
          ...named("task", seq),
          ...inSpace,
          type: "RUN_EXPERIMENT" as const,
          project_id: null,
          dataset_id: "dataset1",
          sampling_rate: null,
          is_continuous: 0 as const,
          query_filter: null,
          evaluators: "[]",
          experiment_ids: "[]",
          run_configuration: null,
          last_run_at: null,
          created_by_user_id: people.admin,
        })),
      )
      .execute();
  }
}

const left = async (table: "experiments" | "prompts" | "dataset_versions" | "tasks"): Promise<number> => {
  const { db } = at.platform.domain.core.store;
  const { count } = await db
    .selectFrom(table)
    .select((query) => query.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
};

describe("what goes with a space", () => {
  it("is all of it, however many ids that are", async () => {
    await fill();
    expect(await left("tasks")).toBe(MANY);
    expect((await at.world.as("admin").delete(`/v2/spaces/${at.world.spaces.second}`)).status).toBe(204);
    for (const table of ["experiments", "prompts", "dataset_versions", "tasks"] as const)
      expect(await left(table), table).toBe(0);
  }, 240_000);
});

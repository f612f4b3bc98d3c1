import {
  Dataset,
  DatasetExamplePage,
  DatasetVersionWithExampleIds,
  Experiment,
  ExperimentRunPage,
  ExperimentWithRunIds,
} from "@axlab/wire/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Platform } from "../../../platform.js";
import { Client } from "../../../testing/client.js";
import { testDatabase } from "../../../testing/database.js";
import { createWorld, type World } from "../../../testing/world.js";

const shared = process.env["AXLAB_TEST_POSTGRES"] !== undefined;
const WRITES = 20;
const ROWS = 25;

// SQLite has one platform a file; several on one PostgreSQL is what `docs/` promises (decisions/0005).
describe.skipIf(!shared)("two platforms on one PostgreSQL", () => {
  let platforms: Platform[];
  let world: World;
  let one: Client;
  let other: Client;
  beforeAll(async () => {
    const db = await testDatabase();
    const first = await Platform.create({ seed: "empty", db });
    world = await createWorld(first);
    const second = await Platform.create({ seed: "empty", db });
    platforms = [first, second];
    one = new Client(first, world.keys.member);
    other = new Client(second, world.keys.member);
  });
  afterAll(() => Promise.all(platforms.map((platform) => platform.close())));

  const atOnce = <T>(write: (client: Client, n: number) => Promise<T>): Promise<T[]> =>
    Promise.all([one, other].flatMap((client) => Array.from({ length: WRITES }, (_, n) => write(client, n))));

  async function all<T>(
    path: string,
    read: (client: Client, path: string) => Promise<{ items: T[]; next?: string | null | undefined }>,
  ): Promise<T[]> {
    const found: T[] = [];
    let cursor = "";
    for (;;) {
      const { items, next } = await read(other, `${path}?limit=500${cursor}`);
      found.push(...items);
      if (!next) return found;
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
  }

  it("keep every example that both append to one dataset, each id once", async () => {
    const made = (
      await one.post("/v2/datasets", { name: "d", space_id: world.spaces.main, examples: [{ n: -1 }] })
    ).read(Dataset);
    const path = `/v2/datasets/${made.id}/examples`;
    const added = await atOnce(async (client, n) => {
      const examples = Array.from({ length: ROWS }, (_, row) => ({ n: n * ROWS + row }));
      return (await client.post(path, { examples })).read(DatasetVersionWithExampleIds).example_ids;
    });
    const stored = await all(path, async (client, at) => {
      const { examples, pagination } = (await client.get(at)).read(DatasetExamplePage);
      return { items: examples, next: pagination.next_cursor };
    });
    expect(stored).toHaveLength(1 + 2 * WRITES * ROWS);
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(added.flat()));
    const times = new Map<unknown, number>();
    for (const { n } of stored) times.set(n, (times.get(n) ?? 0) + 1);
    expect([...times.values()].filter((count) => count !== 2)).toEqual([1]);
  });

  it("keep every run that both append to one experiment", async () => {
    const made = (
      await one.post("/v2/experiments", {
        name: "e",
        space_id: world.spaces.main,
        experiment_runs: [{ output: "first" }],
      })
    ).read(Experiment);
    const path = `/v2/experiments/${made.id}/runs`;
    const added = await atOnce(async (client, n) => {
      const experiment_runs = Array.from({ length: ROWS }, (_, row) => ({ output: `${n} ${row}` }));
      return (await client.post(path, { experiment_runs })).read(ExperimentWithRunIds).run_ids;
    });
    const stored = await all(path, async (client, at) => {
      const { experiment_runs, pagination } = (await client.get(at)).read(ExperimentRunPage);
      return { items: experiment_runs, next: pagination.next_cursor };
    });
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(added.flat()));
    expect(stored).toHaveLength(1 + 2 * WRITES * ROWS);
  });
});

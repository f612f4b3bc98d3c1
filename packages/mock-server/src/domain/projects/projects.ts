import { formatTimestamp } from "@axlab/wire";
import type { Project } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import type { ProjectRow, SpaceRow } from "../../store/tables/index.js";
import { deleteProjects } from "../cascade.js";
import { locate, projectRef } from "../locate.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import type { SpaceFilter } from "../space-scope.js";

/** Projects, which are the same thing as models: what records and spans are logged into, by name. */
export class Projects {
  constructor(private readonly core: Core) {}

  async list(
    caller: Caller,
    request: PageRequest & SpaceFilter & { name?: string | undefined },
  ): Promise<Page<ProjectRow>> {
    const { store, gate } = this.core;
    const { accountId } = caller.principal;
    if (request.space_id !== undefined)
      gate.require(caller, "SPACE_READ", (await locate(store.db, "space", request.space_id))?.ref ?? null);
    const [spaces, restrictions] = await Promise.all([
      store.db.selectFrom("spaces").selectAll().where("account_id", "=", accountId).execute(),
      store.db.selectFrom("resource_restrictions").select("project_id").where("account_id", "=", accountId).execute(),
    ]);
    const spaceName = request.space_name?.toLowerCase();
    const inScope = new Map(
      spaces
        .filter((space) => spaceName === undefined || space.name.toLowerCase().includes(spaceName))
        .map((space) => [space.id, space]),
    );
    const restricted = new Set(restrictions.map((row) => row.project_id));
    return pageBySeq(
      request,
      (after, count) => {
        let rows = store.db
          .selectFrom("projects")
          .selectAll()
          .where("account_id", "=", accountId)
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.space_id !== undefined) rows = rows.where("space_id", "=", request.space_id);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
      (row) => {
        const space = inScope.get(row.space_id);
        return space !== undefined && gate.may(caller, "PROJECT_READ", projectRef(row, space, restricted.has(row.id)));
      },
    );
  }

  async create(space: SpaceRow, name: string, modelType = "GENERATIVE_LLM"): Promise<ProjectRow> {
    return withUniqueName("a project", name, "space", () =>
      this.core.store.transaction((tx) => this.#insert(tx, space, name, modelType)),
    );
  }

  async find(space: Pick<SpaceRow, "id">, name: string): Promise<ProjectRow | undefined> {
    return this.core.store.db
      .selectFrom("projects")
      .selectAll()
      .where("space_id", "=", space.id)
      .where("name", "=", name)
      .executeTakeFirst();
  }

  async rename(row: ProjectRow, name: string): Promise<ProjectRow> {
    const updated_at = this.core.clock.now();
    await withUniqueName("a project", name, "space", () =>
      this.core.store.db.updateTable("projects").set({ name, updated_at }).where("id", "=", row.id).execute(),
    );
    return { ...row, name, updated_at };
  }

  async delete(row: ProjectRow): Promise<void> {
    await this.core.epoch.change((tx) => deleteProjects(tx, [row.id]));
  }

  async #insert(tx: Db, space: SpaceRow, name: string, modelType: string): Promise<ProjectRow> {
    const now = this.core.clock.now();
    const row: ProjectRow = {
      ...(await this.core.store.newId(tx, "Model")),
      account_id: space.account_id,
      space_id: space.id,
      name,
      model_type: modelType,
      created_at: now,
      updated_at: now,
    };
    await tx.insertInto("projects").values(row).execute();
    return row;
  }
}

export const presentProject = (row: ProjectRow): Project => ({
  id: row.id,
  name: row.name,
  space_id: row.space_id,
  created_at: formatTimestamp(row.created_at),
});

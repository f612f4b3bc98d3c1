import { formatTimestamp } from "@axlab/wire";
import type { ResourceRestriction } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { ProjectRow, ResourceRestrictionRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";

/** Projects that only admins and those bound on the project itself may reach. */
export class Restrictions {
  constructor(private readonly core: Core) {}

  /** Those that the caller may lift (PROJECT_RESTRICT on the project), in the order in which the projects were made. */
  async list(caller: Caller, request: PageRequest): Promise<Page<ResourceRestriction>> {
    const { store, gate } = this.core;
    return pageBySeq(
      request,
      (after, count) => {
        const rows = store.db
          .selectFrom("resource_restrictions")
          .selectAll()
          .where("account_id", "=", caller.principal.accountId)
          .orderBy("seq")
          .limit(count);
        return (after === undefined ? rows : rows.where("seq", ">", after)).execute();
      },
      presentRestriction,
      async (row) => {
        const project = await locate(store.db, "project", row.project_id);
        return project !== null && gate.may(caller, "PROJECT_RESTRICT", project.ref);
      },
    );
  }

  /** Restricting a restricted project changes nothing. Whoever calls has asked the gate for PROJECT_RESTRICT. */
  async restrict(project: ProjectRow): Promise<ResourceRestrictionRow> {
    const { epoch, clock } = this.core;
    return epoch.change(async (tx) => {
      const before = await tx
        .selectFrom("resource_restrictions")
        .selectAll()
        .where("project_id", "=", project.id)
        .executeTakeFirst();
      if (before !== undefined) return before;
      const row: ResourceRestrictionRow = {
        project_id: project.id,
        seq: project.seq,
        account_id: project.account_id,
        created_at: clock.now(),
      };
      await tx.insertInto("resource_restrictions").values(row).execute();
      return row;
    });
  }

  /** @throws NotFoundError when the project is not restricted */
  async lift(project: ProjectRow): Promise<void> {
    await this.core.epoch.change(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom("resource_restrictions")
        .where("project_id", "=", project.id)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) throw new NotFoundError();
    });
  }
}

export const presentRestriction = (row: ResourceRestrictionRow): ResourceRestriction => ({
  resource_type: "PROJECT",
  resource_id: row.project_id,
  created_at: formatTimestamp(row.created_at),
});

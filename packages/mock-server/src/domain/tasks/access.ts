import type { Permission, ResourceRef } from "@axlab/auth";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { TaskRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";

type Action = "CREATE" | "READ" | "UPDATE" | "DELETE";
type Source = Pick<TaskRow, "project_id" | "dataset_id">;

/** A task on a project is decided on the project, so that a restricted one is respected; one on a dataset on its space. */
const permission = ({ project_id }: Source, action: Action): Permission =>
  project_id === null ? `EXPERIMENT_EVAL_TASK_${action}` : `PROJECT_EVAL_TASK_${action}`;

/** Who sees and changes a task (`decisions/0036`). */
export class TaskAccess {
  constructor(private readonly core: Core) {}

  /** @throws NotFoundError, ForbiddenError */
  async require(caller: Caller, source: Source, action: Action): Promise<void> {
    const read = action === "CREATE" ? undefined : permission(source, "READ");
    this.core.gate.require(caller, permission(source, action), await this.#refOf(source), read);
  }

  /** As `require` of READ, but every refusal is a 404. @throws NotFoundError */
  async requireSeen(caller: Caller, source: Source): Promise<void> {
    if (!(await this.sees(caller, source))) throw new NotFoundError();
  }

  async sees(caller: Caller, source: Source): Promise<boolean> {
    const ref = await this.#refOf(source);
    return ref !== null && this.core.gate.may(caller, permission(source, "READ"), ref);
  }

  async #refOf({ project_id, dataset_id }: Source): Promise<ResourceRef | null> {
    const { db } = this.core.store;
    const found =
      project_id === null ? await locate(db, "dataset", dataset_id ?? "") : await locate(db, "project", project_id);
    return found?.ref ?? null;
  }
}

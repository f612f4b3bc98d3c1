import { ProjectEnvironment } from "@axlab/wire/console";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Located } from "../locate.js";
import { readPermission } from "./target.js";

/** The environments of a project in which something lies, as far as the caller may read it. */
export async function readableEnvironments(
  { store, gate }: Core,
  caller: Caller,
  { entity, ref }: Located<"project">,
): Promise<ProjectEnvironment[]> {
  const uploads = await store.db
    .selectFrom("record_uploads")
    .select("environment")
    .distinct()
    .where("project_id", "=", entity.id)
    .where("state", "=", "ready")
    .execute();
  const filled = new Set(uploads.map(({ environment }) => environment));
  return ProjectEnvironment.options.filter(
    (environment) => filled.has(environment) && gate.may(caller, readPermission(environment), ref),
  );
}

import type { Permission } from "@axlab/auth";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ProjectRow, SpaceRow } from "../../store/tables/index.js";
import { locate, type Located } from "../locate.js";

/** Where an upload goes: into a space, under a name; the project of that name is made when the upload is complete. */
export interface Target {
  space: SpaceRow;
  name: string;
  /** null: what is sent leaves it open */
  modelType: string | null;
  environment: string;
}

/** A space, and the project of a name in it, if there is one. Says nothing of who may know. */
export interface Destination {
  space: Located<"space">;
  project: ProjectRow | undefined;
  /** where access is decided */
  located: Located<"project"> | Located<"space"> | null;
}

/** @throws NotFoundError, InvalidRequestError when there is no such space */
export const findDestination = async (core: Core, spaceId: string | null, name: string): Promise<Destination> =>
  destinationIn(core, await writableSpace(core, spaceId), name);

async function destinationIn(core: Core, space: Located<"space">, name: string): Promise<Destination> {
  const project = await core.store.db
    .selectFrom("projects")
    .selectAll()
    .where("space_id", "=", space.entity.id)
    .where("name", "=", name)
    .executeTakeFirst();
  const located = project === undefined ? space : await locate(core.store.db, "project", project.id);
  return { space, project, located };
}

/** A model whose records have not yet shown of which type it is. */
const UNKNOWN_TYPE = "UNKNOWN";

/**
 * Finds where an upload goes and asks whether it may: records need ML_MODEL_UPDATE on their model, or ML_MODEL_CREATE on the space when
 * there is none yet; spans PROJECT_SPAN_CREATE and evaluations PROJECT_SPAN_UPDATE on their project, or on the space.
 * @throws NotFoundError, ForbiddenError, InvalidRequestError when the model is of another type
 */
export async function findWritable(
  core: Core,
  caller: Caller,
  spaceId: string | null,
  described: Omit<Target, "space">,
  kind: "records" | "overlay" = "records",
  destination: Promise<Destination> = findDestination(core, spaceId, described.name),
): Promise<Target> {
  const tracing = described.environment === "TRACING";
  const { space, project, located } = await destination;
  const spanPermission: Permission = kind === "overlay" ? "PROJECT_SPAN_UPDATE" : "PROJECT_SPAN_CREATE";
  const needed = tracing ? spanPermission : project === undefined ? "ML_MODEL_CREATE" : "ML_MODEL_UPDATE";
  try {
    core.gate.require(caller, needed, located?.ref ?? null);
  } catch (error) {
    throw error instanceof NotFoundError ? notWritable() : error;
  }
  const target: Target = { space: space.entity, ...described };
  if (project !== undefined) await requireSameType(core.store.db, project, target);
  return target;
}

/**
 * Finds what is read from: records need ML_MODEL_READ, spans PROJECT_SPAN_READ on their project. A project that is not there and one
 * that may not be seen are answered alike.
 * @throws NotFoundError, ForbiddenError
 */
export async function findReadable(
  core: Core,
  caller: Caller,
  spaceId: string,
  name: string,
  environment: string,
): Promise<ProjectRow> {
  return findProject(core, caller, spaceId, name, readPermission(environment));
}

/** What it takes to read the records of an environment. */
export const readPermission = (environment: string): Permission =>
  environment === "TRACING" ? "PROJECT_SPAN_READ" : "ML_MODEL_READ";

/** The project of a name, with `permission` on it. @throws NotFoundError, ForbiddenError */
export async function findProject(
  core: Core,
  caller: Caller,
  spaceId: string,
  name: string,
  permission: Permission,
): Promise<ProjectRow> {
  const missing = new NotFoundError(`This space has no model or project named "${name}", or this key may not see it.`);
  const space = await locate(core.store.db, "space", spaceId);
  const found = space === null ? null : await destinationIn(core, space, name);
  try {
    core.gate.require(caller, permission, found?.located?.ref ?? null);
  } catch (error) {
    throw error instanceof NotFoundError ? missing : error;
  }
  if (found?.project === undefined) throw missing;
  return found.project;
}

async function writableSpace(core: Core, spaceId: string | null): Promise<Located<"space">> {
  if (spaceId === null || spaceId === "")
    throw new InvalidRequestError(
      "No space: send the space's id in the header arize-space-id (Space Settings shows it).",
    );
  const found = await locate(core.store.db, "space", spaceId);
  if (found === null) throw notWritable();
  return found;
}

/** The same of a space that is not there, of one that may not be seen, and of a project in it that may not. */
const notWritable = (): NotFoundError =>
  new NotFoundError(
    "No such space or project, or this key may not see it. Check the space's id (Space Settings shows it).",
  );

/** A model keeps the type of its first records. Documents and spans go to a model of any type. */
async function requireSameType(db: Db, project: ProjectRow, { modelType, environment, name }: Target): Promise<void> {
  if (
    environment === "CORPUS" ||
    environment === "TRACING" ||
    modelType === null ||
    project.model_type === modelType ||
    project.model_type === UNKNOWN_TYPE
  )
    return;
  const records = await db
    .selectFrom("record_uploads")
    .select("id")
    .where("project_id", "=", project.id)
    .where("environment", "not in", ["CORPUS", "TRACING"])
    .where("state", "=", "ready")
    .limit(1)
    .executeTakeFirst();
  if (records === undefined) return;
  throw new InvalidRequestError(
    `The model "${name}" is of type ${project.model_type}, and this upload is of type ${modelType}; send it under another model id.`,
  );
}

/** The project of the target's name, made now if there is none. @throws NotFoundError when the space went meanwhile */
export async function adoptProject(core: Core, tx: Db, target: Target): Promise<ProjectRow> {
  const { space, name, modelType } = target;
  const now = core.clock.now();
  const there = await tx.selectFrom("spaces").select("id").where("id", "=", space.id).executeTakeFirst();
  if (there === undefined) throw new NotFoundError();
  const named = tx.selectFrom("projects").selectAll().where("space_id", "=", space.id).where("name", "=", name);
  let project = await named.executeTakeFirst();
  if (project === undefined) {
    const fresh: ProjectRow = {
      ...(await core.store.newId(tx, "Model")),
      account_id: space.account_id,
      space_id: space.id,
      name,
      model_type: modelType ?? UNKNOWN_TYPE,
      created_at: now,
      updated_at: now,
    };
    await tx
      .insertInto("projects")
      .values(fresh)
      .onConflict((conflict) => conflict.columns(["space_id", "name"]).doNothing())
      .execute();
    project = await named.executeTakeFirstOrThrow();
    if (project.id === fresh.id) return project;
  }
  await requireSameType(tx, project, target);
  const model_type =
    target.environment === "CORPUS" || target.environment === "TRACING"
      ? project.model_type
      : (modelType ?? project.model_type);
  await tx.updateTable("projects").set({ updated_at: now, model_type }).where("id", "=", project.id).execute();
  return { ...project, updated_at: now, model_type };
}

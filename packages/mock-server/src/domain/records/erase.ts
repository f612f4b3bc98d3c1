import { schemaMessage } from "@axlab/wire/arrow";
import { randomUUID } from "node:crypto";
import { Schema } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { nextUploadSeq } from "./uploads.js";

export interface ErasedWindow {
  environments: readonly string[];
  /** included, in milliseconds */
  start: number;
  /** not included */
  end: number;
}

/**
 * Deletes what a project holds in a window of time. As with `deleteSpans`, what is stored is not rewritten: the window is stored after it
 * (`decisions/0052`), so that an export that has begun gives what it promised, and a record that is sent again counts as new.
 * Deleting spans needs PROJECT_SPAN_DELETE, deleting records ML_MODEL_DELETE; each is asked where there are any.
 * @throws NotFoundError, ForbiddenError, InvalidRequestError for an empty window; then nothing was deleted
 */
export async function eraseWindow(
  core: Core,
  caller: Caller,
  project: ProjectRow,
  window: ErasedWindow,
): Promise<void> {
  const { store, gate, clock } = core;
  const place = await locate(store.db, "project", project.id);
  const held = await store.db
    .selectFrom("record_uploads")
    .select("environment")
    .distinct()
    .where("project_id", "=", project.id)
    .where("environment", "in", window.environments)
    .where("state", "=", "ready")
    .execute();
  const environments = held.map(({ environment }) => environment);
  for (const environment of environments.length === 0 ? window.environments : environments)
    gate.require(caller, environment === "TRACING" ? "PROJECT_SPAN_DELETE" : "ML_MODEL_DELETE", place?.ref ?? null);
  if (window.start >= window.end) throw new InvalidRequestError("startDate: it must lie before endDate.");
  await store.transaction(async (tx) => {
    for (const environment of environments)
      await tx
        .insertInto("record_uploads")
        .values({
          id: randomUUID(),
          seq: await nextUploadSeq(tx),
          account_id: project.account_id,
          space_id: project.space_id,
          project_id: project.id,
          environment,
          kind: "erasure",
          time_rank: 0,
          model_version: null,
          batch_id: null,
          state: "ready",
          rows: 0,
          bytes: 0,
          schema: "",
          arrow_schema: Buffer.from(schemaMessage(NOTHING).header),
          min_time: Math.ceil(window.start),
          max_time: Math.ceil(window.end),
          key_id: caller.principal.key?.id ?? null,
          received_at: clock.now(),
        })
        .execute();
  });
}

const NOTHING = new Schema([]);

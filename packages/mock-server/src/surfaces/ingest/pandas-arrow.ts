import { readIpcMessages } from "@axlab/wire/arrow";
import { INGEST_PATHS, type IngestCaller } from "@axlab/wire/ingest";
import type { Context } from "hono";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import type { HttpEnv } from "../http-env.js";
import { noting } from "../received.js";
import { bodyChunks } from "./body.js";

/** `POST /v1/pandas_arrow`: a table of records, spans or evaluations as an Arrow stream. Answered when every row can be queried. */
export async function receiveBatch(
  context: Context<HttpEnv>,
  domain: Domain,
  caller: Caller,
  sender: IngestCaller,
): Promise<Response> {
  const seen = context.get("seen");
  seen.operation = `POST ${INGEST_PATHS.batch}`;
  const { uploadBytes } = domain.core.limits;
  const messages = readIpcMessages(bodyChunks(context, uploadBytes), { maxBodyBytes: uploadBytes });
  const { rows, space, project } = await domain.records.receive(
    caller,
    sender.spaceId ?? sender.spaceKey,
    noting(messages, seen.received),
  );
  seen.rows = rows;
  const console = new URL(`/spaces/${space.id}/models/${project.id}`, context.req.url);
  return context.json({ realTimeIngestionUri: console.href });
}

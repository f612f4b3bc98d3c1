import { INGEST_PATHS, parseRecord, type IngestCaller } from "@axlab/wire/ingest";
import type { Context } from "hono";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import type { HttpEnv } from "../http-env.js";
import { noteBody } from "../received.js";
import { bodyChunks } from "./body.js";

/** `POST /v1/log`: one record as protobuf JSON. Answered when it can be queried. */
export async function receiveRecord(
  context: Context<HttpEnv>,
  domain: Domain,
  caller: Caller,
  sender: IngestCaller,
): Promise<Response> {
  const seen = context.get("seen");
  seen.operation = `POST ${INGEST_PATHS.record}`;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(context, domain.core.limits.jsonBytes)) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  noteBody(seen.received, body);
  const record = parseRecord(body.toString("utf8"));
  await domain.records.log(caller, sender.spaceId ?? sender.spaceKey ?? (record.spaceKey || null), record);
  seen.rows = 1;
  return context.json({});
}

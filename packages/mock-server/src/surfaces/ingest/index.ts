import { IngestFormatError, ingestOperation, readIngestCaller, type IngestCaller } from "@axlab/wire/ingest";
import { Hono, type Context } from "hono";
import type { Authenticator } from "../../access/authenticate.js";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { InvalidRequestError, UnsupportedMediaTypeError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { receiving } from "../received.js";
import { receiveRecord } from "./log.js";
import { receiveBatch } from "./pandas-arrow.js";

/** The two endpoints of the v1 loggers, under `/v1` or bare, with doubled slashes forgiven (`spec/ingest.md §2.1`). */
export function ingestSurface(domain: Domain, authenticator: Pick<Authenticator, "authenticate">): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post("*", async (context, next) => {
    const operation = ingestOperation(context.req.path);
    if (operation === null) return next();
    context.get("seen").received = receiving(context.req.raw.headers);
    const sender = readIngestCaller(context.req.raw.headers);
    const caller = await callerOf(context, sender, authenticator);
    refusePacked(context.req.header("content-encoding"));
    return operation === "batch"
      ? receiveBatch(context, domain, caller, sender)
      : asRequestErrors(() => receiveRecord(context, domain, caller, sender));
  });
  return app;
}

/** No logger packs a body (`spec/ingest.md §3.2`); what cannot be read is not called a broken table. */
function refusePacked(encoding = "identity"): void {
  if (/^\s*(identity)?\s*$/i.test(encoding)) return;
  throw new UnsupportedMediaTypeError(
    `content-encoding: ${encoding} is not read here; send the body as it is. Arrow's own LZ4 and ZSTD buffers are read.`,
  );
}

async function asRequestErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IngestFormatError) throw new InvalidRequestError(`${error.message}.`, { cause: error });
    throw error;
  }
}

async function callerOf(
  context: Context<HttpEnv>,
  sender: IngestCaller,
  authenticator: Pick<Authenticator, "authenticate">,
): Promise<Caller> {
  const seen = context.get("seen");
  const principal = await authenticator.authenticate(sender.apiKey ?? undefined);
  seen.userId = principal.userId;
  if (principal.key) seen.keyId = principal.key.id;
  return {
    principal,
    surface: "ingest",
    client: sender.sdk.language === null ? null : { language: sender.sdk.language, version: sender.sdk.version ?? "" },
    requestId: context.get("requestId"),
    address: context.env?.incoming?.socket?.remoteAddress ?? "in-process",
  };
}

import { readClientVersion } from "@axlab/wire";
import {
  decodeTraceRequest,
  decodeTraceRequestJson,
  encodeTraceResponse,
  OTLP_PATHS,
  OtlpFormatError,
  traceResponseJson,
} from "@axlab/wire/otlp";
import { Hono, type Context } from "hono";
import { gunzipSync, inflateSync } from "node:zlib";
import type { Authenticator } from "../../access/authenticate.js";
import type { Domain } from "../../domain/domain.js";
import { InvalidRequestError, UnsupportedMediaTypeError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { bodyChunks } from "../ingest/body.js";
import { addressOf } from "../rest/index.js";
import { receiving } from "../received.js";
import { firstHeader, OTLP_HEADERS, receiveTraces } from "./receive-traces.js";

const PROTOBUF = "application/x-protobuf";

/** OTLP over HTTP: `POST /v1/traces` as protobuf or JSON, plain, gzip or deflate, which is what the exporters have. */
export function otlpSurface(domain: Domain, authenticator: Pick<Authenticator, "authenticate">): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post(OTLP_PATHS.http, async (context) => {
    const seen = context.get("seen");
    seen.operation = `POST ${OTLP_PATHS.http}`;
    seen.received = receiving(context.req.raw.headers);
    const get = (name: string): string | undefined => context.req.header(name);
    const principal = await authenticator.authenticate(firstHeader(OTLP_HEADERS.key, get));
    seen.userId = principal.userId;
    if (principal.key) seen.keyId = principal.key.id;
    const caller = {
      principal,
      surface: "otlp" as const,
      client: readClientVersion(get),
      requestId: context.get("requestId"),
      address: addressOf(context),
    };
    const body = await wholeBody(context, domain.core.limits.uploadBytes);
    const json = (context.req.header("content-type") ?? PROTOBUF).includes("json");
    const request = decoded(() =>
      json ? decodeTraceRequestJson(new TextDecoder().decode(body)) : decodeTraceRequest(body),
    );
    const { rows, outcome } = await receiveTraces(
      domain,
      caller,
      firstHeader(OTLP_HEADERS.space, get) ?? null,
      request,
    );
    seen.rows = rows;
    if (json) return context.json(traceResponseJson(outcome));
    return context.body(Uint8Array.from(encodeTraceResponse(outcome)).buffer, 200, { "content-type": PROTOBUF });
  });
  return app;
}

/** One export holds one batch of an exporter, so it is read whole. */
async function wholeBody(context: Context<HttpEnv>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(context, maxBytes)) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const encoding = (context.req.header("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return body;
  const unpack = UNPACKERS.get(encoding);
  if (unpack === undefined)
    throw new UnsupportedMediaTypeError(`content-encoding: ${encoding} is not read here; send gzip, deflate or none.`);
  try {
    return unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new InvalidRequestError(`body: said to be ${encoding}, and cannot be unpacked as that.`, { cause: error });
  }
}

const UNPACKERS = new Map([
  ["gzip", gunzipSync],
  ["deflate", inflateSync],
]);

function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof OtlpFormatError) throw new InvalidRequestError(`${error.message}.`, { cause: error });
    throw error;
  }
}

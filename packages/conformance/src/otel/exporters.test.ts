import { Metadata } from "@grpc/grpc-js";
import { context, SpanKind, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as GrpcExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service } = sdkClients(platform);
afterAll(() => service.close());

type Headers = Record<string, string>;
type Compression = "none" | "gzip";

/** The names that exporters are given in the documentation of Arize, and those of the loggers. */
const authorized = (key: string): Headers => ({ authorization: key, "arize-space-id": platform.space.id });
const named = (key: string): Headers => ({ api_key: key, space_id: platform.space.id });

// The exporters' type of it is an enum that none of their packages exports.
const options = (
  headers: Headers,
  compression: Compression,
): { url: string; headers: Headers; compression: never } => ({
  url: `${platform.url.replace(/\/$/, "")}/v1/traces`,
  headers,
  compression: compression as never,
});

const EXPORTERS: Record<string, (headers: Headers, compression: Compression) => SpanExporter> = {
  "OTLPTraceExporter (grpc)": (headers, compression) => {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    return new GrpcExporter({ url: platform.url, metadata, compression: compression as never });
  },
  "OTLPTraceExporter (proto)": (headers, compression) => new ProtoExporter(options(headers, compression)),
  "OTLPTraceExporter (http, JSON)": (headers, compression) => new JsonExporter(options(headers, compression)),
};

/** As they are exported: JSON texts. */
const Events = z.array(
  z
    .string()
    .transform((text) =>
      z.object({ name: z.string(), attributes: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text)),
    ),
);

/** A trace of three spans, as an instrumented application ends them. */
async function made(project: string): Promise<ReadableSpan[]> {
  const memory = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "openinference.project.name": project }),
    spanProcessors: [new SimpleSpanProcessor(memory)],
  });
  const tracer = provider.getTracer("axlab");
  const root = tracer.startSpan("answer", {
    kind: SpanKind.SERVER,
    attributes: { "openinference.span.kind": "CHAIN", numbers: [1, 2], ok: true, share: 0.5 },
  });
  const within = trace.setSpan(context.active(), root);
  for (const n of [0, 1]) {
    const span = tracer.startSpan(`step ${n}`, { attributes: { "llm.token_count.total": n } }, within);
    span.addEvent("seen", { n });
    span.end();
  }
  root.end();
  await provider.forceFlush();
  return memory.getFinishedSpans();
}

const send = (exporter: SpanExporter, spans: ReadableSpan[]): Promise<number> =>
  new Promise<number>((resolve) => exporter.export(spans, ({ code }) => resolve(code))).finally(() =>
    exporter.shutdown(),
  );

async function expectComplete(project: string, sent: readonly ReadableSpan[]): Promise<void> {
  const now = Date.now();
  const rows = await service.exports.toRows({
    model: project,
    environment: "TRACING",
    startTime: new Date(now - 3_600_000),
    endTime: new Date(now + 3_600_000),
  });
  expect(rows.map((row) => row["context.span_id"]).sort()).toEqual(
    sent.map((span) => span.spanContext().spanId).sort(),
  );
  const root = rows.find((row) => (row["parent_id"] ?? null) === null);
  expect(root).toMatchObject({ name: "answer", "attributes.openinference.span.kind": "CHAIN" });
  expect(
    rows.map((row) => row["parent_id"] ?? null).filter((parent) => parent === root?.["context.span_id"]),
  ).toHaveLength(2);
  const events = rows.flatMap((row) => Events.parse(row["events"]));
  expect(events.map(({ name, attributes }) => [name, attributes["n"]])).toEqual([
    ["seen", 0],
    ["seen", 1],
  ]);
}

describe("@opentelemetry/exporter-trace-otlp-* 0.223", () => {
  describe.each(Object.entries(EXPORTERS))("%s", (name, exporter) => {
    it.each([
      ["authorization and arize-space-id", authorized, "none"],
      ["api_key and space_id, gzip", named, "gzip"],
    ] as const)(`${name}: %s; every span read back`, async (_title, headers, compression) => {
      const project = unique("otel");
      const spans = await made(project);
      expect(await send(exporter(headers(platform.keys.service), compression), spans)).toBe(0);
      await expectComplete(project, spans);
    });

    it(`${name}: an unknown key and a reader fail at once`, async () => {
      for (const key of ["ak-unknown", platform.keys.readOnly]) {
        const started = performance.now();
        expect(await send(exporter(authorized(key), "none"), await made(unique("otel")))).toBe(1);
        expect(performance.now() - started).toBeLessThan(5_000);
      }
    });
  });
});

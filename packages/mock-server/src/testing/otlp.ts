import type { Client, Reply } from "./client.js";

/** Spans of one project as OTLP/JSON, each a second long. */
export interface OtlpSpan {
  spanId: string;
  traceId?: string;
  parentSpanId?: string;
  name?: string;
  /** milliseconds since 1970 */
  at: number;
  /** text attributes */
  attributes?: Record<string, string>;
  /** 1 OK, 2 ERROR */
  status?: number;
}

export const otlpRequest = (project: string, spans: readonly OtlpSpan[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: project } }] },
      scopeSpans: [
        {
          spans: spans.map(
            ({ traceId = "0af7651916cd43dd8448eb211c80319c", name = "ask", at, attributes = {}, status, ...ids }) => ({
              traceId,
              ...ids,
              name,
              startTimeUnixNano: `${at}000000`,
              endTimeUnixNano: `${at + 1000}000000`,
              attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
              ...(status !== undefined && { status: { code: status } }),
            }),
          ),
        },
      ],
    },
  ],
});

/** `POST /v1/traces`, as an exporter of OTLP/JSON sends it. */
export const traced = (client: Client, spaceId: string, project: string, spans: readonly OtlpSpan[]): Promise<Reply> =>
  client.call("POST", "/v1/traces", otlpRequest(project, spans), { "arize-space-id": spaceId });

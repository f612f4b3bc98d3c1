import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { Contract } from "./platform.js";

interface OtlpSpan {
  traceId: string;
  spanId: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: object[];
  status: object;
}

/** An LLM span that began some milliseconds ago, as OTLP/JSON has it. */
export const otlpSpan = (name: string, agoMs: number): OtlpSpan => {
  const start = BigInt(Date.now() - agoMs - 60_000) * 1_000_000n;
  return {
    traceId: randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    name,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_000_000n),
    attributes: [
      { key: "openinference.span.kind", value: { stringValue: "LLM" } },
      { key: "llm.model_name", value: { stringValue: "demo" } },
    ],
    status: { code: 1 },
  };
};

export const sendSpans = async (platform: Contract, project: string, spans: readonly OtlpSpan[]): Promise<void> => {
  const resource = { attributes: [{ key: "openinference.project.name", value: { stringValue: project } }] };
  const response = await fetch(`${platform.url}/v1/traces`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: platform.keys.service,
      "arize-space-id": platform.space.id,
    },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
  });
  expect(response.status).toBe(200);
};

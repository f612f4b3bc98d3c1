import type { SpanCase } from "./case.js";

// Whole seconds as nanoseconds are doubles without loss.
const START = (Math.floor(Date.now() / 1000) - 600) * 1e9;
const ids = { "context.span_id": ["0000000000000001", "0000000000000002", "0000000000000003"] };
const spans = {
  ...ids,
  "context.trace_id": ["000000000000000000000000000000aa", "000000000000000000000000000000aa", "000000000000000000000000000000bb"],
  name: ["ask", "search", "ask"],
  parent_id: [null, "0000000000000001", null],
  start_time: [START, START + 1e9, START + 2e9],
  end_time: [START + 3e9, START + 2e9, START + 4e9],
  status_code: ["OK", "ERROR", "UNSET"],
  status_message: ["", "no such index", null],
}; // prettier-ignore

/** What is said about spans, and spans themselves. */
export const SPANS: readonly SpanCase[] = [
  { call: "logSpans", id: "spans, required columns", columns: spans },
  {
    call: "logSpans",
    id: "spans, attributes",
    columns: {
      ...spans,
      span_kind: ["LLM", "RETRIEVER", "CHAIN"],
      "attributes.input.value": ["Wie geht's?", "x", null],
      "attributes.input.mime_type": ["text/plain", "text/plain", "text/plain"],
      "attributes.output.value": ["gut", "y", "z"],
      "attributes.llm.model_name": ["small", null, null],
      "attributes.llm.invocation_parameters": ['{"temperature": 0.5}', null, null],
      "attributes.llm.token_count.prompt": [5, 6, 7],
      "attributes.llm.input_messages": [[{ "message.role": "user", "message.content": "Wie geht's?" }], null, null],
      "attributes.metadata": [{ tier: "gold", nested: { a: 1 } }, { tier: "tin" }, null],
      "attributes.retrieval.documents": [
        null,
        [{ "document.id": "d1", "document.content": "text", "document.score": 0.5 }],
        null,
      ],
      "attributes.session.id": ["s1", "s1", "s2"],
      "attributes.user.id": ["u1", "u1", "u2"],
      events: [1, 2, 3].map((n) => [{ name: "token", timestamp: "2026-01-01T00:00:00Z", attributes: { n } }]),
    },
  },
  {
    call: "logSpans",
    id: "spans, attributes of one's own",
    columns: { ...spans, "attributes.shop.id": ["s1", "s2", null], "attributes.shop.size": [1.5, 2.5, 3.5] },
  },
  ...(["logEvaluations", "logEvaluationsSync"] as const).map((call) => ({
    call,
    id: call === "logEvaluations" ? "evaluations over HTTP" : "evaluations over Flight",
    columns: {
      ...ids,
      "eval.tone.label": ["kind", "rude", null],
      "eval.tone.score": [0.5, 0.25, null],
      "eval.tone.explanation": ["said thanks", null, null],
      "trace_eval.goal met.score": [1.5, 0.5, 0.25],
      "session_eval.mood.label": ["good", "bad", "good"],
      "other column": [1, 2, 3],
    },
  })),
  {
    call: "logAnnotations",
    id: "annotations, author and time given",
    columns: {
      ...ids,
      "annotation.review.label": ["good", "bad", null],
      "annotation.review.score": [0.5, 0.25, 0.75],
      "annotation.review.updated_by": ["ann", "ben", "ann"],
      "annotation.review.updated_at": [START / 1e6, START / 1e6, START / 1e6],
    },
  },
  {
    call: "logAnnotations",
    id: "annotations, author and time filled in, with notes",
    columns: { ...ids, "annotation.review.label": ["good", "bad", "good"], "annotation.notes": ["nice", "Köln", "so"] },
  },
  {
    call: "logAnnotations",
    id: "annotations, text",
    only: ["v8"],
    columns: { ...ids, "annotation.review.text": ["long", "longer", "longest"] },
  },
  {
    call: "logMetadata",
    id: "metadata, patch documents",
    columns: { ...ids, patch_document: [{ tier: "gold" }, { deep: { list: [1, 2] } }, { gone: null }] },
  },
  {
    call: "logMetadata",
    id: "metadata, columns and patch documents",
    columns: {
      ...ids,
      "attributes.metadata.tier": ["gold", "tin", null],
      "attributes.metadata.shares": [0.5, 1.5, 2.5],
      patch_document: [{ tier: "wins" }, { more: "x" }, { more: "y" }],
    },
  },
];

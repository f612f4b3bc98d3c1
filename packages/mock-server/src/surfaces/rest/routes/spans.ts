import {
  AnnotateSpansRequest,
  DeleteSpansRequest,
  DeleteSpansResponse,
  ListSpansQuery,
  ListSpansRequest,
  ListTracesQuery,
  ListTracesRequest,
  SpanPage,
  TracePage,
} from "@axlab/wire/rest";
import { route } from "../pipeline.js";

const tag = "spans";

export const spanRoutes = [
  route({
    method: "post",
    path: "/v2/spans",
    tag,
    summary: "List the spans of a project, newest first",
    access: { on: "project", requirement: "PROJECT_SPAN_READ", id: ({ body }) => body.project_id },
    query: ListSpansQuery,
    body: ListSpansRequest,
    success: { status: 200, body: SpanPage },
    errors: [403, 404, 422],
    audited: false,
    async handle({ domain, input: { body, query }, target }) {
      const { items, pagination } = await domain.spans.list(target.entity, body, query);
      return { spans: items, pagination };
    },
  }),
  route({
    method: "delete",
    path: "/v2/spans",
    tag,
    summary: "Delete spans",
    access: { on: "project", requirement: "PROJECT_SPAN_DELETE", id: ({ body }) => body.project_id },
    body: DeleteSpansRequest,
    success: { status: 200, body: DeleteSpansResponse },
    errors: [403, 404, 422, 503],
    handle: ({ caller, domain, input: { body }, target }) => domain.spans.delete(caller, target.entity, body),
  }),
  route({
    method: "post",
    path: "/v2/spans/annotate",
    tag,
    summary: "Annotate spans, or traces through their root spans",
    access: { on: "project", requirement: "PROJECT_SPAN_ANNOTATE", id: ({ body }) => body.project_id },
    body: AnnotateSpansRequest,
    success: { status: 202 },
    errors: [403, 404, 422],
    handle: ({ caller, domain, input: { body }, target }) => domain.spans.annotate(caller, target.entity, body),
  }),
  route({
    method: "post",
    path: "/v2/traces",
    tag: "traces",
    summary: "List the traces of a project, newest first",
    access: { on: "project", requirement: "PROJECT_SPAN_READ", id: ({ body }) => body.project_id },
    query: ListTracesQuery,
    body: ListTracesRequest,
    success: { status: 200, body: TracePage },
    errors: [403, 404, 422],
    audited: false,
    async handle({ domain, input: { body, query }, target }) {
      const { items, pagination } = await domain.spans.traces(target.entity, body, query);
      return { traces: items, pagination };
    },
  }),
];

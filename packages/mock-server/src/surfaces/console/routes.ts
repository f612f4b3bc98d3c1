import {
  AskDecisionRequest,
  KeyDecision,
  ListModelRecordsQuery,
  ListRequestsQuery,
  ModelRecordPage,
  ProjectEnvironments,
  ReceivedRequestDetail,
  ReceivedRequestList,
  ServiceKeyPage,
} from "@axlab/wire/console";
import { ListApiKeysQuery, ProjectPath } from "@axlab/wire/rest";
import { z } from "zod";
import { route } from "../rest/pipeline.js";

const ListServiceKeysQuery = ListApiKeysQuery.omit({ key_type: true });

/** What the console's pages need and REST v2 has no answer for. Declared and decided like every route, and open to keys as well. */
export const CONSOLE_ROUTES = [
  route({
    method: "get",
    path: "/console/service-keys",
    tag: "console",
    summary: "List service keys with their maker and what they cover",
    access: {
      on: "domain",
      requirement: "SERVICE_KEY_READ",
      why: "a key is listed where the caller holds it in one of its spaces, as in GET /v2/api-keys",
    },
    query: ListServiceKeysQuery,
    success: { status: 200, body: ServiceKeyPage },
    errors: [403, 404],
    async handle({ caller, domain, input: { query } }) {
      const { items, pagination } = await domain.apiKeys.listService(caller, query);
      return { service_keys: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/console/decisions",
    tag: "console",
    summary: "Ask whether a key may do something, without doing it",
    access: {
      on: "domain",
      requirement: "AUTHENTICATED",
      why: "one asks about oneself, one's own keys, or a key one holds; account admins about any key of the account",
    },
    body: AskDecisionRequest,
    success: { status: 200, body: KeyDecision },
    errors: [404],
    // Nothing changes, and what was sent may hold a secret.
    audited: false,
    handle: ({ caller, domain, input: { body } }) => domain.keyDecisions.ask(caller, body),
  }),
  route({
    method: "get",
    path: "/console/requests",
    tag: "console",
    summary: "List what reached the platform, newest first",
    access: {
      on: "domain",
      requirement: "AUTHENTICATED",
      why: "account admins see the requests of their account, anybody else their own and those of keys they made",
    },
    query: ListRequestsQuery,
    success: { status: 200, body: ReceivedRequestList },
    errors: [],
    handle: async ({ caller, domain, input: { query } }) => ({ requests: await domain.requests.list(caller, query) }),
  }),
  route({
    method: "get",
    path: "/console/requests/{request_id}",
    tag: "console",
    summary: "Get a request with what it carried",
    access: { on: "domain", requirement: "AUTHENTICATED", why: "as in the list" },
    params: z.object({ request_id: z.string() }),
    success: { status: 200, body: ReceivedRequestDetail },
    errors: [404],
    handle: ({ caller, domain, input: { params } }) => domain.requests.get(caller, params.request_id),
  }),
  route({
    method: "get",
    path: "/console/projects/{project_id}/environments",
    tag: "console",
    summary: "List the environments of a project in which something lies",
    access: { on: "project", requirement: "PROJECT_READ", id: ({ params }) => params.project_id },
    params: ProjectPath,
    success: { status: 200, body: ProjectEnvironments },
    errors: [403, 404],
    handle: async ({ caller, domain, target }) => ({
      environments: await domain.records.environments(caller, target),
    }),
  }),
  route({
    method: "get",
    path: "/console/projects/{project_id}/records",
    tag: "console",
    summary: "List the records of a model, newest first",
    // As an export over Flight is decided.
    access: { on: "project", requirement: "ML_MODEL_READ", id: ({ params }) => params.project_id },
    params: ProjectPath,
    query: ListModelRecordsQuery,
    success: { status: 200, body: ModelRecordPage },
    errors: [403, 404],
    async handle({ domain, input: { query }, target }) {
      const { items, pagination } = await domain.records.list(target.entity.id, query.environment, query);
      return { records: items, pagination };
    },
  }),
];

import { ServiceKeyPage } from "@axlab/wire/console";
import { ListApiKeysQuery } from "@axlab/wire/rest";
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
];

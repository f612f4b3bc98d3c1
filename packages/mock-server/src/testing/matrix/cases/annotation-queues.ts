import { AnnotationConfig } from "@axlab/wire/rest";
import type { Case } from "../case.js";
import { newExample, newQueue, type Fixtures } from "../fixtures.js";
import { SPACES } from "../places.js";

const params = { annotation_queue_record_id: "queueRecord" } as const;
const queuedName = async (at: Fixtures): Promise<string> =>
  (await at.admin.get(`/v2/annotation-configs/${await at.id("queuedConfig")}`)).read(AnnotationConfig).name;
const records = "/v2/annotation-queues/{annotation_queue_id}/records";

export const annotationQueueCases: Case[] = [
  { route: "GET /v2/annotation-queues", places: SPACES, item: "queue" },
  {
    route: "POST /v2/annotation-queues",
    places: SPACES,
    body: newQueue,
  },
  { route: "GET /v2/annotation-queues/{annotation_queue_id}", places: SPACES },
  {
    route: "PATCH /v2/annotation-queues/{annotation_queue_id}",
    places: SPACES,
    body: async () => ({ instructions: "i" }),
  },
  { route: `GET ${records}`, places: SPACES },
  {
    route: `POST ${records}`,
    places: SPACES,
    body: async (at) => ({ record_sources: [await newExample(at)] }),
  },
  {
    route: `POST ${records}/{annotation_queue_record_id}/annotate`,
    places: SPACES,
    params,
    body: async (at) => ({ annotations: [{ name: await queuedName(at), text: "t" }] }),
  },
  {
    route: `POST ${records}/{annotation_queue_record_id}/assign`,
    places: SPACES,
    params,
    body: async () => ({ assigned_user_emails: [] }),
  },
  {
    route: `DELETE ${records}`,
    places: SPACES,
    body: async (at) => ({ record_ids: [await at.id("queueRecord")] }),
    spends: ["queueRecord"],
  },
  {
    route: "DELETE /v2/annotation-queues/{annotation_queue_id}",
    places: SPACES,
    spends: ["queue", "queueRecord"],
  },
];

import * as z from "zod";
import { Id } from "../rest/fields.js";
import { Rfc3339 } from "../timestamps.js";

const Named = z.strictObject({ id: Id, name: z.string() });

/** One request that reached the platform, as its journal has it. */
export const ReceivedRequest = z
  .strictObject({
    id: z.string(),
    at: Rfc3339,
    surface: z.string(),
    operation: z.string(),
    /** null: nobody was recognised */
    user: Named.nullable(),
    /** null: no key, or none that is known */
    key: Named.extend({ redacted_key: z.string() }).nullable(),
    /** HTTP status, or the one that a gRPC status stands for */
    status: z.int(),
    /** why it was refused */
    refusal: z.string().nullable(),
    milliseconds: z.number(),
    request_bytes: z.int(),
    rows: z.int().nullable(),
  })
  .meta({ id: "ConsoleReceivedRequest" });
export type ReceivedRequest = z.infer<typeof ReceivedRequest>;

/** `GET /console/requests`: newest first. */
export const ReceivedRequestList = z
  .strictObject({ requests: z.array(ReceivedRequest) })
  .meta({ id: "ConsoleReceivedRequestList" });
export type ReceivedRequestList = z.infer<typeof ReceivedRequestList>;

export const ListRequestsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  surface: z.string().optional(),
  /** `allowed`, `refused` */
  outcome: z.enum(["allowed", "refused"]).optional(),
});

/** `GET /console/requests/{request_id}`: with what it carried, as far as that is kept. Keys are taken out. */
export const ReceivedRequestDetail = ReceivedRequest.extend({
  received: z
    .strictObject({
      headers: z.record(z.string(), z.string()),
      body: z.json().optional(),
      arize_schema: z.json().optional(),
      arrow_schema: z.array(z.string()).optional(),
      rows: z.int().optional(),
      batches: z.int().optional(),
    })
    .nullable(),
}).meta({ id: "ConsoleReceivedRequestDetail" });
export type ReceivedRequestDetail = z.infer<typeof ReceivedRequestDetail>;

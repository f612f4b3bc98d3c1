import * as z from "zod";
import { Id, requestBody } from "./fields.js";

const scoping = { organization_id: Id.nullable().optional(), space_id: Id.nullable().optional() };

/** Where an integration can be seen: null for both is the whole account. No scoping at all means the same. */
export const IntegrationScoping = z.strictObject(scoping).meta({ id: "IntegrationScoping" });
export type IntegrationScoping = z.infer<typeof IntegrationScoping>;

/** A space may be named alone: its organization is known. */
export const AiIntegrationScopingInput = requestBody(scoping).meta({ id: "AiIntegrationScopingRequest" });
export type AiIntegrationScopingInput = z.input<typeof AiIntegrationScopingInput>;

/** A space is named together with its organization. */
export const IntegrationScopingInput = requestBody(scoping)
  .refine(({ organization_id, space_id }) => !space_id || organization_id, {
    path: ["organization_id"],
    message: "is required with space_id: name the organization that the space lies in",
  })
  .meta({ id: "IntegrationScopingRequest" });
export type IntegrationScopingInput = z.input<typeof IntegrationScopingInput>;

const MAX_HEADER_BYTES = 8175;

/** Headers sent to a provider: at most 8175 bytes when written as JSON. */
export const HeaderMapInput = z
  .record(z.string().min(1), z.string())
  .refine(
    (headers) => new TextEncoder().encode(JSON.stringify(headers)).length <= MAX_HEADER_BYTES,
    `must not exceed ${MAX_HEADER_BYTES} bytes when written as JSON`,
  )
  .meta({ id: "HeaderMapRequest" });

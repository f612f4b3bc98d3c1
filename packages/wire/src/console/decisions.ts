import * as z from "zod";
import { ApiKey } from "../rest/api-keys.js";
import { Id, requestBody } from "../rest/fields.js";
import { Permission } from "../rest/roles.js";

/** `POST /console/decisions`: may this key do that on this resource? With neither `key_id` nor `key`, the question is about oneself. */
export const AskDecisionRequest = requestBody({
  key_id: Id.optional(),
  /** a secret: looked up, never kept */
  key: z.string().min(1).max(1024).optional(),
  permission: Permission,
  resource_id: Id,
})
  .refine(({ key_id, key }) => key_id === undefined || key === undefined, "give key_id or key, not both")
  .meta({ id: "ConsoleAskDecisionRequest" });
export type AskDecisionRequest = z.input<typeof AskDecisionRequest>;

/** What a request with this key would be answered. */
export const KeyDecision = z
  .strictObject({
    /** null when the question was about the person who asked, or the secret is no key here */
    key: ApiKey.pick({ id: true, name: true, redacted_key: true, key_type: true }).nullable(),
    /** whom it acts as; null when the secret is no key here */
    acts_as: z.strictObject({ id: Id, name: z.string() }).nullable(),
    resource: z.strictObject({ id: Id, type: z.enum(["account", "organization", "space", "project"]) }).nullable(),
    /** 200 allowed; 401 the key is not accepted; 403 forbidden; 404 it looks absent */
    status: z.union([z.literal(200), z.literal(401), z.literal(403), z.literal(404)]),
    /** the grant that allows it */
    via: z
      .strictObject({
        from: z.enum(["account", "organization", "space", "fallback", "binding"]),
        role: z.string(),
      })
      .nullable(),
    /** the permission that is missing */
    missing: z.string().nullable(),
    explanation: z.string(),
  })
  .meta({ id: "ConsoleKeyDecision" });
export type KeyDecision = z.infer<typeof KeyDecision>;

import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { RequestTimestamp, Rfc3339 } from "../timestamps.js";
import { Id } from "./fields.js";

export const AuditOperationType = z.enum(["QUERY", "MUTATION", "SUBSCRIPTION"]).meta({ id: "AuditOperationType" });
export type AuditOperationType = z.infer<typeof AuditOperationType>;

/** One operation that somebody performed (spec/rest.md §3.2); `variables` is JSON text. */
export const AuditLog = z
  .strictObject({
    id: Id,
    user_id: Id,
    ip: z.string(),
    operation_type: AuditOperationType,
    operation_name: z.string().nullable().optional(),
    operation_text: z.string().nullable().optional(),
    variables: z.string().nullable().optional(),
    created_at: Rfc3339,
  })
  .meta({ id: "AuditLog" });
export type AuditLog = z.infer<typeof AuditLog>;

/** Note the key: `logs`. */
export const AuditLogPage = pageOf("logs", AuditLog).meta({ id: "AuditLogPage" });
export type AuditLogPage = z.infer<typeof AuditLogPage>;

/** Both ends inclusive; `end_time` defaults to now, `start_time` to 30 days before it. */
export const ListAuditLogsQuery = pageQuery(50, 100).extend({
  start_time: RequestTimestamp.optional(),
  end_time: RequestTimestamp.optional(),
  user_id: Id.optional(),
  operation_type: AuditOperationType.optional(),
});
export type ListAuditLogsQuery = z.input<typeof ListAuditLogsQuery>;

import { AuditLogPage, type AuditLog } from "@axlab/wire/rest";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ask } from "./http.js";

/** An entry with what its `variables` say. */
export interface AuditEntry extends AuditLog {
  /** "allowed", or the status that refused it */
  outcome: string;
  resourceId: string | null;
  keyId: string | null;
  requestId: string | null;
}

const Facts = z.object({
  outcome: z.string().catch("allowed"),
  resource_id: z.string().nullable().catch(null),
  key_id: z.string().nullable().catch(null),
  request_id: z.string().nullable().catch(null),
});

function entryOf(log: AuditLog): AuditEntry {
  const facts = Facts.parse(JSON.parse(log.variables ?? "{}"));
  return {
    ...log,
    outcome: facts.outcome,
    resourceId: facts.resource_id,
    keyId: facts.key_id,
    requestId: facts.request_id,
  };
}

/** Newest first, a page at a time. @param userId of one person only */
export const auditQuery = (userId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["audit", userId ?? "everybody"],
    initialPageParam: undefined as string | undefined, // boundary: the first page has no cursor
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 100, cursor: pageParam, user_id: userId };
      const { logs, pagination } = await ask("/v2/audit-logs", AuditLogPage, { query, signal });
      return { entries: logs.map(entryOf), next: pagination.has_more ? pagination.next_cursor : undefined };
    },
    getNextPageParam: ({ next }) => next,
  });

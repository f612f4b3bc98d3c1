import { redactSecrets, type ResourceRef } from "@axlab/auth";
import { formatTimestamp, parseTimestamp } from "@axlab/wire";
import type { AuditLog as AuditLogEntry, ListAuditLogsQuery } from "@axlab/wire/rest";
import type { z } from "zod";
import type { Caller } from "../access/gate.js";
import type { Core } from "../core.js";
import { ForbiddenError } from "../errors.js";
import type { AuditLogRow } from "../store/tables/index.js";
import { pageBySeq, type Page } from "./paging.js";

export interface AuditEvent {
  /** what was asked: `POST /v2/api-keys`, `mutation createSpace`, `console sign-in` */
  operation: string;
  /** default MUTATION; QUERY for a read that was refused */
  type?: AuditLogRow["operation_type"];
  /** "allowed", or the status that refused it */
  outcome: string;
  resourceId: string | null;
  account: ResourceRef;
  /** JSON-able facts that help to read the entry; never a secret */
  variables?: Record<string, unknown>;
}

/** Where the window begins when a reader does not say (`spec/rest.md §3.2`). */
const DEFAULT_WINDOW_MS = 30 * 86_400_000;
const MAX_ID_LENGTH = 200;

/** Append-only: who did what on which resource, with what outcome (`spec/access.md §7`). */
export class AuditLog {
  constructor(private readonly core: Core) {}

  async record(caller: Caller, event: AuditEvent): Promise<void> {
    const { store, clock } = this.core;
    const { id, seq } = await store.newId(store.db, "AuditLog");
    const key_id = caller.principal.key?.id ?? null;
    const resource_id = event.resourceId === null ? null : redactSecrets(event.resourceId.slice(0, MAX_ID_LENGTH));
    const variables = { resource_id, key_id, outcome: event.outcome, request_id: caller.requestId, ...event.variables };
    await store.db
      .insertInto("audit_logs")
      .values({
        id,
        seq,
        account_id: event.account.accountId,
        user_id: caller.principal.userId,
        key_id,
        ip: caller.address,
        operation_type: event.type ?? "MUTATION",
        operation_name: event.operation,
        operation_text: null,
        variables: redactSecrets(JSON.stringify(variables)),
        resource_id,
        outcome: event.outcome,
        request_id: caller.requestId,
        created_at: clock.now(),
      })
      .execute();
  }

  /**
   * Newest first; both ends of the window belong to it. Whoever calls has asked the gate for ACCOUNT_ADMIN.
   * @throws ForbiddenError when the account has audit logging off
   */
  async list({ principal }: Caller, query: z.output<typeof ListAuditLogsQuery>): Promise<Page<AuditLogEntry>> {
    const { store, clock } = this.core;
    const account = await store.db
      .selectFrom("accounts")
      .select("audit_enabled")
      .where("id", "=", principal.accountId)
      .executeTakeFirst();
    if (account?.audit_enabled !== 1) throw new ForbiddenError("Audit logging is off for this account.");
    const end = (query.end_time === undefined ? null : parseTimestamp(query.end_time)) ?? clock.now();
    const start = (query.start_time === undefined ? null : parseTimestamp(query.start_time)) ?? end - DEFAULT_WINDOW_MS;
    return pageBySeq(
      query,
      (after, count) => {
        let rows = store.db
          .selectFrom("audit_logs")
          .selectAll()
          .where("account_id", "=", principal.accountId)
          .where("created_at", ">=", start)
          .where("created_at", "<=", end)
          .orderBy("seq", "desc")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        if (query.user_id !== undefined) rows = rows.where("user_id", "=", query.user_id);
        if (query.operation_type !== undefined) rows = rows.where("operation_type", "=", query.operation_type);
        return rows.execute();
      },
      presentEntry,
    );
  }
}

const presentEntry = (row: AuditLogRow): AuditLogEntry => ({
  id: row.id,
  user_id: row.user_id,
  ip: row.ip,
  operation_type: row.operation_type,
  operation_name: row.operation_name,
  operation_text: row.operation_text,
  variables: row.variables,
  created_at: formatTimestamp(row.created_at),
});

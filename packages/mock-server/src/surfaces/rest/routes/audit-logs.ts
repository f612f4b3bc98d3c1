import { AuditLogPage, ListAuditLogsQuery } from "@axlab/wire/rest";
import { route } from "../pipeline.js";

export const auditLogRoutes = [
  route({
    method: "get",
    path: "/v2/audit-logs",
    tag: "audit-logs",
    summary: "List who did what, newest first",
    access: { on: "account", requirement: "ACCOUNT_ADMIN" },
    query: ListAuditLogsQuery,
    success: { status: 200, body: AuditLogPage },
    errors: [403],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.audit.list(caller, input.query);
      return { logs: items, pagination };
    },
  }),
];

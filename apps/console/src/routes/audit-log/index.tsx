import { Page } from "../../components/page.js";

export function AuditLogPage() {
  return <Page title="Audit log">This page is being built.</Page>;
}

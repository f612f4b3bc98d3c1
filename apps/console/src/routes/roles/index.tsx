import { Page } from "../../components/page.js";

export function RolesPage() {
  return <Page title="Roles">This page is being built.</Page>;
}

import { Page } from "../../components/page.js";

export function MembersPage() {
  return <Page title="Members">This page is being built.</Page>;
}

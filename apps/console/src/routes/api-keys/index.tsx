import { Page } from "../../components/page.js";

export function ApiKeysPage() {
  return <Page title="API Keys">This page is being built.</Page>;
}

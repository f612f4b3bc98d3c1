import { Page } from "../../components/page.js";

export function TryAKeyPage() {
  return <Page title="Try a key">This page is being built.</Page>;
}

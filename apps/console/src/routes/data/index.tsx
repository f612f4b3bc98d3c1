import { Page } from "../../components/page.js";

export function DataPage() {
  return <Page title="Data">This page is being built.</Page>;
}

import { Page } from "../../components/page.js";

export function SpacesPage() {
  return <Page title="Spaces & projects">This page is being built.</Page>;
}

import { beforeAll, describe, it } from "vitest";
import { createDataset, createProject } from "./calls.js";
import { fitForEverybody } from "./fitness.js";
import { sendSampleData } from "./sample-data.js";
import { stage } from "./stage.js";

const at = stage();
beforeAll(async () => {
  await sendSampleData(at);
  await createProject(at, "member", "a-project-with-a-name-that-goes-on-and-on-without-a-space-in-it");
  await createDataset(at, "readOnly", "refused");
});

const PAGES = [
  "/settings/api-keys",
  "/settings/members",
  "/settings/roles",
  "/settings/spaces",
  "/settings/audit-log",
  "/requests",
];

describe("is fit for everybody, wide and narrow, light and dark", () => {
  it("sign-in", async () => {
    const page = await at.open();
    await page.goto("/");
    await page.getByRole("heading", { name: "Sign in to axlab" }).waitFor();
    await fitForEverybody(page, "sign-in");
  });

  it.each(PAGES)("%s", async (path) => {
    const page = await at.signIn("Ada Admin", path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await fitForEverybody(page, path.split("/").at(-1) ?? "page");
  });

  it("/try-a-key, answered", async () => {
    const page = await at.signIn("Ada Admin", "/try-a-key");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("heading", { name: "Yes" }).waitFor();
    await fitForEverybody(page, "try-a-key");
  });

  it("/settings/api-keys, service keys", async () => {
    const page = await at.signIn("Max Member", "/settings/api-keys");
    await page.getByRole("tab", { name: "Service Keys" }).click();
    await page.getByRole("row", { name: /Playground pipeline/ }).waitFor();
    await fitForEverybody(page, "service-keys");
  });

  it.each([
    { tab: "Projects", label: "Project", thing: "travel", table: "Spans", picture: "data" },
    { tab: "Projects", label: "Project", thing: "flights", table: "Production records", picture: "data-records" },
    { tab: "Datasets", label: "Dataset", thing: "capitals", table: "Examples", picture: "data-datasets" },
    { tab: "Experiments", label: "Dataset", thing: "capitals", table: "By example", picture: "data-experiments" },
  ])("/data, $table", async ({ tab, label, thing, table, picture }) => {
    const page = await at.signIn("Ada Admin", "/data");
    await page.getByRole("tab", { name: tab }).click();
    await page.getByLabel(label, { exact: true }).selectOption({ label: thing });
    await page.getByRole("table", { name: table }).waitFor();
    await fitForEverybody(page, picture);
  });
});

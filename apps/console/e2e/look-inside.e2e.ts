import { describe, expect, it } from "vitest";
import { createDataset } from "./calls.js";
import { stage } from "./stage.js";

const at = stage();

describe("Try a key", () => {
  it("answers with the grant that allows it, as the request with that key is answered", async () => {
    await at.signIn("Ada Admin", "/try-a-key");
    await at.page.getByLabel("Key", { exact: true }).selectOption("pasted");
    await at.page.getByLabel(/^The key/).fill(at.platform.keys["service"] ?? "");
    await at.page.getByRole("button", { name: "Ask" }).click();
    await at.page.getByRole("heading", { name: "Yes" }).waitFor();
    await at.page.getByText("the space role MEMBER holds DATASET_CREATE").waitFor();
    expect(await createDataset(at, "service", "asked first")).toBe(201);
  });

  it("names the permission that is missing", async () => {
    await at.signIn("Ada Admin", "/try-a-key");
    await at.page.getByLabel("Key", { exact: true }).selectOption("pasted");
    await at.page.getByLabel(/^The key/).fill(at.platform.keys["readOnly"] ?? "");
    await at.page.getByRole("button", { name: "Ask" }).click();
    await at.page.getByRole("heading", { name: "No: it may not do that" }).waitFor();
    await at.page.getByText("Missing: DATASET_CREATE").waitFor();
    expect(await createDataset(at, "readOnly", "refused")).toBe(403);
  });

  it("asks about oneself, and about what is hidden", async () => {
    await at.signIn("Rea Reader", "/try-a-key");
    await at.page.getByRole("combobox", { name: "On", exact: true }).selectOption("other");
    await at.page.getByLabel(/^Id of the resource/).fill("nonsense");
    await at.page.getByRole("button", { name: "Ask" }).click();
    await at.page.getByRole("heading", { name: "No: to this key there is no such resource" }).waitFor();
  });

  it("keeps a pasted key nowhere", async () => {
    const asked: string[] = [];
    await at.signIn("Ada Admin", "/try-a-key");
    at.page.on("request", (request) => asked.push(request.url()));
    await at.page.getByLabel("Key", { exact: true }).selectOption("pasted");
    const key = at.platform.keys["member"] ?? "";
    await at.page.getByLabel(/^The key/).fill(key);
    await at.page.getByRole("button", { name: "Ask" }).click();
    await at.page.getByRole("heading", { name: "Yes" }).waitFor();
    await at.page.getByRole("link", { name: "Requests" }).click();
    await at.page.getByRole("heading", { name: "Requests" }).waitFor();
    const kept: unknown = await at.page.evaluate(
      "document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href",
    );
    expect(String(kept)).not.toContain(key);
    expect(asked.join("\n")).not.toContain(key);
  });
});

describe("Requests", () => {
  it("shows a refused request as it comes in, with its key and decision", async () => {
    await at.signIn("Ada Admin", "/requests");
    await createDataset(at, "readOnly", "watched");
    const row = at.page.getByRole("row", { name: /POST \/v2\/datasets.*403 forbidden/ }).first();
    await row.waitFor();
    expect(await row.innerText()).toContain("Rea Reader");
    await row.getByRole("button", { name: /Open POST \/v2\/datasets/ }).click();
    await at.page.getByRole("dialog").getByText("DATASET_CREATE").waitFor();
  });

  it("opens a record with its headers and body, and shows no key", async () => {
    await at.signIn("Ada Admin", "/requests");
    await fetch(`${at.platform.url}/v1/log`, {
      method: "POST",
      headers: {
        authorization: at.platform.keys["service"] ?? "",
        "grpc-metadata-arize-space-id": at.platform.space?.id ?? "",
      },
      body: JSON.stringify({
        model_id: "watched-model",
        prediction_id: "one",
        prediction: { model_type: "NUMERIC", label: { numeric: 1 }, timestamp: new Date().toISOString() },
      }),
    });
    await at.page
      .getByRole("button", { name: /Open POST \/v1\/log/ })
      .first()
      .click();
    const dialog = at.page.getByRole("dialog");
    await dialog.getByText('"watched-model"').waitFor();
    await dialog.getByRole("rowheader", { name: "authorization" }).waitFor();
    expect(await dialog.innerText()).not.toContain(at.platform.keys["service"]);
  });

  it("filters by decision, and stops when it shall", async () => {
    await at.signIn("Ada Admin", "/requests");
    await createDataset(at, "readOnly", "refused again");
    await at.page.getByLabel("Decision").selectOption("allowed");
    await at.page.getByRole("row", { name: /403/ }).first().waitFor({ state: "detached" });
    await at.page.getByLabel("Decision").selectOption("refused");
    await at.page
      .getByRole("row", { name: /403 forbidden/ })
      .first()
      .waitFor();
    expect(await at.page.getByRole("row", { name: /200 allowed|201 allowed/ }).count()).toBe(0);
  });

  it("shows a person their own requests only", async () => {
    await createDataset(at, "service", "by the service");
    await at.signIn("Rea Reader", "/requests");
    await createDataset(at, "readOnly", "by the reader");
    await at.page
      .getByRole("row", { name: /POST \/v2\/datasets.*Rea Reader/ })
      .first()
      .waitFor();
    expect(await at.page.getByRole("row", { name: /201 allowed/ }).count()).toBe(0);
  });
});

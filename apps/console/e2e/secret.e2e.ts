import type { Page, Request, Response } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createUserKey, saved } from "./keys.js";
import { stage } from "./stage.js";

const at = stage();

/** Everything that a page holds where a script, a person or the next person at the machine could find it. */
const remains = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const cached = await caches.keys();
    const inputs = [...document.querySelectorAll("input, textarea")].map((element) => Reflect.get(element, "value"));
    return JSON.stringify([
      document.documentElement.outerHTML,
      inputs,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
      databases,
      cached,
      performance.getEntries(),
    ]);
  });

/** What went over the network, as text. */
function record(page: Page): { sent: string[]; received: Promise<string>[] } {
  const log: { sent: string[]; received: Promise<string>[] } = { sent: [], received: [] };
  page.on("request", (request: Request) =>
    log.sent.push(
      `${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`,
    ),
  );
  page.on("response", (response: Response) =>
    log.received.push(
      response.text().then(
        (text) => `${response.url()} ${text}`,
        () => response.url(),
      ),
    ),
  );
  return log;
}

describe("a secret", () => {
  it("is in one answer, and after its dialog is closed nowhere", async () => {
    const page = await at.signIn("Max Member");
    const log = record(page);
    const secret = await createUserKey(page, "seen once");
    expect(secret).toMatch(/^ak-/);
    expect(await remains(page)).toContain(secret);
    await saved(page);

    const holding = (await Promise.all(log.received)).filter((text) => text.includes(secret));
    expect(holding.map((text) => text.split(" ")[0])).toEqual([`${at.platform.url}/v2/api-keys`]);
    log.received.length = 0;

    expect(await remains(page)).not.toContain(secret);
    await page.getByRole("tab", { name: "Service Keys" }).click();
    await page.getByRole("tab", { name: "User Keys" }).click();
    await page.getByRole("link", { name: "Members" }).click();
    await page.goBack();
    await page.getByRole("row", { name: /seen once/ }).waitFor();
    expect(await remains(page)).not.toContain(secret);
    await page.reload();
    await page.getByRole("row", { name: /seen once/ }).waitFor();
    expect(await remains(page)).not.toContain(secret);

    expect(log.sent.join("\n")).not.toContain(secret);
    expect((await Promise.all(log.received)).join("\n")).not.toContain(secret);
  });

  it("is lost by no stray click or key: only its button closes the dialog", async () => {
    const page = await at.signIn("Max Member");
    const secret = await createUserKey(page, "held on to");
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    expect(await page.getByLabel("Secret", { exact: true }).textContent()).toBe(secret);
    await saved(page);
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    expect(focused).toBe("New API Key");
  });
});

describe("by keyboard alone", () => {
  it("somebody signs in, makes a key and closes its secret", async () => {
    const page = await at.open();
    await page.goto("/");
    await page.getByRole("button", { name: "Max Member" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "API Keys" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.getByRole("button", { name: "New API Key" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
    await page.keyboard.type("typed");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "I saved it" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("I saved it");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /typed/ }).waitFor();
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../errors.js";
import { Platform } from "../../platform.js";

let directory: string;
let platform: Platform;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "axlab-console-"));
  mkdirSync(join(directory, "built", "assets"), { recursive: true });
  writeFileSync(join(directory, "built", "index.html"), '<meta name="csp-nonce" content="__CSP_NONCE__">page');
  writeFileSync(join(directory, "built", "assets", "app-1a2b.js"), "let it = 'run';");
  writeFileSync(join(directory, "secret.txt"), "outside");
  platform = await Platform.create({ consoleFiles: join(directory, "built") });
});
afterAll(async () => {
  await platform.close();
  rmSync(directory, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = { accept: "text/html" }) =>
  platform.fetch(new Request(`http://axlab${path}`, { headers }));

describe("the console's files", () => {
  it.each(["/", "/settings/api-keys", "/data"])(
    "answer %s with the page, under a policy that allows only this origin",
    async (path) => {
      const response = await get(path);
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
      expect(await response.text()).toBe(`<meta name="csp-nonce" content="${nonce}">page`);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("give every page a nonce of its own", async () => {
    const [first, second] = await Promise.all([get("/"), get("/")]);
    expect(first.headers.get("content-security-policy")).not.toBe(second.headers.get("content-security-policy"));
  });

  it("are kept by browsers when their name has a hash, and come compressed to those that ask", async () => {
    const plain = await get("/assets/app-1a2b.js");
    expect(await plain.text()).toBe("let it = 'run';");
    expect(plain.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(plain.headers.get("cache-control")).toMatch(/immutable/);
    const packed = await get("/assets/app-1a2b.js", { "accept-encoding": "gzip, br" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe("let it = 'run';");
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/assets/%2e%2e%5csecret.txt"])(
    "stay in their directory: %s",
    async (path) => {
      expect(await (await get(path)).text()).not.toContain("outside");
    },
  );

  it.each(["/v2/nothing", "/v1/nothing", "/console/nothing", "/graphql/nothing"])(
    "leave %s to the programs, which get a problem document",
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    },
  );

  it("are no answer to a program that asks for an address that does not exist", async () => {
    expect((await get("/nothing", { accept: "application/json" })).status).toBe(404);
    expect((await get("/assets/gone.js", { accept: "*/*" })).status).toBe(404);
  });

  it("have to be there when they are asked for", async () => {
    await expect(Platform.create({ consoleFiles: join(directory, "nowhere") })).rejects.toThrow(ConfigurationError);
    await expect(Platform.create({ consoleFiles: join(directory, "built", "assets") })).rejects.toThrow(
      /no index.html/,
    );
  });
});

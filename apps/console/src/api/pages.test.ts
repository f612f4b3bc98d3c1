import { pageOf } from "@axlab/wire";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { everything } from "./pages.js";

const ALL = 5_250;
const Numbers = pageOf("numbers", z.int());

/** Lists the numbers from 0 on; a cursor is the number that the next page begins with. */
const server = createServer((request, response) => {
  const query = new URL(request.url ?? "", "http://localhost").searchParams;
  const first = Number(query.get("cursor") ?? 0);
  const next = Math.min(first + Number(query.get("limit")), ALL);
  const numbers = Array.from({ length: next - first }, (_, index) => first + index);
  const pagination = next < ALL ? { has_more: true, next_cursor: String(next) } : { has_more: false };
  response.setHeader("content-type", "application/json").end(JSON.stringify({ numbers, pagination }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
  const { fetch } = globalThis;
  // A browser asks relative to its page.
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${address.port}${path}`, init));
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

describe("everything", () => {
  it("reads a list to its end, however long it is", async () => {
    const numbers = await everything("/numbers", "numbers", Numbers);
    expect(numbers).toHaveLength(ALL);
    expect(numbers.at(-1)).toBe(ALL - 1);
  });
});

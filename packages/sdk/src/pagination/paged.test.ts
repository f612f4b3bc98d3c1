import { describe, expect, test, vi } from "vitest";

import { Paged, pagedWithin, type Envelope } from "./index.js";

/** Pages of a list, as a server would answer them; each call takes the next page. */
function pages(...list: Envelope<number>[]) {
  const cursors: (string | undefined)[] = [];
  const fetch = vi.fn((cursor: string | undefined) => {
    const page = list[cursors.length];
    cursors.push(cursor);
    return page ? Promise.resolve(page) : Promise.reject(new Error("asked for a page too many"));
  });
  return { fetch, cursors };
}

const more = (items: number[], next_cursor: string) => ({ items, pagination: { has_more: true, next_cursor } });
const last = (items: number[], next_cursor?: string) => ({ items, pagination: { has_more: false, next_cursor } });

describe("a paged list", () => {
  test("asks for nothing until it is used", () => {
    const { fetch } = pages(last([1]));
    void new Paged(fetch);
    expect(fetch).not.toHaveBeenCalled();
  });

  test("is, awaited, its first page", async () => {
    const { fetch, cursors } = pages(more([1, 2], "a"));
    expect(await new Paged(fetch)).toEqual({ items: [1, 2], hasMore: true, nextCursor: "a" });
    expect(cursors).toEqual([undefined]);
  });

  test("iterates over all items, also past an empty page", async () => {
    const { fetch, cursors } = pages(more([1, 2], "a"), more([], "b"), last([3]));
    expect(await new Paged(fetch).toArray()).toEqual([1, 2, 3]);
    expect(cursors).toEqual([undefined, "a", "b"]);
  });

  test("requests the first page once, awaited and iterated", async () => {
    const { fetch } = pages(last([1]));
    const list = new Paged(fetch);
    await list;
    expect(await list.toArray()).toEqual([1]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("asks for no further page than the loop reaches", async () => {
    const { fetch } = pages(more([1, 2], "a"), last([3]));
    for await (const item of new Paged(fetch)) if (item === 2) break;
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("does not start again at a cursor left over on the last page", async () => {
    const { fetch } = pages(last([1], "left over"));
    expect(await new Paged(fetch).toArray()).toEqual([1]);
  });

  test("starts where it is told", async () => {
    const { fetch, cursors } = pages(last([9]));
    await new Paged(fetch, "here");
    expect(cursors).toEqual(["here"]);
  });

  test("hands a failure to await, catch and finally", async () => {
    const fail = () => Promise.reject(new Error("no"));
    await expect(new Paged(fail)).rejects.toThrow("no");
    expect(await new Paged(fail).catch(() => "caught")).toBe("caught");
    await expect(new Paged(fail).finally(() => undefined)).rejects.toThrow("no");
    await expect(new Paged(fail).toArray()).rejects.toThrow("no");
  });

  test("finds its scope once", async () => {
    const { fetch } = pages(more([1], "a"), last([2]));
    const find = vi.fn(() => Promise.resolve("scope"));
    expect(await pagedWithin(find, (_, cursor) => fetch(cursor)).toArray()).toEqual([1, 2]);
    expect(find).toHaveBeenCalledTimes(1);
  });
});

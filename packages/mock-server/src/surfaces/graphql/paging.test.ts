import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connection, type ConnectionArgs } from "./connection.js";

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ seq: index + 1, name: `row ${index}` }));
const seqs = ({ edges }: { edges: { node: { seq: number } }[] }) => edges.map(({ node }) => node.seq);

function walk(all: { seq: number; name: string }[], size: number, backward: boolean, order: "asc" | "desc") {
  const seen: number[] = [];
  let args: ConnectionArgs = backward ? { last: size } : { first: size };
  for (;;) {
    const page = connection(all, args, { order });
    if (backward) seen.unshift(...seqs(page));
    else seen.push(...seqs(page));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) return seen;
    args = backward ? { last: size, before: startCursor } : { first: size, after: endCursor };
  }
}

describe("a connection", () => {
  it("gives every row once, in order, in either direction and with any page size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        fc.constantFrom("asc" as const, "desc" as const),
        (count, size, backward, order) => {
          const all = rows(count);
          const wanted = all.map(({ seq }) => seq);
          expect(walk(all, size, backward, order)).toEqual(order === "asc" ? wanted : wanted.reverse());
        },
      ),
    );
  });

  it("a cursor stays good while rows come and go", () => {
    const first = connection(rows(6), { first: 3 });
    const changed = rows(8).filter(({ seq }) => seq !== 3 && seq !== 4);
    expect(seqs(connection(changed, { first: 3, after: first.pageInfo.endCursor }))).toEqual([5, 6, 7]);
  });

  it("a search gives exact names first, and pages on through the same order", () => {
    const named = ["alpha two", "ALPHA", "beta", "alpha", "my alpha"].map((name, index) => ({ seq: index + 1, name }));
    const options = { texts: (row: { name: string }) => [row.name] };
    const first = connection(named, { search: "alpha", first: 2 }, options);
    expect([seqs(first), first.totalCount]).toEqual([[4, 2], 4]);
    const rest = connection(named, { search: "alpha", first: 2, after: first.pageInfo.endCursor }, options);
    expect([seqs(rest), rest.pageInfo]).toEqual([
      [1, 5],
      expect.objectContaining({ hasNextPage: false, hasPreviousPage: true }),
    ]);
    expect(seqs(connection(named, { search: null }, options))).toHaveLength(5);
  });
});

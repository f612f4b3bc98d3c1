import { describe, expect, it } from "vitest";
import { permissionsOf } from "./managed.js";
import type { RoleLevel } from "./names.js";
import { roleExceeds } from "./rank.js";

/** The strongest first; what shares a line may do the same. */
const LADDERS = {
  account: [["ADMIN"], ["MEMBER", "MEMBER_UI_ONLY"], ["ANNOTATOR"]],
  organization: [["ADMIN"], ["MEMBER"], ["ANNOTATOR"], ["READ_ONLY"]],
  space: [["ADMIN"], ["MEMBER"], ["ANNOTATOR"], ["READ_ONLY"]],
  project: [["ADMIN"], ["EDITOR"], ["VIEWER"]],
} as const;

function table<L extends RoleLevel>(level: L) {
  const ladder: readonly (readonly (typeof LADDERS)[L][number][number][])[] = LADDERS[level];
  return ladder.flatMap((upper, above) =>
    upper.flatMap((granted) =>
      ladder.flatMap((lower, below) => lower.map((own) => ({ granted, own, exceeds: above < below }))),
    ),
  );
}

describe("roleExceeds", () => {
  it.each(table("account"))("account: $granted over $own is $exceeds", ({ granted, own, exceeds }) => {
    expect(roleExceeds("account", granted, own)).toBe(exceeds);
  });
  it.each(table("organization"))("organization: $granted over $own is $exceeds", ({ granted, own, exceeds }) => {
    expect(roleExceeds("organization", granted, own)).toBe(exceeds);
  });
  it.each(table("space"))("space: $granted over $own is $exceeds", ({ granted, own, exceeds }) => {
    expect(roleExceeds("space", granted, own)).toBe(exceeds);
  });
  it.each(table("project"))("project: $granted over $own is $exceeds", ({ granted, own, exceeds }) => {
    expect(roleExceeds("project", granted, own)).toBe(exceeds);
  });

  it("is true of every role over none", () => {
    expect(roleExceeds("account", "ANNOTATOR", null)).toBe(true);
    expect(roleExceeds("organization", "READ_ONLY", null)).toBe(true);
    expect(roleExceeds("space", "READ_ONLY", null)).toBe(true);
    expect(roleExceeds("project", "VIEWER", null)).toBe(true);
  });

  it("agrees with the permissions: a role that does not exceed another holds nothing the other lacks", () => {
    for (const { granted, own, exceeds } of table("space")) {
      const held = permissionsOf("space", own);
      expect([...permissionsOf("space", granted)].every((permission) => held.has(permission))).toBe(!exceeds);
    }
  });
});

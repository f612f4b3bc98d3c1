import { describe, expect, it } from "vitest";
import type { ResourceRef } from "../resource.js";
import { account, binding, organization, project, somebody, space, type Given } from "../testing/fixtures.js";
import { effectiveRole, permissionsOn } from "./effective.js";

describe("effectiveRole", () => {
  it.each<[Given, "account" | "organization" | "space", ResourceRef, string | null]>([
    [{ account: "MEMBER_UI_ONLY" }, "account", account, "MEMBER_UI_ONLY"],
    [{ account: "ANNOTATOR" }, "account", space(), "ANNOTATOR"],
    [{ account: "ADMIN" }, "organization", organization, "ADMIN"],
    [{ account: "ADMIN", organization: "READ_ONLY" }, "organization", organization, "ADMIN"],
    [{ organization: "MEMBER" }, "organization", organization, "MEMBER"],
    [{ organization: "MEMBER" }, "organization", space(true), "MEMBER"],
    [{ organization: "MEMBER" }, "organization", project(), "MEMBER"],
    [{ organization: "MEMBER" }, "organization", account, null],
    [{}, "organization", organization, null],
    [{ account: "ADMIN" }, "space", space(true), "ADMIN"],
    [{ organization: "ADMIN", space: "READ_ONLY" }, "space", space(true), "ADMIN"],
    [{ organization: "READ_ONLY", space: "MEMBER" }, "space", space(true), "MEMBER"],
    [{ organization: "MEMBER", space: "READ_ONLY" }, "space", space(), "READ_ONLY"],
    [{ organization: "MEMBER" }, "space", space(), "MEMBER"],
    [{ organization: "READ_ONLY" }, "space", project(), "READ_ONLY"],
    [{ organization: "MEMBER" }, "space", space(true), null],
    [{ space: "ADMIN" }, "space", space(), null],
    [{}, "space", space(), null],
    [{ organization: "ADMIN" }, "space", organization, null],
    [{ organization: "ADMIN" }, "space", account, null],
    [{ organization: "READ_ONLY", onSpace: [binding("b", "SPACE_DELETE")] }, "space", space(true), null],
  ])("%o at the level of the %s on %o is %s", (given, level, resource, expected) => {
    expect(effectiveRole(somebody(given), level, resource)).toBe(expected);
  });

  it.each(["account", "organization", "space"] as const)("is none in another account (%s)", (level) => {
    const admin = somebody({ account: "ADMIN", organization: "ADMIN", space: "ADMIN" });
    expect(effectiveRole(admin, level, { ...space(), accountId: "other" })).toBeNull();
  });
});

describe("permissionsOn", () => {
  it("joins the role in a space with the bindings on it", () => {
    const given = { organization: "READ_ONLY", onSpace: [binding("b", "TAG_CREATE", "SPACE_READ")] } as const;
    expect(permissionsOn(somebody(given), space(true))).toEqual(["SPACE_READ", "TAG_CREATE"]);
    expect(permissionsOn(somebody(given), space())).toContain("TAG_CREATE");
    expect(permissionsOn(somebody(given), space())).toContain("DATASET_READ");
  });

  it("is nothing in another account", () => {
    expect(permissionsOn(somebody({ account: "ADMIN" }), { ...account, accountId: "other" })).toEqual([]);
  });
});

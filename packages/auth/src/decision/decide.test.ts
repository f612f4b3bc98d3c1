import { describe, expect, it } from "vitest";
import type { Permission } from "../permissions.js";
import type { ResourceRef } from "../resource.js";
import { account, binding, organization, project, somebody, space, type Given } from "../testing/fixtures.js";
import { decide } from "./decide.js";
import type { Requirement } from "./types.js";

type Answer = "allow" | "forbidden" | "not_found";
const answer = (given: Given, requirement: Requirement, resource: ResourceRef, read?: Permission): Answer => {
  const decision = decide(somebody(given), requirement, resource, read);
  return decision.allowed ? "allow" : decision.reason;
};

const publicSpace = space();
const privateSpace = space(true);
const open = project();
const restricted = project({ isRestricted: true });

describe("decide", () => {
  describe("on the account", () => {
    it.each<[Given["account"], Requirement, Answer]>([
      ["ADMIN", "ORGANIZATION_CREATE", "allow"],
      ["MEMBER", "ORGANIZATION_CREATE", "forbidden"],
      ["MEMBER", "USER_READ", "allow"],
      ["MEMBER_UI_ONLY", "USER_READ", "allow"],
      ["ANNOTATOR", "USER_READ", "forbidden"],
      ["ADMIN", "USER_DELETE", "allow"],
      ["MEMBER", "USER_DELETE", "forbidden"],
    ])("an account %s who asks for %s gets: %s", (role, requirement, expected) => {
      expect(answer({ account: role ?? "MEMBER" }, requirement, account)).toBe(expected);
    });

    it("takes nothing from below", () => {
      expect(answer({ organization: "ADMIN", space: "ADMIN" }, "ORGANIZATION_CREATE", account)).toBe("forbidden");
      expect(answer({ organization: "ADMIN", space: "ADMIN" }, "DATASET_READ", account)).toBe("forbidden");
    });
  });

  describe("on an organization", () => {
    it.each<[Given, Requirement, Answer]>([
      [{ account: "ADMIN" }, "ORGANIZATION_DELETE", "allow"],
      [{ organization: "ADMIN" }, "ORGANIZATION_DELETE", "allow"],
      [{ organization: "ADMIN" }, "ORGANIZATION_CREATE", "forbidden"],
      [{ organization: "MEMBER" }, "ORGANIZATION_READ", "allow"],
      [{ organization: "MEMBER" }, "SPACE_CREATE", "allow"],
      [{ organization: "MEMBER" }, "ORGANIZATION_UPDATE", "forbidden"],
      [{ organization: "READ_ONLY" }, "ORGANIZATION_READ", "allow"],
      [{ organization: "READ_ONLY" }, "SPACE_CREATE", "forbidden"],
      [{ organization: "ANNOTATOR" }, "ORGANIZATION_READ", "allow"],
      [{}, "ORGANIZATION_READ", "not_found"],
      [{}, "SPACE_CREATE", "not_found"],
      [{ space: "ADMIN" }, "ORGANIZATION_READ", "not_found"],
      // A role in a space says nothing about the organization, nor an account role that is not admin.
      [{ organization: "READ_ONLY", space: "ADMIN" }, "SPACE_UPDATE", "forbidden"],
      [{ organization: "READ_ONLY", account: "MEMBER" }, "USER_READ", "forbidden"],
    ])("%o who asks for %s gets: %s", (given, requirement, expected) => {
      expect(answer(given, requirement, organization)).toBe(expected);
    });
  });

  describe("in a public space", () => {
    it.each<[Given, Requirement, Answer]>([
      [{ account: "ADMIN" }, "SPACE_DELETE", "allow"],
      [{ organization: "ADMIN" }, "SPACE_DELETE", "allow"],
      [{ organization: "ADMIN" }, "ORGANIZATION_CREATE", "forbidden"],
      [{ organization: "MEMBER", space: "ADMIN" }, "SPACE_DELETE", "allow"],
      [{ organization: "MEMBER", space: "ADMIN" }, "ORGANIZATION_UPDATE", "forbidden"],
      [{ organization: "MEMBER", space: "MEMBER" }, "SPACE_DELETE", "forbidden"],
      [{ organization: "MEMBER", space: "MEMBER" }, "DATASET_CREATE", "allow"],
      [{ organization: "MEMBER", space: "READ_ONLY" }, "DATASET_CREATE", "forbidden"],
      [{ organization: "MEMBER", space: "READ_ONLY" }, "DATASET_READ", "allow"],
      [{ organization: "MEMBER", space: "ANNOTATOR" }, "QUEUE_RECORD_ANNOTATE", "allow"],
      [{ organization: "MEMBER" }, "DATASET_CREATE", "allow"],
      [{ organization: "READ_ONLY" }, "DATASET_CREATE", "forbidden"],
      [{ organization: "READ_ONLY" }, "SPACE_READ", "allow"],
      [{ organization: "ANNOTATOR" }, "PROJECT_SPAN_ANNOTATE", "allow"],
      [{ organization: "ANNOTATOR" }, "PROJECT_SPAN_CREATE", "forbidden"],
      [{}, "SPACE_READ", "not_found"],
      [{}, "DATASET_CREATE", "not_found"],
      [{ account: "MEMBER" }, "USER_READ", "not_found"],
    ])("%o who asks for %s gets: %s", (given, requirement, expected) => {
      expect(answer(given, requirement, publicSpace)).toBe(expected);
    });

    it("the role of one's own counts, not the stronger one of the organization", () => {
      expect(answer({ organization: "MEMBER", space: "READ_ONLY" }, "DATASET_CREATE", publicSpace)).toBe("forbidden");
    });
  });

  describe("in a private space", () => {
    it.each<[Given, Requirement, Answer]>([
      [{ account: "ADMIN" }, "SPACE_READ", "allow"],
      [{ organization: "ADMIN" }, "DATASET_CREATE", "allow"],
      [{ organization: "MEMBER" }, "SPACE_READ", "not_found"],
      [{ organization: "MEMBER" }, "DATASET_CREATE", "not_found"],
      [{ organization: "MEMBER" }, "ORGANIZATION_READ", "not_found"],
      [{ organization: "READ_ONLY", space: "MEMBER" }, "DATASET_CREATE", "allow"],
      [{ organization: "MEMBER", space: "READ_ONLY" }, "DATASET_CREATE", "forbidden"],
    ])("%o who asks for %s gets: %s", (given, requirement, expected) => {
      expect(answer(given, requirement, privateSpace)).toBe(expected);
    });
  });

  describe("without a role in the organization", () => {
    it.each<[string, Given]>([
      ["a space role", { space: "ADMIN" }],
      ["a binding on the space", { onSpace: [binding("b", "SPACE_READ", "DATASET_READ", "PROJECT_READ")] }],
      ["a binding on the project", { onProject: [binding("b", "SPACE_READ", "DATASET_READ", "PROJECT_READ")] }],
    ])("%s gives nothing", (_, given) => {
      expect(answer(given, "SPACE_READ", publicSpace)).toBe("not_found");
      expect(answer(given, "DATASET_READ", publicSpace)).toBe("not_found");
      expect(answer(given, "PROJECT_READ", open)).toBe("not_found");
      expect(answer(given, "SPACE_ADMIN", publicSpace)).toBe("not_found");
    });
  });

  describe("with bindings", () => {
    const member = { organization: "READ_ONLY" } as const;

    it("one on the space gives its permissions in the space and its projects, beside the role there", () => {
      const given = { ...member, onSpace: [binding("b", "PROJECT_SPAN_CREATE")] };
      expect(answer(given, "PROJECT_SPAN_CREATE", publicSpace)).toBe("allow");
      expect(answer(given, "PROJECT_SPAN_CREATE", open)).toBe("allow");
      expect(answer(given, "DATASET_READ", publicSpace)).toBe("allow");
      expect(answer(given, "DATASET_CREATE", publicSpace)).toBe("forbidden");
      expect(answer({ ...given, space: "READ_ONLY" }, "PROJECT_SPAN_CREATE", publicSpace)).toBe("allow");
      expect(answer({ ...given, space: "ADMIN" }, "SPACE_DELETE", publicSpace)).toBe("allow");
    });

    it("any of several may hold the permission", () => {
      const given = { ...member, onSpace: [binding("a", "DATASET_READ"), binding("b", "DATASET_CREATE")] };
      expect(answer(given, "DATASET_READ", privateSpace)).toBe("allow");
      expect(answer(given, "DATASET_CREATE", privateSpace)).toBe("allow");
      expect(answer({ ...member, onSpace: [] }, "DATASET_READ", privateSpace)).toBe("not_found");
    });

    it("one on the space makes a private space visible only if it may read the space", () => {
      const blind = { ...member, onSpace: [binding("b", "DATASET_READ")] };
      expect(answer(blind, "DATASET_READ", privateSpace)).toBe("allow");
      expect(answer(blind, "DATASET_CREATE", privateSpace)).toBe("not_found");
      const seeing = { ...member, onSpace: [binding("b", "SPACE_READ")] };
      expect(answer(seeing, "DATASET_CREATE", privateSpace)).toBe("forbidden");
    });

    it("one on the project gives its permissions there, and does not show the space around it", () => {
      const given = { ...member, onProject: [binding("b", "PROJECT_READ", "SPACE_READ")] };
      const hidden = project({ isPrivate: true });
      expect(answer(given, "PROJECT_READ", hidden)).toBe("allow");
      expect(answer(given, "PROJECT_UPDATE", hidden)).toBe("forbidden");
      expect(answer(given, "SPACE_READ", privateSpace)).toBe("not_found");
    });

    it("none makes anybody an admin, whatever it holds", () => {
      const given = { ...member, onSpace: [binding("b", "SPACE_READ", "SPACE_DELETE", "PROJECT_RESTRICT")] };
      expect(answer(given, "SPACE_DELETE", publicSpace)).toBe("allow");
      expect(answer(given, "SPACE_ADMIN", publicSpace)).toBe("forbidden");
      expect(answer(given, "PROJECT_RESTRICT", restricted)).toBe("not_found");
    });
  });

  describe("on a project", () => {
    it.each<[Given, Requirement, Answer, Answer]>([
      // [who, what, open, restricted]
      [{ account: "ADMIN" }, "PROJECT_DELETE", "allow", "allow"],
      [{ organization: "ADMIN" }, "PROJECT_DELETE", "allow", "allow"],
      [{ organization: "READ_ONLY", space: "ADMIN" }, "PROJECT_DELETE", "allow", "allow"],
      [{ organization: "READ_ONLY", space: "MEMBER" }, "PROJECT_DELETE", "allow", "not_found"],
      [{ organization: "READ_ONLY", space: "MEMBER" }, "PROJECT_READ", "allow", "not_found"],
      [{ organization: "MEMBER" }, "PROJECT_READ", "allow", "not_found"],
      [{ organization: "READ_ONLY" }, "PROJECT_UPDATE", "forbidden", "not_found"],
      [
        { organization: "READ_ONLY", onSpace: [binding("b", "PROJECT_READ", "PROJECT_UPDATE")] },
        "PROJECT_UPDATE",
        "allow",
        "not_found",
      ],
      [
        { organization: "READ_ONLY", onProject: [binding("b", "PROJECT_READ", "PROJECT_UPDATE")] },
        "PROJECT_UPDATE",
        "allow",
        "allow",
      ],
      [
        { organization: "READ_ONLY", onProject: [binding("b", "PROJECT_READ")] },
        "PROJECT_UPDATE",
        "forbidden",
        "forbidden",
      ],
      [
        { organization: "READ_ONLY", space: "MEMBER", onProject: [binding("b", "PROJECT_READ")] },
        "PROJECT_UPDATE",
        "allow",
        "forbidden",
      ],
      [{}, "PROJECT_READ", "not_found", "not_found"],
    ])("%o who asks for %s gets: open %s, restricted %s", (given, requirement, whenOpen, whenRestricted) => {
      expect(answer(given, requirement, open)).toBe(whenOpen);
      expect(answer(given, requirement, restricted)).toBe(whenRestricted);
    });
  });

  describe("asked for a standing", () => {
    it.each<[Requirement, Given, ResourceRef, Answer]>([
      ["AUTHENTICATED", { account: "ANNOTATOR" }, account, "allow"],
      ["AUTHENTICATED", { account: "MEMBER" }, privateSpace, "allow"],
      ["ACCOUNT_MEMBER", { account: "MEMBER" }, account, "allow"],
      ["ACCOUNT_MEMBER", { account: "MEMBER_UI_ONLY" }, account, "allow"],
      ["ACCOUNT_MEMBER", { account: "ADMIN" }, account, "allow"],
      ["ACCOUNT_MEMBER", { account: "ANNOTATOR" }, account, "forbidden"],
      ["ACCOUNT_ADMIN", { account: "ADMIN" }, account, "allow"],
      ["ACCOUNT_ADMIN", { account: "MEMBER", organization: "ADMIN", space: "ADMIN" }, account, "forbidden"],
      ["ACCOUNT_ADMIN", { account: "MEMBER", organization: "ADMIN" }, organization, "forbidden"],
      ["ACCOUNT_ADMIN", { account: "MEMBER" }, organization, "not_found"],
      ["ORGANIZATION_ADMIN", { account: "ADMIN" }, organization, "allow"],
      ["ORGANIZATION_ADMIN", { organization: "ADMIN" }, organization, "allow"],
      ["ORGANIZATION_ADMIN", { organization: "ADMIN" }, privateSpace, "allow"],
      ["ORGANIZATION_ADMIN", { organization: "ADMIN" }, restricted, "allow"],
      ["ORGANIZATION_ADMIN", { organization: "ADMIN" }, account, "forbidden"],
      ["ORGANIZATION_ADMIN", { organization: "MEMBER", space: "ADMIN" }, publicSpace, "forbidden"],
      ["ORGANIZATION_ADMIN", { organization: "MEMBER" }, organization, "forbidden"],
      ["ORGANIZATION_ADMIN", {}, organization, "not_found"],
      ["SPACE_ADMIN", { account: "ADMIN" }, privateSpace, "allow"],
      ["SPACE_ADMIN", { organization: "ADMIN" }, privateSpace, "allow"],
      ["SPACE_ADMIN", { organization: "READ_ONLY", space: "ADMIN" }, privateSpace, "allow"],
      ["SPACE_ADMIN", { organization: "READ_ONLY", space: "ADMIN" }, restricted, "allow"],
      ["SPACE_ADMIN", { organization: "READ_ONLY", space: "MEMBER" }, publicSpace, "forbidden"],
      ["SPACE_ADMIN", { organization: "MEMBER" }, publicSpace, "forbidden"],
      ["SPACE_ADMIN", { organization: "MEMBER" }, privateSpace, "not_found"],
      ["SPACE_ADMIN", { organization: "ADMIN" }, organization, "allow"],
      ["SPACE_ADMIN", { organization: "MEMBER", space: "ADMIN" }, organization, "forbidden"],
      ["SPACE_ADMIN", { organization: "ADMIN" }, account, "forbidden"],
      ["SPACE_ADMIN", { space: "ADMIN" }, publicSpace, "not_found"],
    ])("%s: %o on %o gets: %s", (requirement, given, resource, expected) => {
      expect(answer(given, requirement, resource)).toBe(expected);
    });
  });

  it("hides every resource of another account, from its admins too", () => {
    for (const resource of [account, organization, publicSpace, open])
      expect(decide(somebody({ account: "ADMIN" }), "AUTHENTICATED", { ...resource, accountId: "other" })).toEqual({
        allowed: false,
        reason: "not_found",
        missing: "AUTHENTICATED",
        resource: { ...resource, accountId: "other" },
      });
  });

  it("takes grants for one place only", () => {
    const admin = somebody({ organization: "ADMIN", space: "ADMIN" });
    expect(decide(admin, "SPACE_READ", { ...publicSpace, organizationId: "other" }).allowed).toBe(false);
    const spaceAdmin = somebody({ organization: "READ_ONLY", space: "ADMIN" });
    expect(decide(spaceAdmin, "SPACE_READ", { ...privateSpace, spaceId: "other" }).allowed).toBe(false);
    const bound = somebody({ organization: "READ_ONLY", onProject: [binding("b", "PROJECT_READ")] });
    expect(decide(bound, "PROJECT_READ", { ...restricted, projectId: "other" }).allowed).toBe(false);
  });

  it("asks another read permission when told to", () => {
    const given = { organization: "MEMBER", onSpace: [binding("b", "DATASET_READ")] } as const;
    expect(answer(given, "DATASET_CREATE", privateSpace)).toBe("not_found");
    expect(answer(given, "DATASET_CREATE", privateSpace, "DATASET_READ")).toBe("forbidden");
    expect(answer({ organization: "READ_ONLY" }, "SERVICE_KEY_REVOKE", publicSpace)).toBe("forbidden");
    expect(answer({ organization: "READ_ONLY" }, "SERVICE_KEY_REVOKE", publicSpace, "SERVICE_KEY_READ")).toBe(
      "not_found",
    );
    expect(answer({ account: "ANNOTATOR" }, "USER_UPDATE", account, "USER_READ")).toBe("not_found");
  });

  it("says what was missing, and where", () => {
    expect(decide(somebody({ organization: "READ_ONLY" }), "DATASET_CREATE", publicSpace)).toEqual({
      allowed: false,
      reason: "forbidden",
      missing: "DATASET_CREATE",
      resource: publicSpace,
    });
  });

  it.each<[Given, Requirement, ResourceRef, unknown]>([
    [{ account: "ADMIN" }, "SPACE_READ", publicSpace, { from: "account", role: "ADMIN" }],
    [{ account: "MEMBER" }, "USER_READ", account, { from: "account", role: "MEMBER" }],
    [{ account: "MEMBER_UI_ONLY" }, "ACCOUNT_MEMBER", account, { from: "account", role: "MEMBER_UI_ONLY" }],
    [{ account: "ANNOTATOR" }, "AUTHENTICATED", account, { from: "account", role: "ANNOTATOR" }],
    [{ organization: "ADMIN" }, "SPACE_ADMIN", publicSpace, { from: "organization", role: "ADMIN" }],
    [{ organization: "MEMBER" }, "SPACE_CREATE", organization, { from: "organization", role: "MEMBER" }],
    [{ organization: "READ_ONLY" }, "ORGANIZATION_READ", organization, { from: "organization", role: "READ_ONLY" }],
    [{ organization: "ANNOTATOR" }, "ORGANIZATION_READ", organization, { from: "organization", role: "ANNOTATOR" }],
    [{ organization: "MEMBER", space: "ADMIN" }, "SPACE_ADMIN", publicSpace, { from: "space", role: "ADMIN" }],
    [{ organization: "MEMBER", space: "READ_ONLY" }, "SPACE_READ", publicSpace, { from: "space", role: "READ_ONLY" }],
    [{ organization: "MEMBER" }, "SPACE_READ", publicSpace, { from: "fallback", role: "MEMBER" }],
    [
      { organization: "MEMBER", onSpace: [binding("b", "SPACE_UPDATE")] },
      "SPACE_UPDATE",
      publicSpace,
      { from: "binding", bindingId: "b", roleId: "role of b", roleName: "Role of b" },
    ],
  ])("says what allowed: %o, %s on %o", (given, requirement, resource, via) => {
    const principal = somebody(given);
    const decision = decide(principal, requirement, resource);
    expect(decision).toEqual({ allowed: true, via });
    expect(Object.isFrozen(decision)).toBe(true);
    // The same answer is the same object: nothing is allocated on the way to "yes".
    expect(decide(principal, requirement, resource)).toBe(decision);
    expect(decision.allowed && Object.isFrozen(decision.via)).toBe(true);
  });
});

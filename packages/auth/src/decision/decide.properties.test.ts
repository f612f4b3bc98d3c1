import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PERMISSIONS } from "../permissions.js";
import type { Principal } from "../principal.js";
import type { ResourceRef } from "../resource.js";
import { account, binding, organization, project, somebody, space } from "../testing/fixtures.js";
import { decide } from "./decide.js";
import { effectiveRole } from "./effective.js";
import type { Requirement } from "./types.js";

const role = fc.constantFrom("ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR");
const permissions = fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { maxLength: 20 });
const bindings = fc.array(
  permissions.map((held) => binding("b", ...held)),
  { maxLength: 3 },
);
const principals: fc.Arbitrary<Principal> = fc
  .record({
    kind: fc.constantFrom("human", "bot"),
    account: fc.constantFrom("ADMIN", "MEMBER", "MEMBER_UI_ONLY", "ANNOTATOR"),
    organization: fc.option(role, { nil: undefined }),
    space: fc.oneof(role, fc.constantFrom(null, undefined)),
    onSpace: bindings,
    onProject: bindings,
  })
  .map(somebody);
const flags = fc.record({ isPrivate: fc.boolean(), isRestricted: fc.boolean() });
const resources: fc.Arbitrary<ResourceRef> = fc.oneof(
  fc.constant(account),
  fc.constant(organization),
  fc.boolean().map(space),
  flags.map(project),
);
const requirements: fc.Arbitrary<Requirement> = fc.constantFrom<Requirement[]>(
  ...PERMISSIONS,
  "AUTHENTICATED",
  "ACCOUNT_MEMBER",
  "ACCOUNT_ADMIN",
  "ORGANIZATION_ADMIN",
  "SPACE_ADMIN",
);
const withBinding = (
  principal: Principal,
  where: "space" | "project",
  held: ReturnType<typeof binding>,
): Principal => ({
  ...principal,
  grants: {
    ...principal.grants,
    bindings: new Map(principal.grants.bindings).set(where, [...(principal.grants.bindings.get(where) ?? []), held]),
  },
});

describe("decide, for anybody and anything", () => {
  it("gives the same answer to the same question, and changes nothing", () => {
    fc.assert(
      fc.property(principals, requirements, resources, (principal, requirement, resource) => {
        const before = structuredClone({ principal, resource });
        expect(decide(principal, requirement, resource)).toEqual(decide(principal, requirement, resource));
        expect({ principal, resource }).toEqual(before);
      }),
    );
  });

  it("never crosses an account", () => {
    fc.assert(
      fc.property(principals, requirements, resources, (principal, requirement, resource) => {
        const decision = decide(principal, requirement, { ...resource, accountId: "another account" });
        expect(decision).toMatchObject({ allowed: false, reason: "not_found" });
      }),
    );
  });

  it("allows an account admin everything", () => {
    fc.assert(
      fc.property(requirements, resources, (requirement, resource) => {
        expect(decide(somebody({ account: "ADMIN" }), requirement, resource).allowed).toBe(true);
      }),
    );
  });

  it("a binding more never turns yes into no, nor forbidden into not found", () => {
    const where = fc.constantFrom("space" as const, "project" as const);
    fc.assert(
      fc.property(
        principals,
        requirements,
        resources,
        where,
        permissions,
        (principal, requirement, resource, on, held) => {
          const before = decide(principal, requirement, resource);
          const after = decide(withBinding(principal, on, binding("more", ...held)), requirement, resource);
          if (before.allowed) expect(after.allowed).toBe(true);
          else if (!after.allowed && before.reason === "forbidden") expect(after.reason).toBe("forbidden");
        },
      ),
    );
  });

  it("an admin role at any level never turns yes into no", () => {
    fc.assert(
      fc.property(principals, requirements, resources, (principal, requirement, resource) => {
        if (!decide(principal, requirement, resource).allowed) return;
        const { grants } = principal;
        const raised: Principal[] = [
          { ...principal, grants: { ...grants, accountRole: "ADMIN" } },
          { ...principal, grants: { ...grants, spaceRoles: new Map([["space", "ADMIN"]]) } },
        ];
        for (const admin of raised) expect(decide(admin, requirement, resource).allowed).toBe(true);
      }),
    );
  });

  it("restricting a project never gives anybody more, and takes nothing from admins", () => {
    fc.assert(
      fc.property(principals, requirements, fc.boolean(), (principal, requirement, isPrivate) => {
        const open = decide(principal, requirement, project({ isPrivate })).allowed;
        const restricted = decide(principal, requirement, project({ isPrivate, isRestricted: true })).allowed;
        if (restricted) expect(open).toBe(true);
        if (effectiveRole(principal, "space", space(isPrivate)) === "ADMIN") {
          const standing = { ...principal, grants: { ...principal.grants, bindings: new Map() } };
          expect(decide(standing, requirement, project({ isPrivate, isRestricted: true })).allowed).toBe(
            decide(standing, requirement, project({ isPrivate })).allowed,
          );
        }
      }),
    );
  });

  it("making a space private never gives anybody more", () => {
    fc.assert(
      fc.property(principals, requirements, (principal, requirement) => {
        if (decide(principal, requirement, space(true)).allowed)
          expect(decide(principal, requirement, space(false)).allowed).toBe(true);
      }),
    );
  });

  it("answers what may not be seen with not found, and what may be seen with forbidden", () => {
    fc.assert(
      fc.property(
        principals,
        requirements,
        resources,
        fc.constantFrom(...PERMISSIONS),
        (principal, requirement, resource, read) => {
          const decision = decide(principal, requirement, resource, read);
          if (decision.allowed) return;
          expect(decision.reason).toBe(decide(principal, read, resource).allowed ? "forbidden" : "not_found");
        },
      ),
    );
  });
});

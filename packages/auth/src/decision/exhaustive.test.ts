import { describe, expect, it } from "vitest";
import { PERMISSIONS, type Permission } from "../permissions.js";
import type { Binding, Principal } from "../principal.js";
import type { ResourceRef } from "../resource.js";
import { account, binding, organization, project, somebody, space } from "../testing/fixtures.js";
import { gathered } from "../testing/gathered.js";
import { decide } from "./decide.js";
import { effectiveRole, permissionsOn } from "./effective.js";

const ACCOUNT_ROLES = ["ADMIN", "MEMBER", "MEMBER_UI_ONLY", "ANNOTATOR"] as const;
const ROLES = ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR", undefined] as const;
const BOOLEANS = [false, true];
const ON_SPACE: Binding[] = [binding("s", "SPACE_READ", "DATASET_CREATE", "PROJECT_UPDATE", "USER_READ")];
const ON_PROJECT: Binding[] = [binding("p", "PROJECT_READ", "PROJECT_SPAN_CREATE"), binding("q", "PROJECT_RESTRICT")];

const RESOURCES: ResourceRef[] = [
  account,
  organization,
  ...BOOLEANS.map((isPrivate) => space(isPrivate)),
  ...BOOLEANS.flatMap((isPrivate) => BOOLEANS.map((isRestricted) => project({ isPrivate, isRestricted }))),
];
const READ: Record<Exclude<ResourceRef["type"], "account">, Permission> = {
  organization: "ORGANIZATION_READ",
  space: "SPACE_READ",
  project: "PROJECT_READ",
};

/** Every combination of roles and bindings around one project. */
function* everybody(): Generator<Principal> {
  const kinds = ["human", "bot"] as const;
  for (const kind of kinds)
    for (const accountRole of ACCOUNT_ROLES)
      for (const organizationRole of ROLES)
        for (const spaceRole of [...ROLES, null])
          for (const onSpace of [[], ON_SPACE])
            for (const onProject of [[], ON_PROJECT])
              yield somebody({
                kind,
                account: accountRole,
                organization: organizationRole,
                space: spaceRole,
                onSpace,
                onProject,
              });
}

describe("every combination of roles and bindings, on every kind of resource", () => {
  it("is decided for every permission as the steps of spec/access.md §5 say", () => {
    let decisions = 0;
    const wrong: unknown[] = [];
    for (const principal of everybody())
      for (const resource of RESOURCES) {
        const { permissions } = gathered(principal, resource);
        const visible = resource.type === "account" || permissions.has(READ[resource.type]);
        for (const permission of PERMISSIONS) {
          const decision = decide(principal, permission, resource);
          const expected = permissions.has(permission) ? "allow" : visible ? "forbidden" : "not_found";
          if ((decision.allowed ? "allow" : decision.reason) !== expected)
            wrong.push({ grants: principal.grants, permission, resource, decision, expected });
          decisions++;
        }
      }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(decisions).toBe(2 * 4 * 5 * 6 * 2 * 2 * 8 * 132);
  });

  it("lists as permissionsOn what decide allows", () => {
    for (const principal of everybody())
      for (const resource of RESOURCES) {
        const { permissions } = gathered(principal, resource);
        const expected = PERMISSIONS.filter((permission) => permissions.has(permission));
        if (permissionsOn(principal, resource).join() !== expected.join())
          expect({ grants: principal.grants, resource, on: permissionsOn(principal, resource) }).toEqual({
            on: expected,
          });
      }
  });

  it("has an admin standing exactly where there is an effective role of admin", () => {
    for (const principal of everybody())
      for (const resource of RESOURCES) {
        const admin = effectiveRole(principal, "space", resource) === "ADMIN";
        if (resource.type === "space" || resource.type === "project") {
          expect(decide(principal, "SPACE_ADMIN", resource).allowed).toBe(admin);
          expect(gathered(principal, resource).admin).toBe(admin);
        }
        if (resource.type !== "account")
          expect(decide(principal, "ORGANIZATION_ADMIN", resource).allowed).toBe(
            effectiveRole(principal, "organization", resource) === "ADMIN",
          );
        expect(decide(principal, "ACCOUNT_ADMIN", resource).allowed).toBe(
          effectiveRole(principal, "account", resource) === "ADMIN",
        );
      }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Permission } from "../permissions.js";
import type { Principal } from "../principal.js";
import type { AccountRole, OrganizationRole, SpaceRole } from "../roles/names.js";
import { PERMISSIONS } from "../permissions.js";
import { binding, organization, project, somebody, space, type Given } from "../testing/fixtures.js";
import { checkServiceKeyCeiling, type CustomRoleGrant, type ServiceKeyGrants } from "./ceiling.js";
import { decide } from "./decide.js";
import { permissionsOn } from "./effective.js";

interface Wanted {
  account?: AccountRole;
  organization?: OrganizationRole;
  space?: SpaceRole | CustomRoleGrant;
  isPrivate?: boolean;
}
const key = ({
  account = "MEMBER",
  organization: role = "READ_ONLY",
  space: wanted = "READ_ONLY",
  isPrivate = false,
}: Wanted): ServiceKeyGrants => ({
  accountRole: account,
  organizations: [{ organizationId: "organization", role, spaces: [{ spaceId: "space", isPrivate, role: wanted }] }],
});
const custom = (...permissions: Permission[]): CustomRoleGrant => ({ roleId: "custom", permissions });
const check = (given: Given, wanted: Wanted) => checkServiceKeyCeiling(somebody(given), key(wanted));

const spaceMember = { account: "MEMBER", organization: "MEMBER", space: "MEMBER" } as const;

describe("checkServiceKeyCeiling", () => {
  it.each<[string, Given, Wanted]>([
    ["roles equal to one's own", spaceMember, { account: "MEMBER", organization: "MEMBER", space: "MEMBER" }],
    ["roles below one's own", spaceMember, { organization: "READ_ONLY", space: "READ_ONLY" }],
    [
      "everything, by an account admin",
      { account: "ADMIN" },
      { account: "ADMIN", organization: "ADMIN", space: "ADMIN", isPrivate: true },
    ],
    [
      "admin of the organization, by its admin",
      { organization: "ADMIN" },
      { organization: "ADMIN", space: "ADMIN", isPrivate: true },
    ],
    ["account member, by a member with UI only", { ...spaceMember, account: "MEMBER_UI_ONLY" }, { account: "MEMBER" }],
    ["the fallback in a public space", { organization: "MEMBER" }, { space: "MEMBER" }],
    ["a custom role within one's own permissions", spaceMember, { space: custom("DATASET_CREATE", "SPACE_READ") }],
    [
      "a custom role within one's own custom role",
      { organization: "READ_ONLY", onSpace: [binding("b", "TAG_CREATE")] },
      { space: custom("TAG_CREATE"), isPrivate: true },
    ],
    ["a custom role that holds nothing", spaceMember, { space: custom() }],
  ])("lets pass %s", (_, given, wanted) => {
    expect(check(given, wanted)).toEqual([]);
  });

  it.each<[string, Given, Wanted, object]>([
    [
      "account admin",
      spaceMember,
      { account: "ADMIN" },
      { level: "account", id: "account", granted: "ADMIN", own: "MEMBER" },
    ],
    [
      "organization admin",
      spaceMember,
      { organization: "ADMIN" },
      { level: "organization", id: "organization", granted: "ADMIN", own: "MEMBER" },
    ],
    ["space admin", spaceMember, { space: "ADMIN" }, { level: "space", id: "space", granted: "ADMIN", own: "MEMBER" }],
    [
      "more than the fallback",
      { organization: "READ_ONLY" },
      { space: "MEMBER" },
      { level: "space", id: "space", granted: "MEMBER", own: "READ_ONLY" },
    ],
    [
      "a private space that one is not in",
      { organization: "MEMBER" },
      { space: "READ_ONLY", isPrivate: true },
      { level: "space", id: "space", granted: "READ_ONLY", own: null },
    ],
  ])("refuses %s to whoever is less", (_, given, wanted, violation) => {
    expect(check(given, wanted)).toEqual([{ ...violation, problem: "exceeds", lacking: [] }]);
  });

  it("refuses everything in an organization that one is not in", () => {
    expect(check({}, {})).toEqual([
      { level: "organization", id: "organization", granted: "READ_ONLY", own: null, problem: "exceeds", lacking: [] },
      { level: "space", id: "space", granted: "READ_ONLY", own: null, problem: "exceeds", lacking: [] },
    ]);
  });

  it("refuses the annotator's role at every level, to account admins too", () => {
    const all: Wanted = { account: "ANNOTATOR", organization: "ANNOTATOR", space: "ANNOTATOR" };
    expect(check({ account: "ADMIN" }, all)).toEqual([
      { level: "account", id: "account", granted: "ANNOTATOR", own: "ADMIN", problem: "annotator", lacking: [] },
      {
        level: "organization",
        id: "organization",
        granted: "ANNOTATOR",
        own: "ADMIN",
        problem: "annotator",
        lacking: [],
      },
      { level: "space", id: "space", granted: "ANNOTATOR", own: "ADMIN", problem: "annotator", lacking: [] },
    ]);
    const everything = { organization: "READ_ONLY", onSpace: [binding("b", ...PERMISSIONS)] } as const;
    expect(check(everything, { space: "ANNOTATOR", isPrivate: true })).toMatchObject([{ problem: "annotator" }]);
  });

  it("names the permissions of a custom role that its creator lacks", () => {
    expect(check(spaceMember, { space: custom("DATASET_READ", "SPACE_DELETE", "ORGANIZATION_UPDATE") })).toEqual([
      {
        level: "space",
        id: "space",
        granted: "custom",
        own: "MEMBER",
        problem: "exceeds",
        lacking: ["SPACE_DELETE", "ORGANIZATION_UPDATE"],
      },
    ]);
  });

  it("lets a creator with bindings only give what the bindings hold, but never Admin", () => {
    const bound = (...held: Permission[]) => ({ organization: "READ_ONLY", onSpace: [binding("b", ...held)] }) as const;
    const inSpace = permissionsOn(somebody({ organization: "ADMIN" }), space());
    expect(check(bound(...inSpace), { space: "MEMBER", isPrivate: true })).toEqual([]);
    expect(check(bound("DATASET_READ"), { space: "READ_ONLY", isPrivate: true })).toMatchObject([
      { own: null, problem: "exceeds" },
    ]);
    expect(check(bound(...inSpace), { space: "ADMIN", isPrivate: true })).toMatchObject([
      { granted: "ADMIN", problem: "exceeds" },
    ]);
  });

  it("looks at every space of every organization, in the order of the request", () => {
    const creator: Principal = {
      ...somebody(),
      grants: {
        accountRole: "MEMBER",
        organizationRoles: new Map([
          ["one", "MEMBER"],
          ["two", "ADMIN"],
        ]),
        spaceRoles: new Map([["b", "ADMIN"]]),
        bindings: new Map(),
      },
    };
    const asAdmin = (spaceId: string) => ({ spaceId, isPrivate: true, role: "ADMIN" as const });
    const violations = checkServiceKeyCeiling(creator, {
      accountRole: "ADMIN",
      organizations: [
        { organizationId: "one", role: "ADMIN", spaces: [asAdmin("a"), asAdmin("b")] },
        { organizationId: "two", role: "ADMIN", spaces: [asAdmin("c")] },
      ],
    });
    expect(violations.map(({ level, id }) => `${level} ${id}`)).toEqual([
      "account account",
      "organization one",
      "space a",
    ]);
  });

  it("whatever passes, the key may do nothing there that its creator may not", () => {
    const role = fc.constantFrom<OrganizationRole[]>("ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR");
    const held = fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { maxLength: 132 });
    const creators = fc.record({
      account: fc.constantFrom<AccountRole[]>("ADMIN", "MEMBER", "MEMBER_UI_ONLY"),
      organization: fc.option(role, { nil: undefined }),
      space: fc.option(role, { nil: undefined }),
      onSpace: held.map((permissions) => [binding("b", ...permissions)]),
    });
    const wanted = fc.record({
      account: fc.constantFrom<AccountRole[]>("ADMIN", "MEMBER", "MEMBER_UI_ONLY", "ANNOTATOR"),
      organization: role,
      space: fc.oneof(
        role,
        held.map((permissions) => custom(...permissions)),
      ),
      isPrivate: fc.boolean(),
    });
    fc.assert(
      fc.property(creators, wanted, (given, want) => {
        const creator = somebody(given);
        if (checkServiceKeyCeiling(creator, key(want)).length > 0) return;
        const bot = somebody({
          kind: "bot",
          account: want.account,
          organization: want.organization,
          ...(typeof want.space === "string"
            ? { space: want.space }
            : { onSpace: [binding("k", ...want.space.permissions)] }),
        });
        const places = [
          organization,
          space(want.isPrivate),
          project({ isPrivate: want.isPrivate, isRestricted: true }),
        ];
        for (const place of places)
          for (const permission of permissionsOn(bot, place))
            expect(decide(creator, permission, place).allowed).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

import { ApiKeyPage, Organization, Space, SpacePage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);

const CREATE_SPACE = `mutation ($input: CreateSpaceMutationInput!) { createSpace(input: $input) { space { id name private } clientMutationId } }`;
const UPDATE_SPACE = `mutation ($input: UpdateSpaceMutationInput!) { updateSpace(input: $input) { space { name description private gradientStartColor mlModelsEnabled } } }`;

describe("organizations and spaces", () => {
  it("what is made here is there in REST, with the same rules", async () => {
    const made = await as(
      "admin",
      `mutation { createOrganization(input: { name: "made", description: "d" }) { organization { id } } }`,
    );
    const { id } = made.data.createOrganization.organization;
    expect((await at.world.as("admin").get(`/v2/organizations/${id}`)).read(Organization)).toMatchObject({
      name: "made",
    });
    const input = { accountOrganizationId: id, name: "inside", private: true, clientMutationId: "m1" };
    const space = (await as("admin", CREATE_SPACE, { input })).data.createSpace;
    expect(space).toMatchObject({ space: { name: "inside", private: true }, clientMutationId: "m1" });
    expect((await as("admin", CREATE_SPACE, { input })).verdict).toBe("CONFLICT");
    expect((await as("admin", CREATE_SPACE, { input: { ...input, name: "  " } })).verdict).toBe("BAD_USER_INPUT");
    const update = {
      spaceId: space.space.id,
      description: "new",
      private: false,
      gradientStartColor: "#fff",
      mlModelsEnabled: false,
    };
    expect((await as("admin", UPDATE_SPACE, { input: update })).data.updateSpace.space).toEqual({
      name: "inside",
      description: "new",
      private: false,
      gradientStartColor: "#fff",
      mlModelsEnabled: false,
    });
    expect((await at.world.as("admin").get(`/v2/spaces/${space.space.id}`)).read(Space)).toMatchObject({
      description: "new",
      is_private: false,
    });
    const gone = await as("admin", `mutation ($id: ID!) { deleteSpace(input: { spaceId: $id }) { success } }`, {
      id: space.space.id,
    });
    expect(gone.data.deleteSpace.success).toBe(true);
    expect((await at.world.as("admin").get(`/v2/spaces/${space.space.id}`)).status).toBe(404);
  });

  it("a change of nothing is refused, and so is a change by somebody who may not", async () => {
    expect((await as("admin", UPDATE_SPACE, { input: { spaceId: at.world.spaces.main } })).verdict).toBe(
      "BAD_USER_INPUT",
    );
    const input = { spaceId: at.world.spaces.main, name: "mine" };
    expect((await as("member", UPDATE_SPACE, { input })).verdict).toBe("FORBIDDEN");
    expect((await as("outsider", UPDATE_SPACE, { input })).verdict).toBe("NOT_FOUND");
    const spaces = (await at.world.as("admin").get("/v2/spaces?limit=100")).read(SpacePage).spaces;
    expect(spaces.map(({ name }) => name)).not.toContain("mine");
  });

  it("finds an organization under both of its names, and a space without the end of its id", async () => {
    const plain = atob(at.world.organizations.acme);
    const renamed = btoa(plain.replace("Organization", "AccountOrganization"));
    const short = btoa(atob(at.world.spaces.main).split(":").slice(0, 2).join(":"));
    const query = `query ($a: ID!, $b: ID!) { a: node(id: $a) { __typename id } b: node(id: $b) { __typename id } }`;
    expect((await as("admin", query, { a: renamed, b: short })).data).toEqual({
      a: { __typename: "AccountOrganization", id: at.world.organizations.acme },
      b: { __typename: "Space", id: at.world.spaces.main },
    });
  });
});

describe("members", () => {
  const ASSIGN = `mutation ($input: AssignSpaceMembershipMutationInput!) { assignSpaceMembership(input: $input) { spaceMemberships { role user { name } } } }`;
  const USERS = `query ($id: ID!) { node(id: $id) { ... on Space { spaceUsers(first: 50) { edges { node { role membership customRole { name } user { name } } } } } } }`;

  it("are given, changed and taken, and shown with what they have from above", async () => {
    const { second } = at.world.spaces;
    const membership = { userId: at.world.people.orgMember, spaceId: second, role: "admin" };
    const assigned = await as("admin", ASSIGN, { input: { spaceMemberships: [membership] } });
    expect(assigned.data.assignSpaceMembership.spaceMemberships).toEqual([
      { role: "admin", user: { name: "The orgMember" } },
    ]);
    const users = (await as("admin", USERS, { id: second })).data.node.spaceUsers.edges.map(
      ({ node }: { node: object }) => node,
    );
    expect(users).toEqual(
      expect.arrayContaining([
        { role: "admin", membership: "EXPLICIT_MEMBERSHIP", customRole: null, user: { name: "The orgMember" } },
        { role: null, membership: "ACCOUNT_ADMIN", customRole: null, user: { name: "The admin" } },
        { role: null, membership: "ORGANIZATION_ADMIN", customRole: null, user: { name: "The orgAdmin" } },
        { role: null, membership: "PUBLIC_MEMBERSHIP", customRole: null, user: { name: "The member" } },
      ]),
    );
    const remove = `mutation ($spaceId: ID!, $userId: ID!) { removeSpaceMember(input: { spaceId: $spaceId, userId: $userId }) { space { name } } }`;
    expect((await as("admin", remove, membership)).data.removeSpaceMember.space.name).toBe("second");
    expect((await as("admin", remove, membership)).verdict).toBe("NOT_FOUND");
  });

  it("every space is decided on before the first membership is written", async () => {
    const { orgMember } = at.world.people;
    const spaceMemberships = [at.world.spaces.main, at.world.spaces.second].map((spaceId) => ({
      userId: orgMember,
      spaceId,
      role: "member",
    }));
    expect((await as("spaceAdmin", ASSIGN, { input: { spaceMemberships } })).verdict).toBe("FORBIDDEN");
    const users = (await as("admin", USERS, { id: at.world.spaces.main })).data.node.spaceUsers.edges;
    expect(
      users.filter(({ node }: { node: { membership: string } }) => node.membership === "EXPLICIT_MEMBERSHIP"),
    ).toHaveLength(6);
  });

  it("a membership has exactly one kind of role", async () => {
    const spaceMemberships = [{ userId: at.world.people.orgMember, spaceId: at.world.spaces.main }];
    expect((await as("admin", ASSIGN, { input: { spaceMemberships } })).errors[0]?.message).toContain(
      "exactly one of role and customRoleId",
    );
  });
});

describe("keys", () => {
  const SERVICE = `mutation ($input: CreateServiceApiKeyInput!) { createServiceApiKey(input: $input) { apiKey keyInfo { id expiresAt keyType } } }`;

  it("a service key works at once, in its space and with its role, and not after it is revoked", async () => {
    const input = {
      name: "bot",
      spaceId: at.world.spaces.main,
      spaceRole: "readOnly",
      accountOrganizationRole: "member",
      accountRole: "member",
    };
    const { apiKey, keyInfo } = (await as("admin", SERVICE, { input })).data.createServiceApiKey;
    expect(keyInfo).toMatchObject({ expiresAt: null, keyType: "service" });
    const listed = (await at.world.as("admin").get(`/v2/api-keys?space_id=${at.world.spaces.main}`)).read(ApiKeyPage);
    expect(listed.api_keys.map(({ id }) => id)).toContain(keyInfo.id);
    expect((await at.world.with(apiKey).get(`/v2/spaces/${at.world.spaces.main}`)).status).toBe(200);
    const shown = await as(
      "admin",
      `query ($id: ID!) { node(id: $id) { ... on Space { apiKeys { edges { node { name redactedKey } } } } } }`,
      { id: at.world.spaces.main },
    );
    expect(JSON.stringify(shown.data)).not.toContain(apiKey);
    expect(shown.data.node.apiKeys.edges).toEqual(
      expect.arrayContaining([{ node: { name: "bot", redactedKey: expect.stringContaining("...") } }]),
    );
    const revoked = await as(
      "admin",
      `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { keyInfo { status } } }`,
      { id: keyInfo.id },
    );
    expect(revoked.data.revokeApiKey.keyInfo.status).toBe("revoked");
    expect((await at.world.with(apiKey).get("/v2/spaces")).status).toBe(401);
  });

  it("nobody gives more than they have", async () => {
    const input = { name: "bot", spaceId: at.world.spaces.main, spaceRole: "admin" };
    expect((await as("member", SERVICE, { input })).verdict).toBe("UNPROCESSABLE");
    expect((await as("reader", SERVICE, { input })).verdict).toBe("FORBIDDEN");
    expect((await as("outsider", SERVICE, { input })).verdict).toBe("NOT_FOUND");
  });
});

describe("the audit log", () => {
  it("has every mutation with its outcome, and no secret", async () => {
    await as("member", `mutation ($id: ID!) { deleteSpace(input: { spaceId: $id }) { success } }`, {
      id: at.world.spaces.main,
    });
    const made = await as("member", `mutation { createUserApiKey(input: { name: "mine" }) { apiKey } }`);
    const log = (await at.world.as("admin").get("/v2/audit-logs")).text;
    expect(log).toContain("mutation deleteSpace");
    expect(log).toContain('\\"outcome\\":\\"403\\"');
    expect(log).toContain("mutation createUserApiKey");
    expect(log).not.toContain(made.data.createUserApiKey.apiKey);
  });
});

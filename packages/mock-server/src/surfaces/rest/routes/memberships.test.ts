import {
  CreateUserResponse,
  Organization,
  OrganizationMembership,
  Project,
  Role,
  RoleBindingPage,
  Space,
  SpaceMembership,
  SpacePage,
} from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, custom, predefined, suite } from "../../../testing/suite.js";
import type { Person } from "../../../testing/world.js";
import { createWorld } from "../../../testing/world.js";

const at = suite();
type Who = Person | "pipeline";
const joinOrganization = async (person: Person, role: object, who: Who = "orgAdmin") =>
  at.world
    .as(who)
    .post(`/v2/organizations/${at.world.organizations.acme}/users`, { user_id: at.world.people[person], role });
const joinSpace = async (person: Person, role: object, who: Who = "spaceAdmin", space = at.world.spaces.main) =>
  at.world.as(who).post(`/v2/spaces/${space}/users`, { user_id: at.world.people[person], role });
const customRole = async (...permissions: string[]) =>
  (await at.world.as("admin").post("/v2/roles", { name: permissions.join(), permissions })).read(Role);
const canCreate = async (who: Who) =>
  (await at.world.as(who).post("/v2/projects", { name: `by ${who} ${Math.random()}`, space_id: at.world.spaces.main }))
    .status;
const bindingsOf = async (person: Person) =>
  (await at.world.as("admin").get(`/v2/role-bindings?resource_type=SPACE&user_id=${at.world.people[person]}`)).read(
    RoleBindingPage,
  ).role_bindings;

describe("members of an organization", () => {
  it("are added, and given another role, with 200 and the same membership", async () => {
    const added = await joinOrganization("outsider", predefined("READ_ONLY"));
    expect(added.status).toBe(200);
    const membership = added.read(OrganizationMembership);
    expect(membership).toMatchObject({
      user_id: at.world.people.outsider,
      organization_id: at.world.organizations.acme,
      role: predefined("READ_ONLY"),
    });
    expect(await canCreate("outsider")).toBe(403);
    const raised = (await joinOrganization("outsider", predefined("MEMBER"))).read(OrganizationMembership);
    expect(raised).toEqual({ ...membership, role: predefined("MEMBER") });
    expect(await canCreate("outsider")).toBe(201);
  });

  it("annotate exactly if they are annotators of the account", async () => {
    expect((await joinOrganization("annotator", predefined("MEMBER"))).status).toBe(400);
    expect((await joinOrganization("outsider", predefined("ANNOTATOR"))).status).toBe(400);
    expect((await joinOrganization("annotator", predefined("ANNOTATOR"))).status).toBe(200);
    expect((await joinSpace("annotator", predefined("READ_ONLY"))).status).toBe(400);
    expect((await joinSpace("annotator", custom((await customRole("DATASET_READ")).id))).status).toBe(400);
    expect((await joinSpace("member", predefined("ANNOTATOR"))).status).toBe(400);
    expect((await joinSpace("annotator", predefined("ANNOTATOR"))).status).toBe(200);
  });

  it("are administered by the organization's and the account's admins", async () => {
    for (const who of ["spaceAdmin", "member", "reader", "annotator", "pipeline"] as const) {
      expect([who, (await joinOrganization("outsider", predefined("MEMBER"), who)).status]).toEqual([who, 403]);
      expect([
        who,
        (
          await at.world
            .as(who)
            .delete(`/v2/organizations/${at.world.organizations.acme}/users/${at.world.people.reader}`)
        ).status,
      ]).toEqual([who, 403]);
    }
    expect((await joinOrganization("outsider", predefined("MEMBER"), "outsider")).status).toBe(404);
    expect((await joinOrganization("outsider", predefined("MEMBER"), "admin")).status).toBe(200);
  });

  it("are people of the account, with predefined roles", async () => {
    const { world } = at;
    const path = `/v2/organizations/${world.organizations.acme}/users`;
    const other = await createWorld(at.platform);
    await world.as("admin").delete(`/v2/users/${world.people.uiOnly}`);
    for (const user_id of [absentId("User"), other.people.member, world.people.uiOnly])
      expect((await world.as("orgAdmin").post(path, { user_id, role: predefined("MEMBER") })).status).toBe(404);
    expect(
      (await world.as("orgAdmin").post(path, { user_id: world.spaces.main, role: predefined("MEMBER") })).status,
    ).toBe(400);
    const role = await customRole("DATASET_READ");
    expect((await joinOrganization("outsider", custom(role.id))).status).toBe(422);
    for (const body of [
      {},
      { user_id: world.people.outsider },
      { user_id: world.people.outsider, role: "MEMBER" },
      { user_id: world.people.outsider, role: predefined("KING") },
    ]) {
      expect((await world.as("orgAdmin").post(path, body)).status).toBe(400);
    }
    expect(
      (
        await world.as("admin").post(`/v2/organizations/${absentId("Organization")}/users`, {
          user_id: world.people.outsider,
          role: predefined("MEMBER"),
        })
      ).status,
    ).toBe(404);
  });

  it("who are removed leave its spaces, and lose their bindings in it", async () => {
    const { world } = at;
    const role = await customRole("PROJECT_READ");
    const project = (await world.as("admin").post("/v2/projects", { name: "P", space_id: world.spaces.main })).read(
      Project,
    );
    await world.as("admin").post("/v2/role-bindings", {
      role_id: role.id,
      user_id: world.people.member,
      resource_type: "PROJECT",
      resource_id: project.id,
    });
    await world.as("admin").post("/v2/role-bindings", {
      role_id: role.id,
      user_id: world.people.member,
      resource_type: "SPACE",
      resource_id: world.spaces.vault,
    });
    await world.as("admin").post("/v2/role-bindings", {
      role_id: role.id,
      user_id: world.people.member,
      resource_type: "SPACE",
      resource_id: world.spaces.betaSpace,
    });
    const path = `/v2/organizations/${world.organizations.acme}/users/${world.people.member}`;
    expect((await world.as("orgAdmin").delete(path)).status).toBe(204);
    expect((await world.as("member").get(`/v2/spaces/${world.spaces.main}`)).status).toBe(404);
    expect((await world.as("member").get("/v2/spaces")).read(SpacePage).spaces).toEqual([]);
    expect((await bindingsOf("member")).map((binding) => binding.resource_id)).toEqual([world.spaces.betaSpace]);
    expect(
      (await world.as("admin").get("/v2/role-bindings?resource_type=PROJECT")).read(RoleBindingPage).role_bindings,
    ).toEqual([]);
    expect((await world.as("orgAdmin").delete(path)).status).toBe(404);
    await joinOrganization("member", predefined("READ_ONLY"));
    expect(await canCreate("member")).toBe(403);
    expect(
      (await world.as("orgAdmin").delete(`/v2/organizations/${world.organizations.acme}/users/${world.spaces.main}`))
        .status,
    ).toBe(400);
  });
});

describe("members of a space", () => {
  it("are added, and given another role, which counts from the next request", async () => {
    expect(await canCreate("reader")).toBe(403);
    const raised = await joinSpace("reader", predefined("MEMBER"));
    expect(raised.status).toBe(200);
    const membership = raised.read(SpaceMembership);
    expect(membership).toMatchObject({
      user_id: at.world.people.reader,
      space_id: at.world.spaces.main,
      role: predefined("MEMBER"),
    });
    expect(await canCreate("reader")).toBe(201);
    expect((await joinSpace("reader", predefined("READ_ONLY"))).read(SpaceMembership).id).toBe(membership.id);
    expect(await canCreate("reader")).toBe(403);
  });

  it("belong to its organization first", async () => {
    const refused = await joinSpace("outsider", predefined("MEMBER"));
    expect(refused.status).toBe(400);
    expect(refused.detail).toContain(at.world.organizations.acme);
    await joinOrganization("outsider", predefined("READ_ONLY"));
    expect((await joinSpace("outsider", predefined("MEMBER"))).status).toBe(200);
  });

  it("with a custom role hold exactly that, even in a public space; the binding shows it", async () => {
    const { world } = at;
    const role = await customRole("SPACE_READ", "PROJECT_CREATE");
    const joined = await joinSpace("orgMember", custom(role.id));
    expect(joined.status).toBe(200);
    expect(joined.read(SpaceMembership).role).toEqual({ type: "CUSTOM", id: role.id, name: role.name });
    expect((await bindingsOf("orgMember")).map((binding) => [binding.role_id, binding.resource_id])).toEqual([
      [role.id, world.spaces.main],
    ]);
    expect(await canCreate("orgMember")).toBe(201);
    expect((await world.as("orgMember").get(`/v2/spaces/${world.spaces.main}`)).status).toBe(200);
    expect(
      (
        await world
          .as("orgMember")
          .post("/v2/datasets", { name: "d", space_id: world.spaces.main, examples: [{ a: 1 }] })
      ).status,
    ).toBe(403);
    const narrower = await customRole("SPACE_READ");
    await joinSpace("orgMember", custom(narrower.id));
    expect(await canCreate("orgMember")).toBe(403);
    expect(await bindingsOf("orgMember")).toHaveLength(1);
    await joinSpace("orgMember", predefined("MEMBER"));
    expect(await bindingsOf("orgMember")).toEqual([]);
    expect(await canCreate("orgMember")).toBe(201);
  });

  it("keep a binding of their own when their predefined role changes", async () => {
    const role = await customRole("PROJECT_CREATE");
    await at.world.as("admin").post("/v2/role-bindings", {
      role_id: role.id,
      user_id: at.world.people.reader,
      resource_type: "SPACE",
      resource_id: at.world.spaces.main,
    });
    await joinSpace("reader", predefined("READ_ONLY"));
    expect(await bindingsOf("reader")).toHaveLength(1);
  });

  it("are administered by its admins; custom roles by whoever holds ROLE_BINDING_CREATE", async () => {
    const { world } = at;
    const role = await customRole("SPACE_READ");
    for (const who of ["member", "reader", "annotator", "pipeline"] as const) {
      expect([who, (await joinSpace("orgMember", predefined("MEMBER"), who)).status]).toEqual([who, 403]);
      expect([who, (await joinSpace("orgMember", custom(role.id), who)).status]).toEqual([who, 403]);
      expect([
        who,
        (await world.as(who).delete(`/v2/spaces/${world.spaces.main}/users/${world.people.reader}`)).status,
      ]).toEqual([who, 403]);
    }
    expect((await joinSpace("orgMember", predefined("MEMBER"), "outsider")).status).toBe(404);
    expect((await joinSpace("orgMember", predefined("MEMBER"), "spaceAdmin", world.spaces.vault)).status).toBe(404);
    const binder = await customRole("SPACE_READ", "ROLE_BINDING_CREATE", "ROLE_BINDING_DELETE");
    await joinSpace("reader", custom(binder.id));
    expect((await joinSpace("orgMember", custom(role.id), "reader")).status).toBe(200);
    expect((await joinSpace("orgMember", predefined("MEMBER"), "reader")).status).toBe(403);
    expect(
      (await world.as("reader").delete(`/v2/spaces/${world.spaces.main}/users/${world.people.orgMember}`)).status,
    ).toBe(204);
  });

  it("who are removed lose their binding on the space; removing nobody is 404", async () => {
    const { world } = at;
    await joinSpace("reader", custom((await customRole("SPACE_READ")).id));
    const path = `/v2/spaces/${world.spaces.main}/users/${world.people.reader}`;
    expect((await world.as("spaceAdmin").delete(path)).status).toBe(204);
    expect(await bindingsOf("reader")).toEqual([]);
    expect((await world.as("spaceAdmin").delete(path)).status).toBe(404);
    expect(
      (await world.as("spaceAdmin").delete(`/v2/spaces/${world.spaces.main}/users/${absentId("User")}`)).status,
    ).toBe(404);
    expect((await world.as("reader").get(`/v2/spaces/${world.spaces.main}`)).status).toBe(200);
  });

  it("hold roles that exist; unknown people and roles are 404, other bodies 400", async () => {
    const { world } = at;
    expect((await joinSpace("reader", custom(absentId("Role")))).status).toBe(404);
    const path = `/v2/spaces/${world.spaces.main}/users`;
    expect(
      (await world.as("spaceAdmin").post(path, { user_id: absentId("User"), role: predefined("MEMBER") })).status,
    ).toBe(404);
    for (const body of [
      {},
      { user_id: world.people.reader },
      { user_id: world.people.reader, role: { type: "CUSTOM" } },
      { user_id: world.people.reader, role: { type: "CUSTOM", id: "x", name: "y" } },
    ]) {
      expect((await world.as("spaceAdmin").post(path, body)).status).toBe(400);
    }
  });

  it("see a private space only as members or admins", async () => {
    const { world } = at;
    const vault = `/v2/spaces/${world.spaces.vault}`;
    for (const who of ["orgMember", "spaceAdmin", "member", "pipeline"] as const)
      expect([who, (await world.as(who).get(vault)).status]).toEqual([who, 404]);
    for (const who of ["orgAdmin", "admin"] as const)
      expect([who, (await world.as(who).get(vault)).status]).toEqual([who, 200]);
    await joinSpace("reader", predefined("READ_ONLY"), "orgAdmin", world.spaces.vault);
    expect((await world.as("reader").get(vault)).status).toBe(200);
    await world.as("orgAdmin").patch(vault, { is_private: false });
    expect((await world.as("orgMember").get(vault)).status).toBe(200);
  });
});

describe("making and unmaking organizations and spaces", () => {
  it("a space is answered without is_private to Python up to 8.20, which raises on it and names itself by its user agent alone", async () => {
    const { platform, world } = at;
    const asked = (userAgent: string) =>
      platform.fetch(
        new Request(`http://axlab/v2/spaces/${world.spaces.main}`, {
          headers: { authorization: `Bearer ${world.keys.reader}`, "user-agent": userAgent },
        }),
      );
    expect(await (await asked("OpenAPI-Generator/1.0.0/python")).text()).not.toContain("is_private");
    expect(await (await asked("curl/8")).text()).toContain("is_private");
  });

  it("an organization's creator, and a space's, can work in it at once; names are unique where they live", async () => {
    const { world } = at;
    const made = (await world.as("admin").post("/v2/organizations", { name: "New" })).read(Organization);
    expect((await world.as("admin").post("/v2/organizations", { name: "New" })).status).toBe(409);
    expect((await world.as("orgAdmin").post("/v2/organizations", { name: "Mine" })).status).toBe(403);
    const space = (
      await world
        .as("orgMember")
        .post("/v2/spaces", { name: "s", organization_id: world.organizations.acme, is_private: true })
    ).read(Space);
    expect((await world.as("orgMember").patch(`/v2/spaces/${space.id}`, { description: "mine" })).status).toBe(200);
    expect((await world.as("member").get(`/v2/spaces/${space.id}`)).status).toBe(404);
    expect(
      (await world.as("orgAdmin").post("/v2/spaces", { name: "s", organization_id: world.organizations.acme })).status,
    ).toBe(409);
    expect((await world.as("admin").post("/v2/spaces", { name: "s", organization_id: made.id })).status).toBe(201);
    expect(
      (await world.as("reader").post("/v2/spaces", { name: "t", organization_id: world.organizations.acme })).status,
    ).toBe(403);
    expect(
      (await world.as("outsider").post("/v2/spaces", { name: "t", organization_id: world.organizations.acme })).status,
    ).toBe(404);
  });

  it("deleting takes what is inside along, and the service keys that have no space left", async () => {
    const { world } = at;
    expect((await world.as("pipeline").get(`/v2/spaces/${world.spaces.main}`)).status).toBe(200);
    expect((await world.as("spaceAdmin").delete(`/v2/spaces/${world.spaces.main}`)).status).toBe(204);
    const refused = await world.as("pipeline").get("/v2/spaces");
    expect(refused.status).toBe(401);
    expect(refused.detail).toContain("revoked");
    expect((await world.as("member").get(`/v2/spaces/${world.spaces.main}`)).status).toBe(404);
    expect((await world.as("orgAdmin").delete(`/v2/organizations/${world.organizations.acme}`)).status).toBe(204);
    expect((await world.as("admin").get("/v2/spaces")).read(SpacePage).spaces.map((space) => space.name)).toEqual([
      "betaSpace",
    ]);
  });

  it("an invited person can be given memberships before they come", async () => {
    const { world } = at;
    const invited = (
      await world
        .as("admin")
        .post("/v2/users", { name: "I", email: "i@world.test", role: predefined("MEMBER"), invite_mode: "EMAIL_LINK" })
    ).read(CreateUserResponse);
    const reply = await world
      .as("orgAdmin")
      .post(`/v2/organizations/${world.organizations.acme}/users`, { user_id: invited.id, role: predefined("MEMBER") });
    expect(reply.status).toBe(200);
  });
});

import { mintKey } from "@axlab/auth";
import { CreatedApiKey, RolePage } from "@axlab/wire/rest";
import { SeedDocument } from "../../lab/seeds/document.js";
import { plantSeed } from "../../lab/seeds/plant.js";
import type { Platform } from "../../platform.js";
import { Client } from "../client.js";
import { CUSTOM_ROLE, type Subject } from "./principals.js";
import { Fixtures, fresh, idOf, predefined } from "./fixtures.js";

/** Where a request goes, seen from the subject: `restricted` is a project of the own space. */
export const PLACES = ["own", "restricted", "private", "elsewhere", "foreign"] as const;
export type Place = (typeof PLACES)[number];

/** An account with the subject in it, and what the requests are about. */
export interface Stage {
  /** the subject's secret */
  key: string;
  client: Client;
  at: Record<Place, Fixtures>;
}

const document = ({ key, account, organization, space }: Subject): SeedDocument => {
  const human = key === "USER";
  const seeded = space !== undefined && space !== "CUSTOM" ? space : undefined;
  return SeedDocument.parse({
    account: { name: fresh() },
    users: [
      { handle: "admin", name: "Admin", email: "admin@matrix.test", account_role: "ADMIN" },
      { handle: "maker", name: "Maker", email: "maker@matrix.test" },
      ...(human
        ? [
            {
              handle: "subject",
              name: "Subject",
              email: "subject@matrix.test",
              account_role: account,
              is_developer: true,
            },
          ]
        : []),
    ],
    organizations: [
      {
        name: "own",
        members: human && organization ? [{ user: "subject", role: organization }] : [],
        spaces: [
          { name: "own", members: human && seeded ? [{ user: "subject", role: seeded }] : [] },
          { name: "private", is_private: true },
        ],
      },
      { name: "elsewhere", spaces: [{ name: "elsewhere" }] },
    ],
    keys: ["admin", "maker", ...(human ? ["subject"] : [])].map((handle) => ({
      handle,
      type: "USER",
      name: handle,
      user: handle,
    })),
  });
};

/** Builds the subject's account. @param foreign the space of another account */
export async function createStage(platform: Platform, subject: Subject, foreign: Fixtures): Promise<Stage> {
  const { core } = platform.domain;
  const tenant = await plantSeed(core, document(subject), () => mintKey());
  const admin = new Client(platform, tenant.keys.admin);
  const maker = new Client(platform, tenant.keys.maker);
  const spaces = await core.store.db
    .selectFrom("spaces")
    .selectAll()
    .where("account_id", "=", tenant.account.id)
    .execute();
  const space = (name: string): { organizationId: string; spaceId: string } => {
    const row = spaces.find((found) => found.name === name);
    if (row === undefined) throw new TypeError(`The stage has no space ${name}.`);
    return { organizationId: row.organization_id, spaceId: row.id };
  };
  const own = space("own");
  const custom =
    subject.space === "CUSTOM"
      ? { type: "CUSTOM", id: idOf(await admin.post("/v2/roles", { name: "Custom", permissions: CUSTOM_ROLE })) }
      : null;
  if (custom !== null && subject.key === "USER")
    await admin.post(`/v2/spaces/${own.spaceId}/users`, { user_id: tenant.users.subject, role: custom });
  const key =
    subject.key === "USER"
      ? tenant.keys.subject
      : await serviceKey(admin, subject, own, custom ?? predefined(subject.space ?? "READ_ONLY"));
  if (key === undefined) throw new TypeError("The stage has no key for its subject.");
  const bind = await projectBinder(admin, subject, tenant.users.subject);
  const fixtures = (name: string): Fixtures =>
    new Fixtures(admin, space(name).organizationId, space(name).spaceId, maker, name === "own" ? bind : undefined);
  const mine = fixtures("own");
  return {
    key,
    client: new Client(platform, key),
    at: { own: mine, restricted: mine, private: fixtures("private"), elsewhere: fixtures("elsewhere"), foreign },
  };
}

async function serviceKey(
  admin: Client,
  subject: Subject,
  own: { organizationId: string; spaceId: string },
  role: object,
): Promise<string> {
  const reply = await admin.post("/v2/api-keys", {
    key_type: "SERVICE",
    name: "subject",
    account_role: predefined(subject.account),
    organizations: [
      {
        org_id: own.organizationId,
        role: predefined(subject.organization ?? "READ_ONLY"),
        spaces: [{ space_id: own.spaceId, role }],
      },
    ],
  });
  return reply.read(CreatedApiKey).key;
}

/** Binds the subject's project role on each project of the own space. */
async function projectBinder(
  admin: Client,
  { project }: Subject,
  userId: string | undefined,
): Promise<(id: string) => Promise<void>> {
  if (project === undefined) return async () => undefined;
  const { roles } = (await admin.get("/v2/roles?is_predefined=true&limit=100")).read(RolePage);
  const role = roles.find(({ name }) => name.toUpperCase() === `PROJECT ${project}`);
  return async (resource_id) => {
    idOf(
      await admin.post("/v2/role-bindings", {
        role_id: role?.id,
        user_id: userId,
        resource_type: "PROJECT",
        resource_id,
      }),
    );
  };
}

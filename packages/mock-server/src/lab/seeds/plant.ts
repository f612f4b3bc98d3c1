import { hashKey, redactKey } from "@axlab/auth";
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Core } from "../../core.js";
import { ConfigurationError } from "../../errors.js";
import type { Tables } from "../../store/tables/index.js";
import type { SeedDocument } from "./document.js";

export interface Named {
  id: string;
  name: string;
}

/** What was planted. `keys` holds secrets: they are known here and nowhere else. */
export interface Tenant {
  account: Named;
  /** the first organization and its first space; null when the seed has none */
  organization: Named | null;
  space: Named | null;
  /** user ids by handle */
  users: Record<string, string>;
  /** secrets by handle */
  keys: Record<string, string>;
}

const NamedSchema = z.object({ id: z.string(), name: z.string() });
const DemoTenantSchema = z.object({
  account: NamedSchema,
  organization: NamedSchema,
  space: NamedSchema,
  users: z.object({ admin: z.string(), member: z.string(), readOnly: z.string() }),
  keys: z.object({ admin: z.string(), member: z.string(), readOnly: z.string(), service: z.string() }),
});

/** A tenant with the demo's people: everything a test needs is there, and its types say so. */
export type DemoTenant = z.infer<typeof DemoTenantSchema>;
export const asDemoTenant = (tenant: Tenant): DemoTenant => DemoTenantSchema.parse(tenant);

type Tx = Transaction<Tables>;

/** Writes a seed in one transaction, in the document's order, so that a new database gives it the same ids every time. */
export async function plantSeed(
  core: Core,
  document: SeedDocument,
  secretFor: (handle: string) => string,
): Promise<Tenant> {
  return core.epoch.change((tx) => new Planter(core, tx, secretFor).plant(document));
}

class Planter {
  readonly #now: number;
  #accountId = "";
  readonly #users = new Map<string, string>();
  readonly #organizations = new Map<string, { id: string; spaces: Map<string, string> }>();
  readonly #keys: Record<string, string> = {};

  constructor(
    private readonly core: Core,
    private readonly tx: Tx,
    private readonly secretFor: (handle: string) => string,
  ) {
    this.#now = core.clock.now();
  }

  async plant(document: SeedDocument): Promise<Tenant> {
    const account = await this.core.store.newId(this.tx, "Account");
    this.#accountId = account.id;
    await this.tx
      .insertInto("accounts")
      .values({ ...account, name: document.account.name, developer_lock: 0, audit_enabled: 1, created_at: this.#now })
      .execute();
    for (const user of document.users)
      this.#users.set(
        user.handle,
        await this.#user("human", user.name, user.email, user.account_role, user.is_developer),
      );
    for (const organization of document.organizations) await this.#organization(organization);
    for (const key of document.keys) await this.#key(key);
    const [organization] = document.organizations;
    const planted = organization && this.#organizations.get(organization.name);
    const [space] = organization?.spaces ?? [];
    const spaceId = space && planted?.spaces.get(space.name);
    return {
      account: { id: account.id, name: document.account.name },
      organization: organization && planted ? { id: planted.id, name: organization.name } : null,
      space: space && spaceId !== undefined ? { id: spaceId, name: space.name } : null,
      users: Object.fromEntries(this.#users),
      keys: this.#keys,
    };
  }

  async #user(
    kind: "human" | "bot",
    name: string,
    email: string | null,
    role: SeedDocument["users"][number]["account_role"],
    developer = role === "ADMIN" || role === "MEMBER",
  ): Promise<string> {
    const id = await this.core.store.newId(this.tx, "User");
    await this.tx
      .insertInto("users")
      .values({
        ...id,
        account_id: this.#accountId,
        kind,
        name,
        email,
        status: "ACTIVE",
        account_role: role,
        is_developer: developer ? 1 : 0,
        invite_mode: "NONE",
        invite_token_hash: null,
        invite_expires_at: null,
        password_hash: null,
        created_at: this.#now,
        updated_at: this.#now,
      })
      .execute();
    return id.id;
  }

  async #organization(organization: SeedDocument["organizations"][number]): Promise<void> {
    const { store } = this.core;
    const id = await store.newId(this.tx, "Organization");
    const stamps = { created_at: this.#now, updated_at: this.#now };
    await this.tx
      .insertInto("organizations")
      .values({
        ...id,
        account_id: this.#accountId,
        name: organization.name,
        description: organization.description,
        ...stamps,
      })
      .execute();
    for (const { user, role } of organization.members) await this.#joinOrganization(id.id, this.#userId(user), role);
    const spaces = new Map<string, string>();
    this.#organizations.set(organization.name, { id: id.id, spaces });
    for (const space of organization.spaces) {
      const spaceId = await store.newId(this.tx, "Space");
      await this.tx
        .insertInto("spaces")
        .values({
          ...spaceId,
          account_id: this.#accountId,
          organization_id: id.id,
          name: space.name,
          description: space.description,
          is_private: space.is_private ? 1 : 0,
          ...stamps,
        })
        .execute();
      spaces.set(space.name, spaceId.id);
      for (const { user, role } of space.members) await this.#joinSpace(spaceId.id, this.#userId(user), role);
    }
  }

  async #key(key: SeedDocument["keys"][number]): Promise<void> {
    const secret = this.secretFor(key.handle);
    const creator = this.#userId(key.type === "USER" ? key.user : key.created_by);
    const actsAs = key.type === "USER" ? creator : await this.#bot(key);
    const id = await this.core.store.newId(this.tx, "ApiKey");
    await this.tx
      .insertInto("api_keys")
      .values({
        ...id,
        account_id: this.#accountId,
        key_type: key.type,
        name: key.name,
        description: null,
        status: "ACTIVE",
        hash: hashKey(secret),
        redacted: redactKey(secret),
        created_by_user_id: creator,
        user_id: actsAs,
        created_at: this.#now,
        expires_at: null,
        grace_until: null,
        last_used_at: null,
      })
      .execute();
    this.#keys[key.handle] = secret;
  }

  async #bot(key: Extract<SeedDocument["keys"][number], { type: "SERVICE" }>): Promise<string> {
    const bot = await this.#user("bot", key.name, null, key.account_role, true);
    for (const { name, role, spaces } of key.organizations) {
      const organization = this.#organizations.get(name);
      if (organization === undefined)
        throw new ConfigurationError(
          `seed: the key "${key.handle}" names the organization "${name}", which the seed does not have.`,
        );
      await this.#joinOrganization(organization.id, bot, role);
      for (const space of spaces) {
        const spaceId = organization.spaces.get(space.name);
        if (spaceId === undefined)
          throw new ConfigurationError(
            `seed: the key "${key.handle}" names the space "${space.name}", which is not in "${name}".`,
          );
        await this.#joinSpace(spaceId, bot, space.role);
      }
    }
    return bot;
  }

  async #joinOrganization(
    organizationId: string,
    userId: string,
    role: "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR",
  ): Promise<void> {
    const id = await this.core.store.newId(this.tx, "AccountOrganizationMember");
    await this.tx
      .insertInto("organization_members")
      .values({ ...id, organization_id: organizationId, user_id: userId, role, created_at: this.#now })
      .execute();
  }

  async #joinSpace(
    spaceId: string,
    userId: string,
    role: "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR",
  ): Promise<void> {
    const id = await this.core.store.newId(this.tx, "SpaceMember");
    await this.tx
      .insertInto("space_members")
      .values({ ...id, space_id: spaceId, user_id: userId, role, created_at: this.#now })
      .execute();
  }

  #userId(handle: string): string {
    const id = this.#users.get(handle);
    if (id === undefined)
      throw new ConfigurationError(
        `seed: "${handle}" is no user's handle; users: ${[...this.#users.keys()].join(", ")}.`,
      );
    return id;
  }
}

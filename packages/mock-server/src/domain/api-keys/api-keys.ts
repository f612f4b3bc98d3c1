import type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  ListApiKeysQuery,
  RefreshApiKeyRequest,
  RefreshedApiKey,
} from "@axlab/wire/rest";
import type { ServiceKey } from "@axlab/wire/console";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ForbiddenError, InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import { accountRef, locate } from "../locate.js";
import { pageBySeq, type Page } from "../paging.js";
import { readableSpaces } from "../space-scope.js";
import { insertBot, retireBot } from "./bots.js";
import { withCoverage } from "./coverage.js";
import { insertKey, readExpiry } from "./mint.js";
import { presentApiKey, presentRefreshedKey, presentServiceKey, presentUserKey } from "./present.js";
import { refreshKey } from "./refresh.js";
import { findKey, requireDeveloper, requireRevoke } from "./rules.js";
import { planServiceKey, presentBot } from "./service-keys.js";

type ListQuery = z.output<typeof ListApiKeysQuery>;
type CreateRequest = z.output<typeof CreateApiKeyRequest>;
type CreateServiceRequest = Extract<CreateRequest, { key_type: "SERVICE" }>;

/** User and service keys (`spec/access.md §3`, `spec/rest.md §3.1`). */
export class ApiKeys {
  constructor(private readonly core: Core) {}

  /**
   * In the order in which they were made. Without `space_id` somebody's user keys: one's own, or for account admins `user_id`'s. With it the
   * service keys of the space, for whoever holds SERVICE_KEY_READ there; with `key_type` SERVICE alone, those of all spaces where the caller
   * holds it. `user_id` then names their maker.
   * @throws NotFoundError, ForbiddenError; InvalidRequestError when `key_type` and `space_id` do not fit
   */
  async list(caller: Caller, query: ListQuery): Promise<Page<ApiKey>> {
    const keys = this.core.store.db
      .selectFrom("api_keys")
      .selectAll()
      .where("account_id", "=", caller.principal.accountId)
      .where("status", "=", query.status);
    let wanted = keys;
    if (query.space_id === undefined && query.key_type !== "SERVICE") {
      wanted = keys.where("key_type", "=", "USER").where("user_id", "=", await this.#ownerOf(caller, query.user_id));
    } else {
      const spaces = await this.#spacesOf(caller, query);
      if (spaces.length === 0) return { items: [], pagination: { has_more: false } };
      wanted = keys.where("key_type", "=", "SERVICE").where("user_id", "in", membersOf(this.core.store.db, spaces));
      if (query.user_id !== undefined)
        wanted = wanted.where("created_by_user_id", "=", await this.#somebody(caller, query.user_id));
    }
    return pageBySeq(
      query,
      (after, count) =>
        (after === undefined ? wanted : wanted.where("seq", ">", after)).orderBy("seq").limit(count).execute(),
      presentApiKey,
    );
  }

  /** As `list` with `key_type` SERVICE, and with what each key covers. @throws NotFoundError, ForbiddenError */
  async listService(caller: Caller, query: Omit<ListQuery, "key_type">): Promise<Page<ServiceKey>> {
    const { items, pagination } = await this.list(caller, { ...query, key_type: "SERVICE" });
    return { items: await withCoverage(this.core, caller, items), pagination };
  }

  /**
   * A user key acts as its maker; a service key as a new bot user. A service key may make service keys, under the same rules and never above
   * itself; it has no person for whom it could make a user key.
   * @throws ForbiddenError, NotFoundError, UnprocessableError
   */
  async create(caller: Caller, request: CreateRequest): Promise<CreatedApiKey> {
    await requireDeveloper(this.core, caller);
    if (request.key_type === "SERVICE") return this.#createService(caller, request);
    const { principal } = caller;
    if (principal.kind === "bot")
      throw new ForbiddenError(
        "A service key acts as no person, so it cannot create user keys; call with a user key, or create a key_type SERVICE.",
      );
    const { epoch, clock } = this.core;
    const expires_at = readExpiry(request.expires_at, clock.now());
    const fields = {
      account_id: principal.accountId,
      name: request.name,
      description: request.description ?? null,
      created_by_user_id: principal.userId,
      expires_at,
    };
    return presentUserKey(
      await epoch.change((tx) => insertKey(this.core, tx, { ...fields, key_type: "USER", user_id: principal.userId })),
    );
  }

  async #createService(caller: Caller, request: CreateServiceRequest): Promise<CreatedApiKey> {
    const { epoch, clock } = this.core;
    const { accountId, userId } = caller.principal;
    const plan = await planServiceKey(this.core, caller, request);
    const expires_at = readExpiry(request.expires_at, clock.now());
    const fields = {
      account_id: accountId,
      name: request.name,
      description: request.description ?? null,
      created_by_user_id: userId,
      expires_at,
    };
    return epoch.change(async (tx) => {
      const bot = await insertBot(this.core, tx, accountId, request.name, plan);
      const key = await insertKey(this.core, tx, { ...fields, key_type: "SERVICE", user_id: bot.id });
      return presentServiceKey(key, presentBot(bot, plan));
    });
  }

  /** See `refreshKey`. */
  async refresh(caller: Caller, id: string, request: z.output<typeof RefreshApiKeyRequest>): Promise<RefreshedApiKey> {
    return presentRefreshedKey(await refreshKey(this.core, caller, id, request));
  }

  /** Takes effect at once, and ends a grace period too; revoking again changes nothing. @throws NotFoundError, ForbiddenError */
  async revoke(caller: Caller, id: string): Promise<void> {
    const { epoch, clock } = this.core;
    const key = await findKey(this.core, caller.principal, id);
    requireRevoke(this.core, caller, key);
    await epoch.change(async (tx) => {
      await tx.updateTable("api_keys").set({ status: "REVOKED", grace_until: null }).where("id", "=", id).execute();
      if (key.row.key_type === "SERVICE") await retireBot(tx, key.row.user_id, clock.now());
    });
  }

  async #ownerOf(caller: Caller, user_id: string | undefined): Promise<string> {
    const { userId, accountId } = caller.principal;
    if (user_id === undefined || user_id === userId) return userId;
    this.core.gate.require(caller, "ACCOUNT_ADMIN", accountRef(accountId));
    return this.#somebody(caller, user_id);
  }

  /** The space that is named, or all in which the caller may read service keys. */
  async #spacesOf(caller: Caller, { space_id, key_type }: ListQuery): Promise<string[]> {
    if (key_type === "USER")
      throw new InvalidRequestError(
        "query.space_id: user keys belong to no space; leave space_id out, or ask for key_type SERVICE.",
      );
    return (await readableSpaces(this.core, caller, { space_id }, "SERVICE_KEY_READ")).map(({ id }) => id);
  }

  /** Also somebody who was removed: their service keys still work, and are found by their maker. */
  async #somebody(caller: Caller, userId: string): Promise<string> {
    const found = await locate(this.core.store.db, "user", userId);
    if (found?.entity.account_id !== caller.principal.accountId) throw new NotFoundError();
    return userId;
  }
}

const membersOf = (db: Db, spaceIds: readonly string[]) =>
  db.selectFrom("space_members").select("user_id").where("space_id", "in", spaceIds);

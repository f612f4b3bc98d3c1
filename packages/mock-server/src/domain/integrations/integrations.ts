import type { Permission } from "@axlab/auth";
import type { IntegrationScoping } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ForbiddenError, NotFoundError } from "../../errors.js";
import type { IntegrationRow } from "../../store/tables/index.js";
import { expectIdOf } from "../locate.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import type { SpaceFilter } from "../space-scope.js";
import { IntegrationScopes, scopesOf } from "./scopes.js";

type Type = IntegrationRow["type"];
const TYPES: readonly Type[] = ["LLM", "AGENT"];
const ID_TYPES = { LLM: "LlmIntegration", AGENT: "RemoteEndpointIntegration" } as const;
const PERMISSIONS = {
  LLM: {
    read: "AI_PROVIDER_READ",
    create: "LLM_INTEGRATION_CREATE",
    update: "LLM_INTEGRATION_UPDATE",
    delete: "LLM_INTEGRATION_DELETE",
  },
  AGENT: {
    read: "REMOTE_ENDPOINT_INTEGRATION_READ",
    create: "REMOTE_ENDPOINT_INTEGRATION_CREATE",
    update: "REMOTE_ENDPOINT_INTEGRATION_UPDATE",
    delete: "REMOTE_ENDPOINT_INTEGRATION_DELETE",
  },
} as const satisfies Record<Type, Record<string, Permission>>;

export interface IntegrationListRequest extends PageRequest, SpaceFilter {
  name?: string | undefined;
  /** both when left out */
  type?: Type | undefined;
}
export interface NewIntegration {
  type: Type;
  name: string;
  description?: string | null | undefined;
  scopings?: readonly IntegrationScoping[] | undefined;
  config: object;
}
export interface IntegrationChanges {
  name?: string | undefined;
  description?: string | null | undefined;
  scopings?: readonly IntegrationScoping[] | undefined;
  config?: object | undefined;
}

/** What integrations of both types have in common: names, places, who sees and changes them. Each call decides; what a config means is its type's. */
export class Integrations {
  readonly scopes: IntegrationScopes;

  constructor(private readonly core: Core) {
    this.scopes = new IntegrationScopes(core);
  }

  /**
   * Newest first; only those of a type, and in a place, that the caller may read.
   * @throws ForbiddenError, NotFoundError when the space that is asked about may not be seen, or no type be read in it
   */
  async list(
    caller: Caller,
    request: IntegrationListRequest,
    visible: (row: IntegrationRow) => boolean = () => true,
  ): Promise<Page<IntegrationRow>> {
    const { db } = this.core.store;
    const seen = await this.#seenByType(caller, request);
    return pageBySeq(
      request,
      (after, count) => {
        let rows = db
          .selectFrom("integrations")
          .selectAll()
          .where("account_id", "=", caller.principal.accountId)
          .where("type", "in", [...seen.keys()])
          .orderBy("seq", "desc")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
      (row) => visible(row) && seen.get(row.type)?.(scopesOf(row)) === true,
    );
  }

  /** @throws NotFoundError when there is none, it is of another type, or the caller may not see it; InvalidRequestError for an id of something else */
  async get(caller: Caller, id: string, type?: Type): Promise<IntegrationRow> {
    expectIdOf(type === undefined ? Object.values(ID_TYPES) : [ID_TYPES[type]], "an integration", id);
    const row = await this.core.store.db
      .selectFrom("integrations")
      .selectAll()
      .where("id", "=", id)
      .where("account_id", "=", caller.principal.accountId)
      .executeTakeFirst();
    if (row === undefined) throw new NotFoundError();
    const seen = await this.scopes.seen(caller, PERMISSIONS[row.type].read);
    if (!seen(scopesOf(row))) throw new NotFoundError();
    return row;
  }

  /** @throws ConflictError when the account has an integration of that type and name, NotFoundError, ForbiddenError */
  async create(
    caller: Caller,
    { type, name, description, scopings = [], config }: NewIntegration,
  ): Promise<IntegrationRow> {
    const { store, clock } = this.core;
    const scopes = await this.scopes.resolve(caller, scopings);
    await this.scopes.requireEverywhere(caller, PERMISSIONS[type].create, scopes);
    const now = clock.now();
    return withUniqueName("an integration", name, "account", () =>
      store.transaction(async (tx) => {
        const { id, seq } = await store.newId(tx, "LlmIntegration");
        const row: IntegrationRow = {
          id: type === "LLM" ? id : (await store.newId(tx, ID_TYPES[type])).id,
          seq,
          account_id: caller.principal.accountId,
          type,
          name,
          description: description ?? null,
          scopings: JSON.stringify(scopes),
          config: JSON.stringify(config),
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("integrations").values(row).execute();
        return row;
      }),
    );
  }

  /** The permission is asked for where the integration is seen, and where it will be seen. @throws ConflictError, NotFoundError, ForbiddenError */
  async update(caller: Caller, row: IntegrationRow, changes: IntegrationChanges): Promise<IntegrationRow> {
    const { update } = PERMISSIONS[row.type];
    await this.requireChange(caller, row, "update");
    const scopes = changes.scopings && (await this.scopes.resolve(caller, changes.scopings));
    if (scopes !== undefined) await this.scopes.requireEverywhere(caller, update, scopes);
    const changed: IntegrationRow = {
      ...row,
      name: changes.name ?? row.name,
      description: changes.description === undefined ? row.description : changes.description,
      scopings: scopes === undefined ? row.scopings : JSON.stringify(scopes),
      config: changes.config === undefined ? row.config : JSON.stringify(changes.config),
      updated_at: this.core.clock.now(),
    };
    const { name, description, scopings, config, updated_at } = changed;
    await withUniqueName("an integration", name, "account", () =>
      this.core.store.db
        .updateTable("integrations")
        .set({ name, description, scopings, config, updated_at })
        .where("id", "=", row.id)
        .execute(),
    );
    return changed;
  }

  /** Evaluators and tasks that name it keep its id; what they would run with it fails from then on. @throws ForbiddenError */
  async delete(caller: Caller, row: IntegrationRow): Promise<void> {
    await this.requireChange(caller, row, "delete");
    await this.core.store.db.deleteFrom("integrations").where("id", "=", row.id).execute();
  }

  /** Asked before what a change would do is looked at, so that nobody learns from an error what they may not do. */
  async requireChange(caller: Caller, row: IntegrationRow, action: "update" | "delete"): Promise<void> {
    await this.scopes.requireChange(caller, PERMISSIONS[row.type][action], scopesOf(row));
  }

  /** By type, who is seen; a type that may not be read in the place asked about is left out, as long as there is another. */
  async #seenByType(caller: Caller, request: IntegrationListRequest) {
    const seen = new Map<Type, Awaited<ReturnType<IntegrationScopes["seen"]>>>();
    let refusal: unknown;
    for (const type of request.type === undefined ? TYPES : [request.type]) {
      try {
        seen.set(type, await this.scopes.seen(caller, PERMISSIONS[type].read, request));
      } catch (error) {
        if (!(error instanceof ForbiddenError)) throw error;
        refusal = error;
      }
    }
    if (seen.size === 0) throw refusal;
    return seen;
  }
}

import type { CodeConfig, TemplateConfig } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError, UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { EvaluatorRow, EvaluatorVersionRow, SpaceRow } from "../../store/tables/index.js";
import type { AiIntegrations } from "../ai-integrations/ai-integrations.js";
import { commitHash } from "../commits.js";
import { withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { recentInSpaces, type SpaceListRequest } from "../space-list.js";
import { requireRunnable } from "./managed-arguments.js";

/** What a version does: exactly one of the two, by the evaluator's type. */
export interface EvaluatorVersionContent {
  commit_message: string | null;
  template_config?: TemplateConfig | undefined;
  code_config?: CodeConfig | undefined;
}

export interface NewEvaluator {
  name: string;
  description?: string | null | undefined;
  tags?: readonly string[] | undefined;
  version: EvaluatorVersionContent;
}

/** Evaluators of a space: a name, a type, and versions that never change (`spec/rest.md §3.17`). */
export class Evaluators {
  constructor(
    private readonly core: Core,
    private readonly aiIntegrations: AiIntegrations,
  ) {}

  /** Most recently updated first. */
  async list(caller: Caller, request: SpaceListRequest): Promise<Page<EvaluatorRow>> {
    return recentInSpaces(this.core, caller, "evaluators", "EVALUATOR_READ", request);
  }

  async findByName(space: Pick<SpaceRow, "id">, name: string): Promise<EvaluatorRow | undefined> {
    return this.core.store.db
      .selectFrom("evaluators")
      .selectAll()
      .where("space_id", "=", space.id)
      .where("name", "=", name)
      .executeTakeFirst();
  }

  /**
   * @throws ConflictError when the space has an evaluator of that name, NotFoundError for an AI integration that the caller may not see,
   * InvalidRequestError for a managed evaluator without what it needs
   */
  async create(
    caller: Caller,
    space: SpaceRow,
    { name, description, tags = [], version }: NewEvaluator,
  ): Promise<{ evaluator: EvaluatorRow; version: EvaluatorVersionRow }> {
    await this.#requireUsable(caller, version);
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("an evaluator", name, "space", () =>
      store.transaction(async (tx) => {
        const evaluator: EvaluatorRow = {
          ...(await store.newId(tx, "Evaluator")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          description: description ?? null,
          type: version.template_config === undefined ? "CODE" : "TEMPLATE",
          tags: JSON.stringify(tags),
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("evaluators").values(evaluator).execute();
        return { evaluator, version: await this.#newVersion(tx, caller, evaluator.id, version, now) };
      }),
    );
  }

  /** @throws ConflictError when the space has another evaluator of that name */
  async update(
    row: EvaluatorRow,
    changes: {
      name?: string | undefined;
      description?: string | null | undefined;
      tags?: readonly string[] | undefined;
    },
  ): Promise<EvaluatorRow> {
    const changed: EvaluatorRow = {
      ...row,
      name: changes.name ?? row.name,
      description: changes.description === undefined ? row.description : changes.description,
      tags: changes.tags === undefined ? row.tags : JSON.stringify(changes.tags),
      updated_at: this.core.clock.now(),
    };
    const { name, description, tags, updated_at } = changed;
    await withUniqueName("an evaluator", name, "space", () =>
      this.core.store.db
        .updateTable("evaluators")
        .set({ name, description, tags, updated_at })
        .where("id", "=", row.id)
        .execute(),
    );
    return changed;
  }

  /** Its versions go with it. */
  async delete(row: Pick<EvaluatorRow, "id">): Promise<void> {
    await this.core.store.transaction((tx) => deleteEvaluators(tx, [row.id]));
  }

  /** Newest first. */
  async versions(evaluator: Pick<EvaluatorRow, "id">, request: PageRequest): Promise<Page<EvaluatorVersionRow>> {
    return pageBySeq(
      request,
      (after, count) => {
        const rows = this.#versionsOf(evaluator.id).orderBy("seq", "desc").limit(count);
        return (after === undefined ? rows : rows.where("seq", "<", after)).execute();
      },
      (row) => row,
    );
  }

  /** The latest unless one is named. @throws NotFoundError when the evaluator has no such version */
  async version(evaluator: Pick<EvaluatorRow, "id">, versionId?: string): Promise<EvaluatorVersionRow> {
    let rows = this.#versionsOf(evaluator.id).orderBy("seq", "desc").limit(1);
    if (versionId !== undefined) rows = rows.where("id", "=", versionId);
    const version = await rows.executeTakeFirst();
    if (version === undefined) throw new NotFoundError(`This evaluator has no version "${versionId ?? "latest"}".`);
    return version;
  }

  /** @throws NotFoundError when it has been deleted since its version was found */
  async ofVersion(version: Pick<EvaluatorVersionRow, "evaluator_id">): Promise<EvaluatorRow> {
    const row = await this.core.store.db
      .selectFrom("evaluators")
      .selectAll()
      .where("id", "=", version.evaluator_id)
      .executeTakeFirst();
    if (row === undefined) throw new NotFoundError();
    return row;
  }

  /**
   * It is the latest from then on; the evaluator counts as updated.
   * @throws UnprocessableError for the configuration of another type than the evaluator's, and what `create` throws of a version
   */
  async createVersion(
    caller: Caller,
    evaluator: Pick<EvaluatorRow, "id" | "type">,
    content: EvaluatorVersionContent,
  ): Promise<EvaluatorVersionRow> {
    const type = content.template_config === undefined ? "CODE" : "TEMPLATE";
    if (type !== evaluator.type)
      throw new UnprocessableError(
        `This evaluator is of type ${evaluator.type}, which cannot change; send ${evaluator.type === "TEMPLATE" ? "template_config" : "code_config"}.`,
      );
    await this.#requireUsable(caller, content);
    const { store, clock } = this.core;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("evaluators")
        .set({ updated_at: now })
        .where("id", "=", evaluator.id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new NotFoundError();
      return this.#newVersion(tx, caller, evaluator.id, content, now);
    });
  }

  /** The model is reached through an integration that its author may see; a managed check has its arguments. */
  async #requireUsable(caller: Caller, { template_config, code_config }: EvaluatorVersionContent): Promise<void> {
    if (template_config !== undefined)
      await this.aiIntegrations.get(caller, template_config.llm_config.ai_integration_id);
    if (code_config !== undefined) requireRunnable(code_config);
  }

  #versionsOf(evaluatorId: string) {
    return this.core.store.db.selectFrom("evaluator_versions").selectAll().where("evaluator_id", "=", evaluatorId);
  }

  async #newVersion(
    tx: Db,
    caller: Caller,
    evaluatorId: string,
    { commit_message, template_config, code_config }: EvaluatorVersionContent,
    now: number,
  ): Promise<EvaluatorVersionRow> {
    const newId = await this.core.store.newId(tx, "EvaluatorVersion");
    const config = template_config ?? code_config ?? {};
    const version: EvaluatorVersionRow = {
      ...newId,
      evaluator_id: evaluatorId,
      commit_hash: commitHash(newId.id, config),
      commit_message,
      config: JSON.stringify(config),
      created_by_user_id: caller.principal.userId,
      created_at: now,
    };
    await tx.insertInto("evaluator_versions").values(version).execute();
    return version;
  }
}

export async function deleteEvaluators(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("evaluator_versions").where("evaluator_id", "in", ids).execute();
  await tx.deleteFrom("evaluators").where("id", "in", ids).execute();
}

import type { InputVariableFormat, LlmMessage, LlmProvider } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { PromptRow, PromptVersionRow, SpaceRow } from "../../store/tables/index.js";
import { commitHash } from "../commits.js";
import { withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { recentInSpaces, type SpaceListRequest } from "../space-list.js";

/** What a version says. Parameters are kept as they were given: REST closes their fields, GraphQL knows more of them. */
export interface PromptVersionContent {
  commit_message: string;
  input_variable_format: InputVariableFormat;
  provider: LlmProvider;
  model?: string | undefined;
  messages: readonly LlmMessage[];
  invocation_params?: object | undefined;
  provider_params?: object | undefined;
}

export interface NewPrompt {
  name: string;
  description?: string | null | undefined;
  tags?: readonly string[] | undefined;
  version: PromptVersionContent;
}

/** Which version of a prompt is meant; the latest when neither is given. */
export interface VersionChoice {
  version_id?: string | undefined;
  label?: string | undefined;
}

/** Prompts of a space: a name, and versions that never change (`spec/rest.md §3.16`). */
export class Prompts {
  constructor(private readonly core: Core) {}

  /** Most recently updated first. */
  async list(caller: Caller, request: SpaceListRequest): Promise<Page<PromptRow>> {
    return recentInSpaces(this.core, caller, "prompts", "PROMPT_READ", request);
  }

  async findByName(space: Pick<SpaceRow, "id">, name: string): Promise<PromptRow | undefined> {
    return this.core.store.db
      .selectFrom("prompts")
      .selectAll()
      .where("space_id", "=", space.id)
      .where("name", "=", name)
      .executeTakeFirst();
  }

  /** @throws ConflictError when the space has a prompt of that name */
  async create(
    caller: Caller,
    space: SpaceRow,
    { name, description, tags = [], version }: NewPrompt,
  ): Promise<{ prompt: PromptRow; version: PromptVersionRow }> {
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a prompt", name, "space", () =>
      store.transaction(async (tx) => {
        const prompt: PromptRow = {
          ...(await store.newId(tx, "Prompt")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          description: description ?? null,
          tags: JSON.stringify(tags),
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("prompts").values(prompt).execute();
        return { prompt, version: await this.#newVersion(tx, caller, prompt.id, version, now) };
      }),
    );
  }

  /** The name changes only over GraphQL. @throws ConflictError when the space has another prompt of that name */
  async update(
    row: PromptRow,
    changes: {
      name?: string | undefined;
      description?: string | null | undefined;
      tags?: readonly string[] | undefined;
    },
  ): Promise<PromptRow> {
    const changed: PromptRow = {
      ...row,
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.description !== undefined && { description: changes.description }),
      ...(changes.tags !== undefined && { tags: JSON.stringify(changes.tags) }),
      updated_at: this.core.clock.now(),
    };
    await withUniqueName("a prompt", changed.name, "space", () =>
      this.core.store.db
        .updateTable("prompts")
        .set({
          name: changed.name,
          description: changed.description,
          tags: changed.tags,
          updated_at: changed.updated_at,
        })
        .where("id", "=", row.id)
        .execute(),
    );
    return changed;
  }

  /** Its versions and labels go with it. */
  async delete(row: Pick<PromptRow, "id">): Promise<void> {
    await this.core.store.transaction((tx) => deletePrompts(tx, [row.id]));
  }

  /** Newest first. */
  async versions(prompt: Pick<PromptRow, "id">, request: PageRequest): Promise<Page<PromptVersionRow>> {
    return pageBySeq(
      request,
      (after, count) => {
        const rows = this.#versionsOf(prompt.id).orderBy("seq", "desc").limit(count);
        return (after === undefined ? rows : rows.where("seq", "<", after)).execute();
      },
      (row) => row,
    );
  }

  /** @throws NotFoundError when the prompt has no such version or label */
  async version(prompt: Pick<PromptRow, "id">, { version_id, label }: VersionChoice = {}): Promise<PromptVersionRow> {
    let rows = this.#versionsOf(prompt.id).orderBy("seq", "desc").limit(1);
    if (version_id !== undefined) rows = rows.where("id", "=", version_id);
    if (label !== undefined) {
      const labelled = this.core.store.db
        .selectFrom("prompt_labels")
        .select("version_id")
        .where("prompt_id", "=", prompt.id)
        .where("name", "=", label);
      rows = rows.where("id", "in", labelled);
    }
    const version = await rows.executeTakeFirst();
    if (version !== undefined) return version;
    throw new NotFoundError(
      label === undefined
        ? `This prompt has no version "${version_id ?? "latest"}".`
        : `No version of this prompt has the label "${label}"; labels are case-sensitive.`,
    );
  }

  /** It becomes the latest at once; the prompt counts as updated. @throws NotFoundError when the prompt has been deleted since it was found */
  async createVersion(
    caller: Caller,
    prompt: Pick<PromptRow, "id">,
    content: PromptVersionContent,
  ): Promise<PromptVersionRow> {
    const { store, clock } = this.core;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("prompts")
        .set({ updated_at: now })
        .where("id", "=", prompt.id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new NotFoundError();
      return this.#newVersion(tx, caller, prompt.id, content, now);
    });
  }

  #versionsOf(promptId: string) {
    return this.core.store.db.selectFrom("prompt_versions").selectAll().where("prompt_id", "=", promptId);
  }

  async #newVersion(
    tx: Db,
    caller: Caller,
    promptId: string,
    content: PromptVersionContent,
    now: number,
  ): Promise<PromptVersionRow> {
    const { commit_message, input_variable_format, provider, model = "", messages } = content;
    const newId = await this.core.store.newId(tx, "PromptVersion");
    const version: PromptVersionRow = {
      ...newId,
      prompt_id: promptId,
      commit_hash: commitHash(newId.id, content),
      commit_message,
      messages: JSON.stringify(messages),
      input_variable_format,
      provider,
      model,
      invocation_params: content.invocation_params === undefined ? null : JSON.stringify(content.invocation_params),
      provider_params: content.provider_params === undefined ? null : JSON.stringify(content.provider_params),
      created_by_user_id: caller.principal.userId,
      created_at: now,
    };
    await tx.insertInto("prompt_versions").values(version).execute();
    return version;
  }
}

export async function deletePrompts(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("prompt_labels").where("prompt_id", "in", ids).execute();
  await tx.deleteFrom("prompt_versions").where("prompt_id", "in", ids).execute();
  await tx.deleteFrom("prompts").where("id", "in", ids).execute();
}

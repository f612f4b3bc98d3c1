import { NotFoundError } from "../../../errors.js";
import type { PromptRow, PromptVersionRow } from "../../../store/tables/index.js";
import { canonicalId } from "../ids.js";
import { checkedName } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { versionContent, type VersionInput } from "./prompt-content.js";

interface About {
  name: string;
  description?: string | null;
  tags?: string[] | null;
}
type NewPrompt = About & VersionInput & { spaceId: string };
type NewVersion = VersionInput & { spaceId: string; promptId: string };
interface Label {
  spaceId?: string | null;
  promptVersionId: string;
  label: string;
}

/** The mutations name the space as well; a prompt of another one is not there. @throws NotFoundError */
function requireSpace({ input, domain, target }: Mutating<{ spaceId: string }> & { target: PromptRow }): void {
  if (canonicalId(domain.core.store, input.spaceId) !== target.space_id) throw new NotFoundError();
}

const promptId = (input: { promptId: string }): string => input.promptId;

const relabel = (
  name: string,
  change: (mutating: Mutating<Label> & { target: PromptVersionRow }, label: string) => Promise<void>,
) =>
  mutationOn<"promptVersion", Label>(
    name,
    {
      on: "promptVersion",
      requirement: "PROMPT_UPDATE",
      read: "PROMPT_READ",
      id: ({ promptVersionId }) => promptVersionId,
    },
    async (mutating) => {
      await change(mutating, checkedName(mutating.input.label));
      return { promptVersion: mutating.target };
    },
  );

export const promptMutations = {
  Mutation: {
    createPrompt: mutationOn<"space", NewPrompt>(
      "createPrompt",
      { on: "space", requirement: "PROMPT_CREATE", id: ({ spaceId }) => spaceId },
      async ({ input, caller, domain, target }) => {
        const { prompt, version } = await domain.prompts.create(caller, target, {
          name: checkedName(input.name),
          description: input.description ?? null,
          tags: input.tags ?? [],
          version: versionContent(input),
        });
        return { prompt: { ...prompt, shown: version } };
      },
    ),
    createPromptVersion: mutationOn<"prompt", NewVersion>(
      "createPromptVersion",
      { on: "prompt", requirement: "PROMPT_UPDATE", read: "PROMPT_READ", id: promptId },
      async (mutating) => {
        requireSpace(mutating);
        const { input, caller, domain, target } = mutating;
        return { promptVersion: await domain.prompts.createVersion(caller, target, versionContent(input)) };
      },
    ),
    editPrompt: mutationOn<"prompt", About & { spaceId: string; promptId: string }>(
      "editPrompt",
      { on: "prompt", requirement: "PROMPT_UPDATE", read: "PROMPT_READ", id: promptId },
      async (mutating) => {
        requireSpace(mutating);
        const { input, domain, target } = mutating;
        const prompt = await domain.prompts.update(target, {
          name: checkedName(input.name),
          description: input.description ?? undefined,
          tags: input.tags ?? undefined,
        });
        return { prompt };
      },
    ),
    deletePrompt: mutationOn<"prompt", { spaceId: string; promptId: string }>(
      "deletePrompt",
      { on: "prompt", requirement: "PROMPT_DELETE", read: "PROMPT_READ", id: promptId },
      async (mutating) => {
        requireSpace(mutating);
        await mutating.domain.prompts.delete(mutating.target);
        return { success: true };
      },
    ),
    updatePromptVersionLabel: relabel("updatePromptVersionLabel", ({ domain, target }, label) =>
      domain.promptLabels.add(target, label),
    ),
    removePromptVersionLabel: relabel("removePromptVersionLabel", ({ domain, target }, label) =>
      domain.promptLabels.remove(target, label),
    ),
  },
};

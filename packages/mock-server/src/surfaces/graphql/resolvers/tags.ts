import { spaceRef } from "../../../domain/locate.js";
import { PlatformError } from "../../../errors.js";
import type { DatasetRow, ExperimentRow, SpaceRow, TagRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checkedName } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { placeInSpace, requireAt } from "../places.js";

type Tagged = DatasetRow | ExperimentRow;

export interface TagFilter {
  tagsAny?: string[] | null;
  tagsAll?: string[] | null;
}

/** Those that have one of `tagsAny`, and all of `tagsAll`; an absent or empty list filters nothing. */
export async function withTags<Row extends Tagged>(
  context: GraphQLContext,
  space: SpaceRow,
  rows: readonly Row[],
  { tagsAny, tagsAll }: TagFilter,
): Promise<readonly Row[]> {
  const { store } = context.domain.core;
  const [any, all] = [tagsAny ?? [], tagsAll ?? []].map((ids) => ids.map((id) => canonicalId(store, id)));
  if (!any?.length && !all?.length) return rows;
  await requireAt(context, "TAG_READ", spaceRef(space));
  const tags = await Promise.all(rows.map(({ id }) => context.load.tagsOf.load(id)));
  return rows.filter((_, index) => {
    const has = new Set(tags[index]?.map(({ id }) => id));
    return (!any?.length || any.some((id) => has.has(id))) && (all ?? []).every((id) => has.has(id));
  });
}

async function tagsOf(row: Tagged, _: unknown, context: GraphQLContext): Promise<TagRow[]> {
  await requireAt(context, "TAG_READ", placeInSpace(context, row));
  return context.load.tagsOf.load(row.id);
}

interface Association {
  datasetId: string;
  experimentId: string;
  tagIds: string[];
}

/** What is wrong with the tags is told in the result, as the documents have it (`spec/graphql.md §5`). */
async function associate(
  verb: "add" | "remove",
  { input, domain, context, target }: Mutating<Association> & { target: Tagged },
) {
  await requireAt(context, "TAG_READ", placeInSpace(context, target));
  try {
    await domain.tags[verb](
      target,
      input.tagIds.map((id) => canonicalId(domain.core.store, id)),
    );
    return { result: { success: true } };
  } catch (error) {
    if (error instanceof PlatformError && error.status < 500) return { result: { message: error.message } };
    throw error;
  }
}

const onDataset = (verb: "add" | "remove", name: string) =>
  mutationOn<"dataset", Association>(
    name,
    { on: "dataset", requirement: "DATASET_UPDATE", read: "DATASET_READ", id: ({ datasetId }) => datasetId },
    (mutating) => associate(verb, mutating),
  );

const onExperiment = (verb: "add" | "remove", name: string) =>
  mutationOn<"experiment", Association>(
    name,
    {
      on: "experiment",
      requirement: "EXPERIMENT_UPDATE",
      read: "EXPERIMENT_READ",
      id: ({ experimentId }) => experimentId,
    },
    (mutating) => associate(verb, mutating),
  );

export const tagResolvers = {
  Space: {
    async tags(row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "TAG_READ", spaceRef(row));
      return connection(await context.load.tagsOfSpace.load(row.id), args, { texts: ({ name }) => [name] });
    },
  },
  Dataset: { tags: tagsOf },
  Experiment: { tags: tagsOf },
  TagAssociationResult: {
    __resolveType: (result: object) => ("success" in result ? "TagAssociationSuccess" : "TagAssociationError"),
  },
  Mutation: {
    createTag: mutationOn<"space", { spaceId: string; name: string }>(
      "createTag",
      { on: "space", requirement: "TAG_CREATE", id: ({ spaceId }) => spaceId },
      async ({ input, caller, domain, target }) => ({
        tag: await domain.tags.create(caller, target, checkedName(input.name)),
      }),
    ),
    deleteTag: mutationOn<"tag", { tagId: string }>(
      "deleteTag",
      { on: "tag", requirement: "TAG_DELETE", read: "TAG_READ", id: ({ tagId }) => tagId },
      async ({ domain, target }) => {
        await domain.tags.delete(target);
        return { success: true };
      },
    ),
    addTagsToDataset: onDataset("add", "addTagsToDataset"),
    removeTagsFromDataset: onDataset("remove", "removeTagsFromDataset"),
    addTagsToExperiment: onExperiment("add", "addTagsToExperiment"),
    removeTagsFromExperiment: onExperiment("remove", "removeTagsFromExperiment"),
  },
};

import { CreateAnnotationConfigRequest } from "@axlab/wire/rest";
import { spaceRef } from "../../../domain/locate.js";
import type { AnnotationConfigRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { checked, given } from "../input.js";
import { mutationOn } from "../mutation.js";
import { requireAt } from "../places.js";

interface NewConfig {
  spaceId: string;
  name: string;
  annotationType: AnnotationConfigRow["type"];
  values?: { label: string; score?: number | null }[] | null;
  minimumScore?: number | null;
  maximumScore?: number | null;
}

export const annotationResolvers = {
  Space: {
    async annotationConfigs(row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "ANNOTATION_CONFIG_READ", spaceRef(row));
      return connection(await context.load.annotationConfigsOfSpace.load(row.id), args);
    },
  },
  AnnotationConfig: {
    annotationType: (row: AnnotationConfigRow) => row.type,
  },
  Mutation: {
    createAnnotationConfig: mutationOn<"space", NewConfig>(
      "createAnnotationConfig",
      { on: "space", requirement: "ANNOTATION_CONFIG_CREATE", id: ({ spaceId }) => spaceId },
      async ({ input, domain, target, context }) => {
        const request = checked(CreateAnnotationConfigRequest, {
          annotation_config_type: input.annotationType,
          name: input.name,
          space_id: target.id,
          ...given({
            values: input.values?.map((value) => given(value)),
            minimum_score: input.minimumScore,
            maximum_score: input.maximumScore,
          }),
        });
        const { id } = await domain.annotationConfigs.create(target, request);
        return { annotationConfig: await context.load.annotationConfigs.load(id) };
      },
    ),
  },
};

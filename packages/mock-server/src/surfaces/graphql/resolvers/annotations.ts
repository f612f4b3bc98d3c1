import { formatTimestamp } from "@axlab/wire";
import { AnnotateSpansRequest, CreateAnnotationConfigRequest } from "@axlab/wire/rest";
import { spaceRef } from "../../../domain/locate.js";
import { InvalidRequestError, PlatformError } from "../../../errors.js";
import type { AnnotationConfigRow, ProjectRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { checked, given } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { requireAt } from "../places.js";

interface NewConfig {
  spaceId: string;
  name: string;
  annotationType: AnnotationConfigRow["type"];
  values?: { label: string; score?: number | null }[] | null;
  minimumScore?: number | null;
  maximumScore?: number | null;
}

interface Given {
  name: string;
  label?: string | null;
  score?: number | null;
  text?: string | null;
}

interface AnnotationChange {
  modelId: string;
  modelEnvironment: string;
  recordId: string;
  startTime: number;
  note?: { text: string } | null;
  annotations?: Given[] | null;
  annotationUpdates?: { annotation: Given }[] | null;
}

const DAY = 86_400_000;

/** The window in which the span is looked for: the last month, or around an instant that lies before it. */
function windowAround(startTime: number, now: number) {
  if (startTime > now - 30 * DAY) return {};
  return { start_time: formatTimestamp(startTime - DAY), end_time: formatTimestamp(startTime + DAY) };
}

/** What is wrong with the values is told in the result, as the clients expect it (`spec/graphql.md §5`). */
async function updateAnnotations({
  input,
  caller,
  domain,
  target,
}: Mutating<AnnotationChange> & { target: ProjectRow }) {
  const values = [...(input.annotations ?? []), ...(input.annotationUpdates ?? []).map(({ annotation }) => annotation)];
  try {
    if (input.modelEnvironment !== "TRACING")
      throw new InvalidRequestError("modelEnvironment: spans are annotated, which lie in the environment tracing.");
    if (values.length > 0 || input.note == null) {
      const request = checked(AnnotateSpansRequest, {
        project_id: target.id,
        ...windowAround(input.startTime, domain.core.clock.now()),
        annotations: [
          {
            record_id: input.recordId,
            values: values.map(({ name, label, score, text }) => ({ name, ...given({ label, score, text }) })),
          },
        ],
      });
      await domain.spans.annotate(caller, target, request);
    }
    if (input.note != null) await domain.spans.note(caller, target, input.recordId, input.note.text);
    return { result: { success: true } };
  } catch (error) {
    if (error instanceof PlatformError && error.status < 500) return { result: { message: error.message } };
    throw error;
  }
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
  UpdateAnnotationsResult: {
    __resolveType: (result: object) => ("success" in result ? "UpdateAnnotationSuccess" : "UpdateAnnotationError"),
  },
  Mutation: {
    updateAnnotations: mutationOn<"project", AnnotationChange>(
      "updateAnnotations",
      { on: "project", requirement: "PROJECT_SPAN_ANNOTATE", read: "PROJECT_READ", id: ({ modelId }) => modelId },
      updateAnnotations,
    ),
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

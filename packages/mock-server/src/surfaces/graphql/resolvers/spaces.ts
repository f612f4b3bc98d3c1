import { CreateSpaceRequest, UpdateSpaceRequest } from "@axlab/wire/rest";
import type { SpaceRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checked, given } from "../input.js";
import { mutationOn } from "../mutation.js";
import { findNode } from "./node.js";

interface NewSpace {
  accountOrganizationId: string;
  name: string;
  private: boolean;
  description?: string | null;
}

interface SpaceChanges {
  spaceId: string;
  name?: string | null;
  private?: boolean | null;
  description?: string | null;
  gradientStartColor?: string | null;
  gradientEndColor?: string | null;
  mlModelsEnabled?: boolean | null;
}

export const spaceResolvers = {
  Space: {
    createdAt: (row: SpaceRow) => row.created_at,
    private: (row: SpaceRow) => row.is_private === 1,
    gradientStartColor: (row: SpaceRow) => row.gradient_start_color,
    gradientEndColor: (row: SpaceRow) => row.gradient_end_color,
    mlModelsEnabled: (row: SpaceRow) => (row.ml_models_enabled === null ? null : row.ml_models_enabled === 1),
    accountOrganization: (row: SpaceRow, _: unknown, context: GraphQLContext) => findNode(context, row.organization_id),
  },
  Mutation: {
    createSpace: mutationOn<"organization", NewSpace>(
      "createSpace",
      { on: "organization", requirement: "SPACE_CREATE", id: ({ accountOrganizationId }) => accountOrganizationId },
      async ({ input, caller, domain, target }) => {
        const request = checked(CreateSpaceRequest, {
          organization_id: canonicalId(domain.core.store, input.accountOrganizationId),
          name: input.name,
          description: input.description ?? "",
          is_private: input.private,
        });
        return { space: await domain.spaces.create(caller, target, request) };
      },
    ),
    updateSpace: mutationOn<"space", SpaceChanges>(
      "updateSpace",
      { on: "space", requirement: "SPACE_UPDATE", id: ({ spaceId }) => spaceId },
      async ({ input, domain, target }) => {
        const changes = given(input);
        const appearance = given({
          gradient_start_color: changes.gradientStartColor,
          gradient_end_color: changes.gradientEndColor,
          ml_models_enabled: changes.mlModelsEnabled === undefined ? undefined : flag(changes.mlModelsEnabled),
        });
        const plain = given({ name: changes.name, description: changes.description, is_private: changes.private });
        const request =
          Object.keys(appearance).length > 0 && Object.keys(plain).length === 0
            ? {}
            : checked(UpdateSpaceRequest, plain);
        return { space: await domain.spaces.update(target, { ...request, ...appearance }) };
      },
    ),
    deleteSpace: mutationOn<"space", { spaceId: string }>(
      "deleteSpace",
      { on: "space", requirement: "SPACE_DELETE", id: ({ spaceId }) => spaceId },
      async ({ domain, target }) => {
        await domain.spaces.delete(target);
        return { success: true };
      },
    ),
  },
};

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

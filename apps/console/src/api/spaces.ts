import { Space, type CreateSpaceRequest, type UpdateSpaceRequest } from "@axlab/wire/rest";
import { ask } from "./http.js";

/** @throws RefusedError, UnreachableError */
export const createSpace = (body: CreateSpaceRequest): Promise<Space> =>
  ask("/v2/spaces", Space, { method: "POST", body });

/** @throws RefusedError, UnreachableError */
export const updateSpace = (id: string, body: UpdateSpaceRequest): Promise<Space> =>
  ask(`/v2/spaces/${encodeURIComponent(id)}`, Space, { method: "PATCH", body });

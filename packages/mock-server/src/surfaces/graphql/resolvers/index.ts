import { mergeResolvers } from "./merge.js";
import { accountResolvers } from "./account.js";
import { annotationResolvers } from "./annotations.js";
import { apiKeyResolvers } from "./api-keys.js";
import { datasetResolvers } from "./datasets.js";
import { enums } from "./enums.js";
import { modelResolvers } from "./models.js";
import { nodeResolvers } from "./node.js";
import { peopleResolvers } from "./people.js";
import { scalars } from "./scalars.js";
import { spaceResolvers } from "./spaces.js";

/** Every subject's resolvers; several subjects add fields to one type, as their SDL does. */
export const resolvers = mergeResolvers([
  scalars,
  enums,
  nodeResolvers,
  accountResolvers,
  peopleResolvers,
  apiKeyResolvers,
  spaceResolvers,
  modelResolvers,
  datasetResolvers,
  annotationResolvers,
]);

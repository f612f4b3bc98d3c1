import { accountResolvers } from "./account.js";
import { datasetResolvers } from "./datasets.js";
import { nodeResolvers } from "./node.js";
import { spaceResolvers } from "./spaces.js";

export const resolvers = { ...nodeResolvers, ...accountResolvers, ...spaceResolvers, ...datasetResolvers };

/** How much one GraphQL request may ask for. */
export interface GraphQLLimits {
  /** levels of fields within fields. Default 25; the deepest document of the official clients has 11 */
  depth: number;
  /** every field counts 1, times the page sizes around it. Default 25 000; the dearest of the official clients costs about 1900 */
  cost: number;
  /** fields under another name, through all fragments. Default 200 */
  aliases: number;
  /** words and signs of the document. Default 20 000 */
  tokens: number;
  /** operations in one HTTP request, sent as a list. Default 10 */
  batch: number;
  /** bytes of a request's body. Default 4 MiB */
  bodyBytes: number;
  /** whether the schema can be asked for. Default true: the v7 prompt client begins with it (`spec/graphql.md §1.2`) */
  introspection: boolean;
}

export const DEFAULT_GRAPHQL_LIMITS: GraphQLLimits = {
  depth: 25,
  cost: 25_000,
  aliases: 200,
  tokens: 20_000,
  batch: 10,
  bodyBytes: 4 * 1024 ** 2,
  introspection: true,
};

const PAGE = "first: Int, after: String";

const connection = (type: string): string => /* GraphQL */ `
type ${type}Connection { totalCount: Int pageInfo: PageInfo! edges: [${type}Edge!]! }
type ${type}Edge { cursor: String! node: ${type}! }`;

const CONNECTED = [
  "AccountOrganization",
  "Space",
  "User",
  "SpaceUser",
  "Model",
  "Dataset",
  "DatasetExample",
  "Experiment",
  "ApiKey",
  "CustomRole",
  "AnnotationConfig",
];

/**
 * The part of `spec/graphql.md §8` that is served. A field stands here only when something real stands behind it; what is missing is
 * answered as an unknown field, never as null.
 */
export const typeDefs = /* GraphQL */ `
scalar DateTime
interface Node { id: ID! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }

type Query {
  node(id: ID!): Node
  account: Account
  viewer: Viewer
}
type Viewer {
  user: User
  account: Account
  "The key this request came with (axlab's own)"
  apiKey: ApiKey
  "What this key acts with, as given: what is inherited from above is not repeated (axlab's own)"
  roles: [ViewerRole!]!
  spaces(${PAGE}, search: String): SpaceConnection!
}
type ViewerRole {
  level: ViewerRoleLevel!
  resourceId: ID!
  "a managed role such as MEMBER, or the name of a custom role"
  role: String!
}
enum ViewerRoleLevel { account organization space project }
type Account implements Node {
  id: ID!
  name: String
  organizations(${PAGE}, search: String): AccountOrganizationConnection!
  users(${PAGE}, search: String, userType: UserType): UserConnection!
  customRoles(${PAGE}): CustomRoleConnection!
}
type AccountOrganization implements Node {
  id: ID!
  name: String!
  description: String
  createdAt: DateTime
  spaces(${PAGE}, search: String): SpaceConnection!
  modelCount: Int
}
type Space implements Node {
  id: ID!
  name: String!
  createdAt: DateTime
  description: String
  private: Boolean
  accountOrganization: AccountOrganization
  spaceUsers(${PAGE}, search: String, userType: UserType): SpaceUserConnection!
  models(${PAGE}, search: String, useExactSearchMatch: Boolean): ModelConnection!
  datasets(${PAGE}, search: String): DatasetConnection!
  experiments(${PAGE}, search: String): ExperimentConnection!
  annotationConfigs(${PAGE}): AnnotationConfigConnection!
}
type User implements Node {
  id: ID!
  name: String
  email: String!
  status: UserStatus
  accountRole: AccountRole
  userType: UserType
  createdAt: DateTime
}
type SpaceUser { role: SpaceMemberRole membership: SpaceMembershipType! customRole: CustomRole user: User! }
type CustomRole implements Node { id: ID! name: String! }
type ApiKey implements Node {
  id: ID!
  expiresAt: DateTime
  name: String
  keyType: ApiKeyType
  status: ApiKeyStatus
  redactedKey: String
  createdAt: DateTime
  creator: User
}
type Model implements Node {
  id: ID!
  name: String!
  modelType: ModelType!
  createdAt: DateTime!
  isDemoModel: Boolean!
  space: Space
  modelPredictionVolume(startTime: DateTime, endTime: DateTime): ModelPredictionVolume!
}
type ModelPredictionVolume { totalVolume: Int! }
type Dataset implements Node {
  id: ID!
  name: String!
  createdAt: DateTime
  updatedAt: DateTime
  datasetType: DatasetType
  status: DatasetStatus
  columns: [String!]
  experimentCount: Int
  latestDatasetVersion: DatasetVersion
  experiments(${PAGE}, search: String): ExperimentConnection!
}
type DatasetVersion implements Node { id: ID! examples(${PAGE}): DatasetExampleConnection! }
type DatasetExample implements Node { id: ID! createdAt: DateTime updatedAt: DateTime columns: [DatasetExampleColumn!]! }
type DatasetExampleColumn { dimension: Dimension! dimensionValue: DimensionValueUnion }
type Dimension { id: ID name: String! dataType: DimensionDataType! }
union DimensionValueUnion = CategoricalDimensionValue | NumericDimensionValue | ListOfStringsDimensionValue
type CategoricalDimensionValue { id: ID value: String }
type NumericDimensionValue { id: ID value: Float }
type ListOfStringsDimensionValue { id: ID value: [String!] }
type Experiment implements Node { id: ID! name: String! createdAt: DateTime updatedAt: DateTime dataset: Dataset }
type AnnotationConfig implements Node { id: ID! name: String! annotationType: AnnotationType }

enum SpaceMemberRole { admin member readOnly annotator }
enum SpaceMembershipType { ACCOUNT_ADMIN ORGANIZATION_ADMIN EXPLICIT_MEMBERSHIP PUBLIC_MEMBERSHIP }
enum AccountRole { admin member annotator }
enum UserStatus { active inactive }
enum UserType { human bot }
enum ApiKeyType { user service }
enum ApiKeyStatus { active revoked }
enum ModelType { score_categorical numeric ranking multi_class object_detection generative_llm }
enum DatasetType { generative }
enum DatasetStatus { active deleted importing failed }
enum DimensionDataType { STRING LONG FLOAT DOUBLE EMBEDDING STRING_LIST DICTIONARY }
enum AnnotationType { label score text }
${CONNECTED.map(connection).join("\n")}
`;

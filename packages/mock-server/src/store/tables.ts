import type { Generated } from "kysely";

/** Instants are milliseconds since the epoch, flags are 0 or 1, JSON is text: the three that SQLite and PostgreSQL read alike. */
type Flag = 0 | 1;

export interface AccountRow {
  id: string;
  seq: number;
  name: string;
  developer_lock: Flag;
  audit_enabled: Flag;
  created_at: number;
}
export interface UserRow {
  id: string;
  seq: number;
  account_id: string;
  kind: "human" | "bot";
  name: string;
  email: string | null;
  /** INACTIVE: removed from the account; never listed, never comes back. */
  status: "ACTIVE" | "INVITED" | "EXPIRED" | "INACTIVE";
  account_role: "ADMIN" | "MEMBER" | "MEMBER_UI_ONLY" | "ANNOTATOR";
  is_developer: Flag;
  invite_mode: string;
  invite_token_hash: string | null;
  invite_expires_at: number | null;
  password_hash: string | null;
  created_at: number;
  updated_at: number;
}
export interface OrganizationRow {
  id: string;
  seq: number;
  account_id: string;
  name: string;
  description: string;
  created_at: number;
  updated_at: number;
}
export interface SpaceRow {
  id: string;
  seq: number;
  account_id: string;
  organization_id: string;
  name: string;
  description: string;
  is_private: Flag;
  created_at: number;
  updated_at: number;
}
type MemberRole = "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR";
export interface OrganizationMemberRow {
  id: string;
  seq: number;
  organization_id: string;
  user_id: string;
  role: MemberRole;
  created_at: number;
}
export interface SpaceMemberRow {
  id: string;
  seq: number;
  space_id: string;
  user_id: string;
  /** null: the membership was given by a custom role, which stands in role_bindings. */
  role: MemberRole | null;
  created_at: number;
}
export interface RoleRow {
  id: string;
  seq: number;
  /** "" for the managed roles, which every account has. */
  account_id: string;
  /** the managed role's key in `@axlab/auth`, else null */
  managed_key: string | null;
  name: string;
  description: string;
  permissions: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}
export interface RoleBindingRow {
  id: string;
  seq: number;
  account_id: string;
  role_id: string;
  user_id: string;
  resource_type: "SPACE" | "PROJECT";
  resource_id: string;
  created_at: number;
  updated_at: number;
}
export interface ResourceRestrictionRow {
  project_id: string;
  seq: number;
  account_id: string;
  created_at: number;
}
export interface ApiKeyRow {
  id: string;
  seq: number;
  account_id: string;
  key_type: "USER" | "SERVICE";
  name: string;
  description: string | null;
  status: "ACTIVE" | "REVOKED";
  hash: string;
  redacted: string;
  /** who made it */
  created_by_user_id: string;
  /** whom it acts as: its maker for a user key, its bot user for a service key */
  user_id: string;
  created_at: number;
  expires_at: number | null;
  /** a refreshed key still authenticates until this instant */
  grace_until: number | null;
  last_used_at: number | null;
}
export interface ProjectRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  /** the wire's ModelType name of the first upload, or GENERATIVE_LLM for a tracing project */
  model_type: string;
  created_at: number;
  updated_at: number;
}
export interface DatasetRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  created_at: number;
  updated_at: number;
}
export interface DatasetVersionRow {
  id: string;
  seq: number;
  dataset_id: string;
  name: string;
  /** JSON: [{name, type}] in the order of upload; type is an Arrow type name or null */
  columns: string;
  created_at: number;
  updated_at: number;
}
export interface DatasetExampleRow {
  version_id: string;
  example_id: string;
  position: number;
  /** JSON object of the user's fields */
  data: string;
  created_at: number;
  updated_at: number;
}
export interface ExperimentRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  dataset_id: string | null;
  dataset_version_id: string | null;
  /** what the name is unique in: the dataset, or the space of an experiment without one */
  scope_id: string;
  name: string;
  traces_project_id: string | null;
  created_at: number;
  updated_at: number;
}
export interface ExperimentRunRow {
  experiment_id: string;
  run_id: string;
  position: number;
  example_id: string | null;
  /** JSON object of output, error and every other field */
  data: string;
  created_at: number;
}
export interface AnnotationRow {
  /** the annotated record: `<version id>/<example id>`, `<experiment id>/<run id>`, `<project id>/<span id>` */
  record: string;
  name: string;
  score: number | null;
  label: string | null;
  text: string | null;
  annotator_id: string;
  updated_at: number;
}
export interface AnnotationConfigRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  type: "CONTINUOUS" | "CATEGORICAL" | "FREEFORM";
  /** JSON of the fields that only this type has */
  settings: string;
  created_at: number;
}
/** One accepted upload of records. Its batches lie in record_batches, already under the names and in the order they are exported in. */
export interface RecordUploadRow {
  id: string;
  /** order of acceptance, 0 while receiving: what came later completes and overwrites what came before */
  seq: number;
  account_id: string;
  space_id: string;
  /** "" while receiving */
  project_id: string;
  environment: string;
  /** whether its rows are records of their own, or only complete records that others brought (evaluations of spans) */
  kind: "records" | "overlay";
  /** whose `time` wins when records are merged: 2 a prediction's, 1 another given one, 0 the instant of reception */
  time_rank: number;
  model_version: string | null;
  batch_id: string | null;
  /** "receiving" until every batch is in; a reader sees only "ready" */
  state: "receiving" | "ready";
  rows: number;
  bytes: number;
  /** base64 of public.Schema, as it was sent */
  schema: string;
  /** the flatbuffer of the Arrow schema message that the batches are stored under */
  arrow_schema: Uint8Array;
  min_time: number | null;
  max_time: number | null;
  key_id: string | null;
  received_at: number;
}
/** One Arrow message: at most 8192 rows and, unless a single row is larger, below 4 MiB. */
export interface RecordBatchRow {
  upload_id: string;
  ordinal: number;
  rows: number;
  min_time: number;
  max_time: number;
  /** a Float64Array with a hash of each row's id; null when the ids were made here, so that no two are alike */
  keys: Uint8Array | null;
  header: Uint8Array;
  body: Uint8Array;
}
export interface AuditLogRow {
  id: string;
  seq: number;
  account_id: string;
  user_id: string;
  key_id: string | null;
  ip: string;
  operation_type: "QUERY" | "MUTATION" | "SUBSCRIPTION";
  operation_name: string | null;
  operation_text: string | null;
  variables: string | null;
  resource_id: string | null;
  /** "allowed", or the status that refused it */
  outcome: string;
  request_id: string;
  created_at: number;
}
export interface CounterRow {
  type: string;
  next: Generated<number>;
}
export interface MetaRow {
  key: string;
  value: string;
}

export interface Tables {
  meta: MetaRow;
  counters: CounterRow;
  accounts: AccountRow;
  users: UserRow;
  organizations: OrganizationRow;
  spaces: SpaceRow;
  organization_members: OrganizationMemberRow;
  space_members: SpaceMemberRow;
  roles: RoleRow;
  role_bindings: RoleBindingRow;
  resource_restrictions: ResourceRestrictionRow;
  api_keys: ApiKeyRow;
  projects: ProjectRow;
  datasets: DatasetRow;
  dataset_versions: DatasetVersionRow;
  dataset_examples: DatasetExampleRow;
  experiments: ExperimentRow;
  experiment_runs: ExperimentRunRow;
  annotations: AnnotationRow;
  annotation_configs: AnnotationConfigRow;
  record_uploads: RecordUploadRow;
  record_batches: RecordBatchRow;
  audit_logs: AuditLogRow;
}

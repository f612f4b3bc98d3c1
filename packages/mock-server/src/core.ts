import type { Logger } from "pino";
import type { AccessEpoch } from "./access/epoch.js";
import type { Gate } from "./access/gate.js";
import type { GraphQLLimits } from "./graphql-limits.js";
import type { Clock } from "./lab/clock.js";
import type { Store } from "./store/store.js";

/** How much the platform takes at once. */
export interface Limits {
  /** largest body of an upload, in bytes; more is answered 413. Default 2 GiB */
  uploadBytes: number;
  /** largest JSON body, in bytes. Default 64 MiB */
  jsonBytes: number;
  /** how many years back a record's timestamp may lie in an upload; null (default): any, since v8 lets its users widen its own check */
  pastYears: number | null;
  /** requests a minute and key; null: as many as come (`spec/access.md §3`) */
  requestsPerMinute: number | null;
  /** of one GraphQL request; what is left out has its default */
  graphql: Partial<GraphQLLimits>;
}

export const DEFAULT_LIMITS: Limits = {
  uploadBytes: 2 * 1024 ** 3,
  jsonBytes: 64 * 1024 ** 2,
  pastYears: null,
  requestsPerMinute: null,
  graphql: {},
};

/** What every part of the domain stands on. */
export interface Core {
  store: Store;
  epoch: AccessEpoch;
  clock: Clock;
  gate: Gate;
  limits: Limits;
  log: Logger;
}

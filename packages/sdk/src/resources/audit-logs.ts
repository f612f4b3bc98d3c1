import type { AuditLog, AuditOperationType } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { userId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import { timeText, type TimeInput } from "./inputs.js";

export interface ListAuditLogs extends ListOptions {
  /** Inclusive. Default: 30 days before `end_time`. */
  readonly start_time?: TimeInput | undefined;
  /** Inclusive. Default: now. */
  readonly end_time?: TimeInput | undefined;
  /** Id or e-mail address. */
  readonly user?: string | undefined;
  readonly operation_type?: AuditOperationType | undefined;
}

/** Who did what, newest first; for account admins (`spec/rest.md` §3.2). */
export class AuditLogs {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list(
    { user, operation_type, limit, cursor, ...times }: ListAuditLogs = {},
    options: CallOptions = {},
  ): Paged<AuditLog> {
    const window = { start_time: timeText(times.start_time), end_time: timeText(times.end_time) };
    return pagedWithin(
      async () => (user === undefined ? undefined : userId(this.#context, user, options)),
      async (user_id, at) => {
        const query = { ...window, user_id, operation_type, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/audit-logs", { query, ...options });
        return { items: page.logs, pagination: page.pagination };
      },
      cursor,
    );
  }
}

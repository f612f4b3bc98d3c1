import { formatTimestamp } from "@axlab/wire";
import type { ReceivedRequest, ReceivedRequestDetail } from "@axlab/wire/console";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { Journal, JournalEntry } from "../../lab/journal.js";
import { accountRef } from "../locate.js";

export interface RequestFilter {
  limit: number;
  surface?: string | undefined;
  outcome?: "allowed" | "refused" | undefined;
}

/** Statuses are those of HTTP; 0 stands for a request that was never answered. */
const isRefused = ({ status }: JournalEntry): boolean => status === 0 || status >= 400;
/** What a page asks for while somebody looks would be all there is to see: the console's requests are shown only when they are asked for, */
const isConsoles = ({ surface }: JournalEntry): boolean => surface === "console";
/** and looking at requests makes none that are shown. */
const isLooking = ({ operation }: JournalEntry): boolean => operation.startsWith("GET /console/");

/**
 * The journal as people see it. An account admin sees all requests of the account, anybody else those that came in their own name or with a key they
 * made. A request in nobody's name, such as one with an unknown key, belongs to no account: account admins see that it came, and not what
 * it carried.
 */
export class Requests {
  constructor(
    private readonly core: Core,
    private readonly journal: Journal,
  ) {}

  /** Newest first. */
  async list(caller: Caller, { limit, surface, outcome }: RequestFilter): Promise<ReceivedRequest[]> {
    const wanted = (entry: JournalEntry): boolean =>
      !isLooking(entry) &&
      (surface === undefined ? !isConsoles(entry) : entry.surface === surface) &&
      (outcome === undefined || isRefused(entry) === (outcome === "refused"));
    const seen = await this.#visible(caller, this.journal.entries().filter(wanted).reverse(), limit);
    return seen.map(({ presented }) => presented);
  }

  /** @throws NotFoundError when it is forgotten, or is not the caller's to see */
  async get(caller: Caller, requestId: string): Promise<ReceivedRequestDetail> {
    const [found] = await this.#visible(
      caller,
      this.journal.entries().filter((entry) => entry.requestId === requestId),
      1,
    );
    if (found === undefined) throw new NotFoundError();
    const { headers, body, arizeSchema, arrowSchema, rows, batches } = found.entry.received ?? {};
    if (headers === undefined || found.presented.user === null) return { ...found.presented, received: null };
    return {
      ...found.presented,
      received: {
        headers: { ...headers },
        ...(body !== undefined && { body }),
        ...(arizeSchema !== undefined && { arize_schema: arizeSchema }),
        ...(arrowSchema !== undefined && { arrow_schema: [...arrowSchema] }),
        ...(rows !== undefined && { rows }),
        ...(batches !== undefined && { batches }),
      },
    };
  }

  async #visible(
    caller: Caller,
    entries: readonly JournalEntry[],
    limit: number,
  ): Promise<{ entry: JournalEntry; presented: ReceivedRequest }[]> {
    const { accountId, userId } = caller.principal;
    const admin = this.core.gate.may(caller, "ACCOUNT_ADMIN", accountRef(accountId));
    const { db } = this.core.store;
    const [people, keys] = await Promise.all([
      db.selectFrom("users").select(["id", "name"]).where("account_id", "=", accountId).execute(),
      db
        .selectFrom("api_keys")
        .select(["id", "name", "redacted", "created_by_user_id"])
        .where("account_id", "=", accountId)
        .execute(),
    ]);
    const userById = new Map(people.map((user) => [user.id, user]));
    const keyById = new Map(keys.map((key) => [key.id, key]));
    const visible: { entry: JournalEntry; presented: ReceivedRequest }[] = [];
    for (const entry of entries) {
      if (visible.length === limit) break;
      const user = userById.get(entry.userId ?? "") ?? null;
      const key = keyById.get(entry.keyId ?? "") ?? null;
      const nobodys = entry.userId === null;
      const own = user?.id === userId || key?.created_by_user_id === userId;
      if (!(admin ? nobodys || user !== null : own)) continue;
      visible.push({
        entry,
        presented: present(entry, user, key && { id: key.id, name: key.name, redacted_key: key.redacted }),
      });
    }
    return visible;
  }
}

const present = (entry: JournalEntry, user: ReceivedRequest["user"], key: ReceivedRequest["key"]): ReceivedRequest => ({
  id: entry.requestId,
  at: formatTimestamp(entry.at),
  surface: entry.surface,
  operation: entry.operation,
  user,
  key,
  status: entry.status,
  refusal: entry.refusal,
  milliseconds: Math.round(entry.milliseconds * 10) / 10,
  request_bytes: entry.requestBytes,
  rows: entry.rows ?? null,
});

import type { Core } from "../../core.js";
import { ConfigurationError } from "../../errors.js";

/** What an account as a whole is set to. */
export class Accounts {
  constructor(private readonly core: Core) {}

  /**
   * The developer-access lock (`spec/access.md §4`): while it is on, user keys do not authenticate and nobody, admins included, creates
   * or refreshes keys. Service keys that exist keep working.
   * @throws ConfigurationError for an unknown account
   */
  async setDeveloperLock(accountId: string, on: boolean): Promise<void> {
    await this.#set(accountId, { developer_lock: on ? 1 : 0 });
  }

  /** Whether GET /v2/audit-logs answers for the account; entries are written either way. @throws ConfigurationError for an unknown account */
  async setAuditEnabled(accountId: string, on: boolean): Promise<void> {
    await this.#set(accountId, { audit_enabled: on ? 1 : 0 });
  }

  async isLocked(accountId: string): Promise<boolean> {
    const account = await this.core.store.db
      .selectFrom("accounts")
      .select("developer_lock")
      .where("id", "=", accountId)
      .executeTakeFirst();
    return account?.developer_lock === 1;
  }

  async #set(accountId: string, change: { developer_lock: 0 | 1 } | { audit_enabled: 0 | 1 }): Promise<void> {
    await this.core.epoch.change(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("accounts")
        .set(change)
        .where("id", "=", accountId)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n)
        throw new ConfigurationError(
          `"${accountId}" is no account of this platform; platform.seeded.account.id is the seeded one.`,
        );
    });
  }
}

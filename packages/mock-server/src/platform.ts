import { mintKey } from "@axlab/auth";
import { pino } from "pino";
import { Authenticator } from "./access/authenticate.js";
import { AccessEpoch } from "./access/epoch.js";
import { Gate, type AuthMode } from "./access/gate.js";
import { lenient } from "./access/lenient.js";
import { LastUsed } from "./access/last-used.js";
import { RateLimit } from "./access/rate-limit.js";
import { DEFAULT_LIMITS, type Core, type Limits } from "./core.js";
import { createDomain, type Domain } from "./domain/domain.js";
import { Sessions } from "./domain/sessions/sessions.js";
import { SignIn } from "./domain/sessions/sign-in.js";
import { plantManagedRoles } from "./domain/roles/managed.js";
import { purgeAbandonedUploads } from "./domain/uploads/staged-upload.js";
import { PlatformClock } from "./lab/clock.js";
import { Faults } from "./lab/faults/faults.js";
import { withHttpFaults } from "./lab/faults/http.js";
import { Journal } from "./lab/journal.js";
import { demoDocument } from "./lab/seeds/document.js";
import { asDemoTenant, plantSeed, type DemoTenant } from "./lab/seeds/plant.js";
import { DEMO_SALT, seed, type SeedChoice, type Seeded } from "./lab/seeds/seed.js";
import { listenOn, type Listening, type ListenOptions } from "./node/listen.js";
import { Store } from "./store/store.js";
import { ConsoleFiles } from "./surfaces/console/files.js";
import type { ConsoleParts } from "./surfaces/console/index.js";
import { grpcServer } from "./surfaces/grpc.js";
import { httpApplication } from "./surfaces/http.js";

export interface PlatformOptions {
  /** `memory` (default), `file:PATH` or `postgres://…` */
  db?: string;
  /** what a new database begins with; default `demo` */
  seed?: SeedChoice;
  /** `enforced` (default); `soft` answers what it would refuse and logs the refusal; `off` asks for no key */
  auth?: AuthMode;
  /** random secrets instead of the demo's well-known ones */
  randomKeys?: boolean;
  limits?: Partial<Limits>;
  clock?: PlatformClock;
  /** directory of the built web console, to be served at `/`; default: no pages */
  consoleFiles?: string;
  /** default `silent`; logs are JSON lines on stderr. `debug` shows every statement, without its values */
  logLevel?: "silent" | "error" | "warn" | "info" | "debug";
  /** takes the log's lines instead of stderr */
  logTo?: { write(line: string): void };
}

/** A running platform. Nothing listens until `listen`; `fetch` answers in-process. */
export class Platform {
  readonly fetch: (request: Request) => Promise<Response>;
  /** what goes wrong because a test asks for it */
  readonly faults = new Faults();
  readonly #answer: ReturnType<typeof withHttpFaults>;
  readonly #listening = new Set<Listening>();

  private constructor(
    readonly domain: Domain,
    readonly authenticator: Pick<Authenticator, "authenticate">,
    readonly seeded: Seeded,
    readonly clock: PlatformClock,
    readonly journal: Journal,
    private readonly lastUsed: LastUsed,
    console: ConsoleParts,
  ) {
    const app = httpApplication({ domain, authenticator, journal, ready: () => true, console });
    this.#answer = withHttpFaults(this.faults, { journal, clock }, async (request, env) => app.fetch(request, env));
    this.fetch = (request) => this.#answer(request, {});
  }

  /** @throws ConfigurationError when the database, the seed or an option cannot be used */
  static async create(options: PlatformOptions = {}): Promise<Platform> {
    const clock = options.clock ?? new PlatformClock();
    const log = pino({ level: options.logLevel ?? "silent", base: null }, options.logTo ?? pino.destination(2));
    const choice = options.seed ?? "demo";
    const salted = choice === "demo" && options.randomKeys !== true ? { salt: DEMO_SALT } : {};
    const onStatement = (sql: string, milliseconds: number): void => log.debug({ sql, milliseconds }, "statement");
    const store = await Store.open(options.db ?? "memory", {
      ...salted,
      ...(log.isLevelEnabled("debug") && { onStatement }),
    });
    const epoch = new AccessEpoch(store);
    const mode = options.auth ?? "enforced";
    const gate = new Gate(mode, (denial) =>
      log.warn({ requestId: denial.caller.requestId, requirement: denial.requirement }, "would be refused"),
    );
    const core: Core = { store, epoch, clock, gate, limits: { ...DEFAULT_LIMITS, ...options.limits }, log };
    await plantManagedRoles(core);
    const seeded = await seed(core, choice, options.randomKeys ?? false);
    const lastUsed = new LastUsed(store, clock, log);
    const authenticator = new Authenticator(
      store,
      epoch,
      clock,
      (keyId) => lastUsed.note(keyId),
      new RateLimit(core.limits.requestsPerMinute, clock),
    );
    const journal = new Journal();
    const domain = createDomain(core, journal);
    await domain.records.purgeAbandoned();
    await purgeAbandonedUploads(core);
    const sessions = new Sessions(core, seeded.wellKnownKeys ? seeded.account.id : null);
    const signIn = new SignIn(core, domain.audit, sessions, authenticator);
    return new Platform(
      domain,
      lenient(mode, authenticator, store, epoch, seeded.account.id, log),
      seeded,
      clock,
      journal,
      lastUsed,
      { sessions, signIn, files: options.consoleFiles === undefined ? null : new ConsoleFiles(options.consoleFiles) },
    );
  }

  /** A fresh account with an organization, a space, people and keys of its own: nothing else on this platform is visible from it. */
  async createTenant(name = "tenant"): Promise<DemoTenant> {
    return asDemoTenant(await plantSeed(this.domain.core, demoDocument(name), () => mintKey()));
  }

  /**
   * The account's developer-access lock: while it is on, user keys are refused (401) and nobody creates or refreshes keys; service keys that
   * exist keep working. AX documents no endpoint for it.
   * @throws ConfigurationError for an unknown account
   */
  async setDeveloperLock(accountId: string, on: boolean): Promise<void> {
    await this.domain.accounts.setDeveloperLock(accountId, on);
  }

  /**
   * Answers on a port: HTTP/1.1 and gRPC on the same one.
   * @throws ConfigurationError when the address cannot be used
   */
  async listen(options: ListenOptions = {}): Promise<Listening> {
    const grpc = grpcServer({
      domain: this.domain,
      authenticator: this.authenticator,
      journal: this.journal,
      faults: this.faults,
    });
    const listening = await listenOn(options, this.#answer, grpc);
    this.#listening.add(listening);
    return {
      ...listening,
      close: async () => {
        this.#listening.delete(listening);
        await listening.close();
      },
    };
  }

  /** Ends every listener and closes the database. */
  async close(): Promise<void> {
    await Promise.all([...this.#listening].map((listening) => listening.close()));
    this.#listening.clear();
    await this.domain.taskRuns.settle();
    await this.domain.records.settle();
    await this.lastUsed.flush();
    await this.domain.core.store.close();
  }
}

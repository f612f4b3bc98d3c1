import { createContext, type ClientContext, type ContextOptions } from "./context.js";
import type { ArizeConfig } from "./config/index.js";
import { Datasets } from "./datasets/index.js";
import { Experiments } from "./experiments/index.js";
import { Exports } from "./exports/index.js";
import { createGraphQL, type GraphQL } from "./graphql/index.js";
import { Logger } from "./logger/index.js";
import { AiIntegrations } from "./resources/ai-integrations.js";
import { AnnotationConfigs } from "./resources/annotation-configs.js";
import { AnnotationQueues } from "./resources/annotation-queues.js";
import { EvaluatorRegistry } from "./resources/evaluators.js";
import { Integrations } from "./resources/integrations.js";
import { Prompts } from "./resources/prompts.js";
import { ApiKeys } from "./resources/api-keys.js";
import { AuditLogs } from "./resources/audit-logs.js";
import { Organizations } from "./resources/organizations.js";
import { Projects } from "./resources/projects.js";
import { ResourceRestrictions } from "./resources/resource-restrictions.js";
import { RoleBindings } from "./resources/role-bindings.js";
import { Roles } from "./resources/roles.js";
import { Spaces } from "./resources/spaces.js";
import { Spans } from "./resources/spans.js";
import { Tasks } from "./resources/tasks.js";
import { Users } from "./resources/users.js";
import type { RestClient } from "./rest/index.js";
import type { CallOptions } from "./transport/types.js";
import { whoami, type WhoAmI } from "./whoami.js";

/** Every setting, and what tests inject; see `ConfigOptions`. */
export type ArizeClientOptions = ContextOptions;

/**
 * The client of Arize AX, or of a local axlab platform.
 *
 * ```ts
 * const client = new ArizeClient({ apiKey, baseUrl: "http://127.0.0.1:4545" });
 * ```
 * Every option may come from the environment instead (`ARIZE_API_KEY`, `ARIZE_BASE_URL`, …). Modules are made when first used and
 * share one transport. Printing the client shows where it points and the key redacted.
 */
export class ArizeClient {
  readonly #context: ClientContext;
  #flightUsed = false;
  readonly #logger = once(() => new Logger(this.#context));
  readonly #datasets = once(() => new Datasets(this.#context));
  readonly #experiments = once(() => new Experiments(this.#context));
  readonly #exports = once(() => new Exports(this.#context));
  readonly #graphql = once(() => createGraphQL(this.#context));
  readonly #apiKeys = once(() => new ApiKeys(this.#context));
  readonly #spaces = once(() => new Spaces(this.#context));
  readonly #users = once(() => new Users(this.#context));
  readonly #organizations = once(() => new Organizations(this.#context));
  readonly #roles = once(() => new Roles(this.#context));
  readonly #roleBindings = once(() => new RoleBindings(this.#context));
  readonly #resourceRestrictions = once(() => new ResourceRestrictions(this.#context));
  readonly #auditLogs = once(() => new AuditLogs(this.#context));
  readonly #aiIntegrations = once(() => new AiIntegrations(this.#context));
  readonly #annotationConfigs = once(() => new AnnotationConfigs(this.#context));
  readonly #annotationQueues = once(() => new AnnotationQueues(this.#context));
  readonly #evaluators = once(() => new EvaluatorRegistry(this.#context));
  readonly #integrations = once(() => new Integrations(this.#context));
  readonly #prompts = once(() => new Prompts(this.#context));
  readonly #spans = once(() => new Spans(this.#context));
  readonly #tasks = once(() => new Tasks(this.#context));
  readonly #projects = once(() => new Projects(this.#context));

  /** @throws ConfigurationError for a missing or mistyped key, a bad value, or settings that exclude one another */
  constructor(options: ArizeClientOptions = {}) {
    const context = createContext(options);
    const flight = () => {
      this.#flightUsed = true;
      return context.flight();
    };
    this.#context = { ...context, flight };
  }

  /** The resolved configuration; the key in it is a `Secret`. */
  get config(): ArizeConfig {
    return this.#context.config;
  }

  /** Predictions, actuals, spans: batches and single records. */
  get logger(): Logger {
    return this.#logger();
  }
  get datasets(): Datasets {
    return this.#datasets();
  }
  get experiments(): Experiments {
    return this.#experiments();
  }
  /** Logged data back out, as Arrow. */
  get exports(): Exports {
    return this.#exports();
  }
  get graphql(): GraphQL {
    return this.#graphql();
  }
  /** The REST API as the API document writes it. */
  get rest(): RestClient {
    return this.#context.rest;
  }
  get apiKeys(): ApiKeys {
    return this.#apiKeys();
  }
  get spaces(): Spaces {
    return this.#spaces();
  }
  get users(): Users {
    return this.#users();
  }
  get organizations(): Organizations {
    return this.#organizations();
  }
  get roles(): Roles {
    return this.#roles();
  }
  get roleBindings(): RoleBindings {
    return this.#roleBindings();
  }
  get resourceRestrictions(): ResourceRestrictions {
    return this.#resourceRestrictions();
  }
  get auditLogs(): AuditLogs {
    return this.#auditLogs();
  }
  get aiIntegrations(): AiIntegrations {
    return this.#aiIntegrations();
  }
  get annotationConfigs(): AnnotationConfigs {
    return this.#annotationConfigs();
  }
  get annotationQueues(): AnnotationQueues {
    return this.#annotationQueues();
  }
  /** Evaluators as the platform keeps them; those that run here belong to `experiments`. */
  get evaluators(): EvaluatorRegistry {
    return this.#evaluators();
  }
  get integrations(): Integrations {
    return this.#integrations();
  }
  get prompts(): Prompts {
    return this.#prompts();
  }
  /** Spans and traces by REST; those logged in bulk go by `logger` and come by `exports`. */
  get spans(): Spans {
    return this.#spans();
  }
  get tasks(): Tasks {
    return this.#tasks();
  }
  get projects(): Projects {
    return this.#projects();
  }

  /** Explains the current key: whom it acts as, its type, role and expiry. */
  whoami(options: CallOptions = {}): Promise<WhoAmI> {
    return whoami(this.#context, options);
  }

  /** Ends the Flight connection, if one was made. HTTP needs no closing. */
  async close(): Promise<void> {
    if (this.#flightUsed) (await this.#context.flight()).close();
  }

  toJSON(): object {
    const { apiUrl, apiKey, spaceId } = this.config;
    return { client: "ArizeClient", apiUrl, apiKey, spaceId };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `ArizeClient { apiUrl: ${this.config.apiUrl}, apiKey: ${this.config.apiKey.redacted} }`;
  }
}

function once<Module extends object>(make: () => Module): () => Module {
  let made: Module | undefined;
  return () => (made ??= make());
}

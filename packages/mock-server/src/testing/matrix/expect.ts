import { decide, type Permission, type Principal, type Requirement, type ResourceRef } from "@axlab/auth";
import { accountRef, locate, type Kind } from "../../domain/locate.js";
import type { Db } from "../../store/store.js";
import type { Route } from "../../surfaces/rest/pipeline.js";
import { PARAMS, type Case } from "./cases.js";
import type { Fixtures, FixtureKind } from "./fixtures.js";
import type { Place } from "./stage.js";

/** `✓` done; `·` not on the list; else the status. */
export type Cell = "✓" | "·" | "403" | "404" | (string & {});

const LOCATED: Partial<Record<FixtureKind, Kind>> = {
  organization: "organization",
  space: "space",
  project: "project",
  restricted: "project",
  dataset: "dataset",
  experiment: "experiment",
  annotationConfig: "annotationConfig",
  queue: "annotationQueue",
  evaluator: "evaluator",
  evaluatorVersion: "evaluatorVersion",
  task: "task",
  restrictedTask: "task",
  taskRun: "taskRun",
  restrictedTaskRun: "taskRun",
  prompt: "prompt",
  promptVersion: "promptVersion",
  monitor: "monitor",
  user: "user",
  invited: "user",
  member: "user",
  binding: "roleBinding",
  projectBinding: "roleBinding",
};

/** Made to be seen in the fixtures' space, and decided on there. */
const SEEN_IN_SPACE: readonly FixtureKind[] = ["aiIntegration", "agentIntegration"];

const RESTRICTED: Partial<Record<FixtureKind, FixtureKind>> = {
  project: "restricted",
  binding: "projectBinding",
  task: "restrictedTask",
  taskRun: "restrictedTaskRun",
};

/** In the restricted place everything that has to do with a project is about the restricted one. */
export function kindAt(kind: FixtureKind, place: Place): FixtureKind {
  if (place !== "restricted") return kind;
  return RESTRICTED[kind] ?? kind;
}

/** What the case's path is about, parameter by parameter. */
export function paramsOf({ route, params }: Case, place: Place): Map<string, FixtureKind> {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return new Map(names.map((name) => [name, kindAt(params?.[name] ?? PARAMS[name] ?? "space", place)]));
}

/**
 * The answer that `decide` gives for the route's declared rule, or for the case's where the domain keeps the rule.
 * @param load reads the subject's grants; asked when what the request is about is there, since making that may grant something
 */
export async function expected(
  db: Db,
  load: () => Promise<Principal>,
  route: Route,
  asked: Case,
  at: Fixtures,
  place: Place,
): Promise<Cell> {
  const { access } = route;
  const on = async (kind: FixtureKind): Promise<ResourceRef | null> => {
    await at.id(kind);
    if (SEEN_IN_SPACE.includes(kind)) return (await locate(db, "space", at.spaceId))?.ref ?? null;
    const located = LOCATED[kind];
    return located === undefined ? null : ((await locate(db, located, await at.id(kind)))?.ref ?? null);
  };
  if (asked.item !== undefined) {
    const ref = await on(kindAt(asked.item, place));
    return verdict(await load(), access.requirement, ref) === "✓" ? "✓" : "·";
  }
  if (asked.decides !== undefined) {
    const { requirement, read, hidden } = asked.decides;
    const ref = await on(kindAt(asked.decides.on, place));
    return verdict(await load(), requirement, ref, hidden, read);
  }
  if (access.on === "account") {
    const principal = await load();
    const cell = verdict(principal, access.requirement, accountRef(principal.accountId), access.hides);
    return cell === "✓" && place === "foreign" ? "404" : cell;
  }
  const [about] = [...paramsOf(asked, place).values()].filter((kind) => LOCATED[kind] === access.on);
  const ref = await on(about ?? kindAt(FIXTURE_OF[access.on] ?? "space", place));
  const decision = ref === null ? null : decide(await load(), access.requirement, ref, access.read);
  return cellOf(decision, access.hides);
}

const FIXTURE_OF: Partial<Record<Route["access"]["on"], FixtureKind>> = {
  organization: "organization",
  space: "space",
  project: "project",
};

const verdict = (
  principal: Principal,
  requirement: Requirement,
  ref: ResourceRef | null,
  hidden?: true,
  read?: Permission,
): Cell => cellOf(ref === null ? null : decide(principal, requirement, ref, read), hidden);

function cellOf(decision: ReturnType<typeof decide> | null, hidden: true | undefined): Cell {
  if (decision === null) return "404";
  if (decision.allowed) return "✓";
  return decision.reason === "forbidden" && hidden !== true ? "403" : "404";
}

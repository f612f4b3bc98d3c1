import type { Platform } from "../../platform.js";
import type { Route } from "../../surfaces/rest/pipeline.js";
import { ROUTES } from "../../surfaces/rest/routes/index.js";
import type { Reply } from "../client.js";
import { createWorld } from "../world.js";
import { CASES, type Case } from "./cases.js";
import { expected, kindAt, paramsOf, type Cell } from "./expect.js";
import { Fixtures } from "./fixtures.js";
import { SUBJECTS, type Subject } from "./principals.js";
import { createStage, type Place, type Stage } from "./stage.js";

/** One line of the table: a route, asked in one way in one place; a cell for every subject. */
export interface Row {
  tag: string;
  asked: Case;
  place: Place;
  cells: Map<string, Cell>;
}

export interface Matrix {
  rows: Row[];
  /** cells in which the platform did not answer what was decided */
  wrong: string[];
}

export const routeKey = (route: Pick<Route, "method" | "path">): string =>
  `${route.method.toUpperCase()} ${route.path}`;

/** Asks every route in every way and place as everybody, in-process with real keys. */
export async function runMatrix(platform: Platform): Promise<Matrix> {
  const routes = new Map(ROUTES.map((route) => [routeKey(route), route]));
  const rows: Row[] = CASES.flatMap((asked) =>
    asked.places.map((place) => ({ tag: routes.get(asked.route)?.tag ?? "", asked, place, cells: new Map() })),
  );
  const wrong: string[] = [];
  const other = await createWorld(platform);
  const foreign = new Fixtures(other.as("admin"), other.organizations.acme, other.spaces.main, other.as("member"));
  for (const subject of SUBJECTS) wrong.push(...(await askAll(platform, subject, rows, routes, foreign)));
  return { rows, wrong };
}

async function askAll(
  platform: Platform,
  subject: Subject,
  rows: readonly Row[],
  routes: ReadonlyMap<string, Route>,
  foreign: Fixtures,
): Promise<string[]> {
  const wrong: string[] = [];
  let stage = await createStage(platform, subject, foreign);
  for (const { asked, place, cells } of rows) {
    const route = routes.get(asked.route);
    if (route === undefined) continue;
    const at = stage.at[place];
    const request = await requestOf(asked, at, place);
    const { key } = stage;
    const should = await expected(
      platform.domain.core.store.db,
      () => platform.authenticator.authenticate(key),
      route,
      asked,
      at,
      place,
    );
    const reply = await stage.client.call(route.method.toUpperCase(), request.path, request.body);
    const tooLate = reply.status === asked.tooLate;
    const cell = tooLate ? "✓" : await observed(route, asked, reply, at, place);
    cells.set(subject.code, cell);
    const documented =
      tooLate || reply.status === route.success.status || route.errors.some((status) => status === reply.status);
    if (cell !== should || !documented)
      wrong.push(
        `${subject.code} ${asked.route} ${asked.label ?? ""} (${place}): ${cell} instead of ${should}${documented ? "" : ", which is not documented"}. ${reply.text.slice(0, 200)}`,
      );
    if (cell === "✓") stage = await after(platform, subject, stage, asked, at, foreign);
  }
  return wrong;
}

async function after(
  platform: Platform,
  subject: Subject,
  stage: Stage,
  asked: Case,
  at: Fixtures,
  foreign: Fixtures,
): Promise<Stage> {
  if (asked.rebuilds) return createStage(platform, subject, foreign);
  at.drop(...(asked.spends ?? []));
  return stage;
}

async function requestOf(asked: Case, at: Fixtures, place: Place): Promise<{ path: string; body: unknown }> {
  let path = asked.route.slice(asked.route.indexOf(" ") + 1);
  for (const [name, kind] of paramsOf(asked, place))
    path = path.replace(`{${name}}`, encodeURIComponent(await at.id(kind)));
  if (asked.item !== undefined) path += "?limit=100";
  if (asked.query !== undefined) path += await asked.query(at);
  return { path, body: await asked.body?.(at, place) };
}

async function observed(route: Route, { item }: Case, reply: Reply, at: Fixtures, place: Place): Promise<Cell> {
  if (reply.status !== route.success.status) return String(reply.status);
  if (item === undefined) return "✓";
  return reply.text.includes(await at.id(kindAt(item, place))) ? "✓" : "·";
}

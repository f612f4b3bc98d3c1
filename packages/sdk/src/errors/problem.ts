/** RFC 9457 problem document (`spec/rest.md` §1.6); documents may carry more members, which are kept. */
export interface ProblemDocument {
  readonly title?: string;
  readonly status?: number;
  readonly type?: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly [extension: string]: unknown;
}

const EXCERPT = 200;

/** Reads a problem document out of a response body, or `undefined` when the body is something else. */
export function parseProblem(body: string): ProblemDocument | undefined {
  const value = parseJson(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  const text = (name: string) => stringMember(members, name);
  const status = members.get("status");
  return {
    ...Object.fromEntries(members),
    ...omitUndefined({ title: text("title"), detail: text("detail"), type: text("type"), instance: text("instance") }),
    ...(typeof status === "number" ? { status } : {}),
  };
}

export const isHtmlPage = (body: string): boolean => /^\s*<(?:!doctype|html|head|body)/i.test(body);

/** One line for people: `detail ?? title` of the problem, else what the body looks like. */
export function describeFailure(status: number, body: string): string {
  const problem = parseProblem(body);
  const said = [
    problem?.detail,
    problem?.title,
    problem?.["message"],
    problem?.["error"],
    graphqlMessage(problem),
  ].find(isText);
  if (said) return said;
  if (body.trim() === "") return `The server answered ${status} with an empty body`;
  const page = isHtmlPage(body);
  const readable = page ? (pageTitle(body) ?? body.replace(/<[^>]*>/g, " ")) : body;
  const excerpt = shorten(readable);
  if (page)
    return `The server answered ${status} with an HTML page (${excerpt}): a proxy or gateway may stand in between`;
  return `The server answered ${status}: ${excerpt}`;
}

/** The first 200 characters on one line. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}

function graphqlMessage(problem: ProblemDocument | undefined): unknown {
  const errors = problem?.["errors"];
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return typeof first === "object" && first !== null && "message" in first ? first.message : undefined;
}

function pageTitle(html: string): string | undefined {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1]?.trim();
  return title === "" ? undefined : title;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stringMember(members: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = members.get(name);
  return typeof value === "string" ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function omitUndefined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

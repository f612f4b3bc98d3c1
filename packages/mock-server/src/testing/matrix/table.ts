import type { Case } from "./cases.js";
import { CUSTOM_ROLE, SUBJECTS } from "./principals.js";
import type { Row } from "./run.js";
import type { Place } from "./stage.js";

/** The matrix as a page for people, `docs/permissions.md`. */
export function renderMatrix(rows: readonly Row[]): string {
  const tags = [...new Set(rows.map((row) => row.tag))];
  return [
    "# Who may do what",
    "",
    "Made by `packages/mock-server/src/surfaces/rest/permissions.test.ts`, which asks every route in-process with a real key and fails when this page",
    "is not what it saw. After a change that is meant: `UPDATE_PERMISSIONS=1 npx vitest run packages/mock-server/src/surfaces/rest/permissions.test.ts`.",
    "",
    "- `✓` done, or on the list",
    "- `·` a list that leaves it out",
    "- `403` the caller may see the resource, but not do this; the answer names what is missing",
    "- `404` the caller may not see the resource: the same answer as for one that does not exist, or the only refusal that the API documents there",
    "",
    "Roles are held in the own organization and its one public space, the own space.",
    `The custom role holds ${CUSTOM_ROLE.map((permission) => `\`${permission}\``).join(", ")}.`,
    "",
    "| column | who asks |",
    "| --- | --- |",
    ...SUBJECTS.map(({ code, title }) => `| ${code} | ${title} |`),
    ...tags.flatMap((tag) =>
      section(
        tag,
        rows.filter((row) => row.tag === tag),
      ),
    ),
    "",
  ].join("\n");
}

const TITLES: Record<Exclude<Place, "own">, string> = {
  restricted: "its restricted project",
  private: "private space beside it",
  elsewhere: "other organization",
  foreign: "other account",
};

function ownTitle({ places }: Case): string {
  if (places.includes("private")) return "own space";
  return places.includes("elsewhere") ? "own organization" : "account";
}

function section(tag: string, rows: readonly Row[]): string[] {
  return [
    "",
    `## ${tag}`,
    "",
    `| operation | where | ${SUBJECTS.map(({ code }) => code).join(" | ")} |`,
    `| --- | --- | ${SUBJECTS.map(() => ":-:").join(" | ")} |`,
    ...rows.map(({ asked, place, cells }) => {
      const where = place === "own" ? ownTitle(asked) : TITLES[place];
      return `| \`${asked.route}\`${asked.label === undefined ? "" : ` ${asked.label}`} | ${where} | ${SUBJECTS.map(({ code }) => cells.get(code) ?? "").join(" | ")} |`;
    }),
  ];
}

import type { Stage } from "./stage.js";

/** A name in the start line of `axlab start --json`, such as `member`. */
type KeyHandle = string;

/** What it is answered by when a key makes a dataset in Playground: 201, or 403 for whoever may not. */
export async function createDataset(at: Stage, key: KeyHandle, name: string): Promise<number> {
  const { keys, space } = at.platform;
  const body = { name, space_id: space?.id, examples: [{ a: 1 }] };
  return (await at.rest(keys[key], "POST", "/v2/datasets", body)).status;
}

/** Makes a project in Playground. */
export function createProject(at: Stage, key: KeyHandle, name: string): Promise<Response> {
  const { keys, space } = at.platform;
  return at.rest(keys[key], "POST", "/v2/projects", { name, space_id: space?.id });
}

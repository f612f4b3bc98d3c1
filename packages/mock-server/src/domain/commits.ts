import { createHash } from "node:crypto";

/** What a version is known by besides its id: 40 hexadecimal digits over its id and what it says, so that no two versions share one. */
export const commitHash = (versionId: string, content: object): string =>
  createHash("sha256")
    .update(`${versionId}\n${JSON.stringify(content)}`)
    .digest("hex")
    .slice(0, 40);

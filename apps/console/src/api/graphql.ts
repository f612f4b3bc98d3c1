import { z } from "zod";
import { ask, RefusedError } from "./http.js";

const Reply = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Asks GraphQL as whoever is signed in. @throws RefusedError with the first error's text, UnreachableError */
export async function askGraphql<S extends z.ZodType>(
  query: string,
  variables: Record<string, unknown>,
  schema: S,
  signal?: AbortSignal,
): Promise<z.output<S>> {
  const body = { query, variables };
  const { data, errors } = await ask("/graphql", Reply, { method: "POST", body, ...(signal && { signal }) });
  const [first] = errors ?? [];
  if (first !== undefined) throw new RefusedError(200, { title: "Refused", status: 200, detail: first.message }, null);
  return schema.parse(data);
}

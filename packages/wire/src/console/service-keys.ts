import * as z from "zod";
import { pageOf } from "../pagination.js";
import { ApiKey } from "../rest/api-keys.js";
import { Id } from "../rest/fields.js";

const Named = z.strictObject({ id: Id, name: z.string() });

/** A service key with who made it and what it covers: REST v2 tells neither in a list. */
export const ServiceKey = ApiKey.extend({
  /** also somebody who was removed since; null when the key was made by another key's bot that is gone */
  creator: Named.nullable(),
  account_role: z.string(),
  /** those that the reader may see */
  organizations: z.array(
    Named.extend({
      role: z.string(),
      spaces: z.array(Named.extend({ /** of a managed or a custom role */ role: z.string() })),
    }),
  ),
  /** how many spaces it covers besides, which the reader may not see */
  hidden_spaces: z.int().min(0),
}).meta({ id: "ConsoleServiceKey" });
export type ServiceKey = z.infer<typeof ServiceKey>;

/** `GET /console/service-keys` */
export const ServiceKeyPage = pageOf("service_keys", ServiceKey).meta({ id: "ConsoleServiceKeyPage" });
export type ServiceKeyPage = z.infer<typeof ServiceKeyPage>;

import type { Permission, Requirement } from "@axlab/auth";
import { AnnotationConfig } from "@axlab/wire/rest";
import type { Fixtures, FixtureKind } from "./fixtures.js";
import type { Place } from "./stage.js";

/** How one route is asked: where, about what, and with which body. */
export interface Case {
  /** `POST /v2/api-keys` */
  route: string;
  /** tells two cases of one route apart */
  label?: string;
  places: readonly Place[];
  /** stands for path parameters that are not of the usual kind */
  params?: Record<string, FixtureKind>;
  query?: (at: Fixtures) => Promise<string>;
  body?: (at: Fixtures, place: Place) => Promise<unknown>;
  /** a list: what of each place must be on it exactly if the caller may see it */
  item?: FixtureKind;
  /** for rules that the domain keeps: what is decided on what; `read` makes it visible; `hidden`: a refusal is always 404 */
  decides?: { requirement: Requirement; on: FixtureKind; read?: Permission; hidden?: true };
  /** what a permitted caller is answered when the request comes too late for a success: shown as ✓, since the decision let it through */
  tooLate?: 400;
  /** gone or changed after a success */
  spends?: readonly FixtureKind[];
  /** the whole stage is rebuilt after a success */
  rebuilds?: true;
}

export const projectAt = (at: Fixtures, place: Place): Promise<string> =>
  at.id(place === "restricted" ? "restricted" : "project");
export const configName = async (at: Fixtures): Promise<string> =>
  (await at.admin.get(`/v2/annotation-configs/${await at.id("annotationConfig")}`)).read(AnnotationConfig).name;

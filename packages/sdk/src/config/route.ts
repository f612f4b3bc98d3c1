import { ConfigurationError } from "../errors/client.js";
import type { Settings } from "./sources.js";

/** The settings that move several endpoints at once, as one source gives them. */
export function routeOf(source: Settings): readonly string[] {
  return [
    ...(source.region ? ["region"] : []),
    ...(source.singleHost || source.singlePort ? ["singleHost/singlePort"] : []),
    ...(source.baseDomain ? ["baseDomain"] : []),
    ...(source.baseUrl ? ["baseUrl"] : []),
  ];
}

/** @throws ConfigurationError when a source gives more than one. */
export function refuseTwoOverrides(source: Settings, where: string): void {
  const given = routeOf(source);
  if (given.length < 2) return;
  throw new ConfigurationError(`The ${where} give ${given.join(" and ")}, which exclude one another: keep one`);
}

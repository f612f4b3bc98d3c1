import { ConfigurationError } from "../errors/index.js";

/**
 * Loads a library that is needed for one format only.
 * @throws ConfigurationError naming what to install
 */
export async function load<Library>(what: string, packages: string, library: () => Promise<Library>): Promise<Library> {
  try {
    return await library();
  } catch (cause) {
    throw new ConfigurationError(`${what} needs ${packages}: npm install ${packages}`, { cause });
  }
}

import { existsSync } from "node:fs";
import { Problem } from "./process.mjs";

/** Where the browser of the end-to-end tests is, as a variable for them; Debian's unless AXLAB_CHROMIUM names another. */
export const findChromium = () => {
  const path = process.env.AXLAB_CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(path)) return { AXLAB_CHROMIUM: path };
  throw new Problem(
    `There is no Chromium at ${path}. Install it (Debian: apt-get install chromium), or set AXLAB_CHROMIUM to one that is there.`,
  );
};

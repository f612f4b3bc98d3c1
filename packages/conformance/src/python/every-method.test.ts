import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { pythonOf } from "../support/python.js";

const SCRIPTS = fileURLToPath(new URL("../../python/", import.meta.url));
/** It draws the bar of `export_model_to_df`, and asks nothing of a server. */
const LOCAL = new Set(["ArizeExportClient.get_progress_bar"]);

/** What the scripts for a client say they check: the names of their checks, and of the loops that make some. */
const checksOf = (client: string): string =>
  readdirSync(`${SCRIPTS}${client}`)
    .filter((file) => file.endsWith(".py"))
    .flatMap(
      (file) =>
        readFileSync(`${SCRIPTS}${client}/${file}`, "utf8").match(/check\(f?"[^"]+"|^ {4}"\w+\.\w+": .*,$/gm) ?? [],
    )
    .join("\n");

const CLIENTS = ["v7", "v8"] as const;
it.skipIf(CLIENTS.some((client) => !existsSync(pythonOf(client)))).each(CLIENTS)(
  "every public method of arize %s is named by a check",
  (client) => {
    const methods = execFileSync(pythonOf(client), [`${SCRIPTS}listing/${client}.py`], { encoding: "utf8" })
      .trim()
      .split("\n");
    const checks = checksOf(client);
    expect(methods.length).toBeGreaterThan(15);
    const missing = methods.filter(
      (method) => !LOCAL.has(method) && !new RegExp(`${method.replaceAll(".", "\\.")}\\b`).test(checks),
    );
    // A check may name several methods of one client at once: "tasks.trigger_run, wait_for_run".
    const alone = missing.filter((method) => !new RegExp(`, ${method.split(".").at(-1) ?? ""}\\b`).test(checks));
    expect(alone).toEqual([]);
  },
);

import { CommanderError } from "commander";
import { UsageError } from "../usage-error.js";

/** What went wrong, for scripts: `code` is stable, `message` is for people. */
export interface Failure {
  /** `USAGE` for a wrong call, Node's code for a failure of the system (`ENOENT`), else the name of the error's class */
  code: string;
  message: string;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: "Error", message: String(error) };
  const message = error.message.replace(/^error: /, "");
  if (error instanceof UsageError || error instanceof CommanderError) return { code: "USAGE", message };
  const ofSystem = "syscall" in error && "code" in error && typeof error.code === "string";
  return { code: ofSystem ? String(error.code) : error.name, message };
}

export const asError = (error: unknown): Error => (error instanceof Error ? error : new TypeError(String(error)));

/** Whether the command line asks `axlab log` for JSON; for a call that was refused before its flags were known. */
export function asksForJson([command, ...args]: readonly string[]): boolean {
  const end = args.indexOf("--");
  return command === "log" && args.slice(0, end === -1 ? undefined : end).includes("--json");
}

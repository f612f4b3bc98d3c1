#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { logCommand } from "./log/command.js";
import { asksForJson } from "./log/failure.js";
import { reportUnread } from "./log/report.js";
import { startCommand } from "./start/command.js";
import { tourCommand } from "./tour/command.js";
import { leaveRoomForBuffers } from "./heap.js";
import { explainRefusedFlag } from "./flags.js";
import { UsageError } from "./usage-error.js";

leaveRoomForBuffers();

const program = new Command("axlab")
  .description("A local Arize AX platform with real keys and permissions. Not affiliated with Arize AI.")
  .version("0.0.0")
  .addCommand(startCommand())
  .addCommand(logCommand())
  .addCommand(tourCommand());

for (const command of [program, ...program.commands]) {
  command
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** @returns the exit code: 2 for a wrong call, 1 for anything else, 0 for --help and --version */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (asksForJson(process.argv.slice(2))) reportUnread(error);
    process.stderr.write(`${explainRefusedFlag(error, program)}\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`axlab: ${error.message}\n`);
    return 2;
  }
  process.stderr.write(`axlab: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

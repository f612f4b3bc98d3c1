import { InvalidArgumentError, type Command, type CommanderError } from "commander";

/** Says what was refused and lists what is allowed. */
export function explainRefusedFlag(error: CommanderError, program: Command): string {
  const name = process.argv[2];
  const command = program.commands.find((candidate) => candidate.name() === name);
  const problem = error.message.replace(/^error: /, "").split("\n")[0] ?? "";
  if (command === undefined) {
    return `axlab: ${problem}\nCommands: ${program.commands.map((candidate) => candidate.name()).join(", ")}. "axlab <command> --help" lists a command's flags.`;
  }
  const flags = command.options.map(
    (option) => `  ${option.flags}${option.envVar === undefined ? "" : `  (or ${option.envVar})`}`,
  );
  return `axlab ${command.name()}: ${problem}\nAllowed:\n${flags.join("\n")}`;
}

/** A whole number in a range. */
export const wholeNumber =
  (from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`Write a whole number from ${from} to ${to}.`);
    return value;
  };

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

import { pathToFileURL } from "node:url";
import { ArizeClient } from "@axlab/sdk";
import { answer } from "./answer.js";

/** The mean score below which a change does not go in. */
const NEEDED = 0.75;

/**
 * Runs the experiment and says whether it is good enough. An answer that fails counts as a wrong one.
 * @param {ArizeClient} client
 * @param {{ dataset: string, name: string, task?: (title: string) => Promise<string> }} experiment
 */
export async function judge(client, { dataset, name, task = answer }) {
  const result = await client.experiments.run({
    name,
    dataset,
    concurrency: 4,
    timeout: 30_000,
    task: ({ title }) => task(title),
    evaluators: {
      right: ({ example, output }) => output === example.director,
      honest: ({ example, output }) => output === example.director || output === "I don't know",
    },
  });
  const right = result.runs.filter((run) => run.evaluations.right?.score === 1).length;
  const score = right / result.runs.length;
  return { score, failed: result.failed, passes: score >= NEEDED, experiment: result.experiment };
}

// In CI: ARIZE_API_KEY and ARIZE_SPACE_ID are secrets; the name must be new for every run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const name = `ci ${process.env.GITHUB_SHA ?? new Date().toISOString()}`;
  const { score, failed, passes } = await judge(new ArizeClient(), {
    dataset: process.env.DATASET ?? "directors",
    name,
  });
  console.log(`${name}: ${(score * 100).toFixed(0)} % right, ${failed} failed; ${NEEDED * 100} % are needed`);
  process.exitCode = passes ? 0 : 1;
}

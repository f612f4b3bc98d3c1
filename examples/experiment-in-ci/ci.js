import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ArizeClient } from "@axlab/sdk";
import { answer } from "./answer.js";

/**
 * Runs the experiment. Its mean scores decide whether a change goes in; an answer that fails counts as a wrong one.
 * @param {ArizeClient} client
 * @param {{ dataset: string, name: string, task?: (title: string) => Promise<string> }} experiment
 */
export function judge(client, { dataset, name, task = answer }) {
  return client.experiments.run({
    name,
    dataset,
    concurrency: 4,
    timeout: 30_000,
    task: ({ title }) => task(title),
    evaluators: {
      right: ({ example, output }) => output === example.director,
      honest: ({ example, output }) => output === example.director || output === "I don't know",
    },
    failUnder: { right: 0.75, honest: 0.9 },
  });
}

// In CI: ARIZE_API_KEY and ARIZE_SPACE_ID are secrets; the name must be new for every run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const name = `ci ${process.env.GITHUB_SHA ?? new Date().toISOString()}`;
  const result = await judge(new ArizeClient(), { dataset: process.env.DATASET ?? "directors", name });
  // What the CI system shows as a test report.
  await writeFile("junit.xml", result.toJUnit());
  console.log(result.toText());
  process.exitCode = result.passed ? 0 : 1;
}

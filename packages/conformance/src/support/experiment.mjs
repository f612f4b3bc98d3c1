// A process of its own that runs, or goes on with, an experiment: ended by signals in the tests. Settings come as JSON in AXLAB_EXPERIMENT.
import { ArizeClient } from "@axlab/sdk";

const {
  url,
  apiKey,
  spaceId,
  dataset,
  name,
  resume,
  milliseconds = 20,
  concurrency = 4,
} = JSON.parse(process.env.AXLAB_EXPERIMENT ?? "{}");
const client = new ArizeClient({ baseUrl: url, apiKey, spaceId });
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("Ctrl-C")));

const settings = {
  dataset,
  concurrency,
  signal: stop.signal,
  task: async ({ id, n }) => {
    process.stderr.write(`task ${id}\n`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return `answer ${n}`;
  },
  evaluators: { even: ({ example }) => example.n % 2 === 0 },
};

try {
  const { runs, resumed } = await (resume
    ? client.experiments.resume(name, settings)
    : client.experiments.run({ ...settings, name }));
  process.stderr.write(`done ${JSON.stringify({ runs: runs.length, resumed })}\n`);
} catch (error) {
  process.stderr.write(`ended ${error.name}: ${error.message}\n`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
}

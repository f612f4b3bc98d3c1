/**
 * An experiment over 10 000 examples with a task of 5 ms, 64 at once: read, run, evaluated and stored on a platform in another process.
 * Beside the ideal (examples × 5 ms / 64), what bare timers take in this process, and the official Python client on the same dataset.
 * `pnpm --filter @axlab/bench experiments [rounds of the SDK] [rounds of Python]`; the goals are ≤ 1.15 × the ideal, and ≥ 5 × faster
 * than Python. Needs the built packages, and Python as the conformance run has it.
 */
import { ArizeClient } from "@axlab/sdk";
import { hasPython, pythonSeconds, startWorld, type World } from "./experiments/world.js";
import { summary } from "./summary.js";

const EXAMPLES = 10_000;
const TASK_MS = 5;
const CONCURRENCY = 64;
const IDEAL = (EXAMPLES * TASK_MS) / CONCURRENCY;

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, TASK_MS));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** The same waits at the same concurrency, and nothing else: what Node's timers make of 5 ms. */
async function bareTimers(): Promise<void> {
  let left = EXAMPLES;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await wait();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function ours(world: World, dataset: string, name: string, traces: boolean): Promise<void> {
  const client = new ArizeClient({ baseUrl: world.url, apiKey: world.apiKey, spaceId: world.spaceId });
  const { runs, failed } = await client.experiments.run({
    name,
    dataset,
    concurrency: CONCURRENCY,
    traces,
    print: false,
    task: async ({ question }) => {
      await wait();
      return question;
    },
    evaluators: { right: () => true },
  });
  await client.close();
  if (runs.length !== EXAMPLES || failed > 0) throw new TypeError(`${runs.length} runs, ${failed} failed`);
}

async function main(rounds: number, pythonRounds: number): Promise<void> {
  const world = await startWorld();
  const client = new ArizeClient({ baseUrl: world.url, apiKey: world.apiKey, spaceId: world.spaceId });
  const examples = Array.from({ length: EXAMPLES }, (_, n) => ({ question: `question ${n}`, answer: `answer ${n}` }));
  const { id } = await client.datasets.create({ name: "bench", examples, via: "rest" });
  await ours(world, id, "warm-up", false);
  const times: Record<"bare" | "plain" | "traced" | "python", number[]> = {
    bare: [],
    plain: [],
    traced: [],
    python: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(await timed(bareTimers));
    times.plain.push(await timed(() => ours(world, id, `plain ${round}`, false)));
  }
  // By themselves: the platform is busy with 20 000 spans for a while after each.
  for (let round = 0; round < rounds; round += 1)
    times.traced.push(await timed(() => ours(world, id, `traced ${round}`, true)));
  for (let round = 0; round < pythonRounds && hasPython(); round += 1) {
    const settings = {
      name: `python ${round}`,
      dataset: id,
      examples: EXAMPLES,
      taskMs: TASK_MS,
      concurrency: CONCURRENCY,
    };
    times.python.push((await pythonSeconds(world, settings)) * 1000);
  }
  await world.close();
  console.log(
    `${EXAMPLES} examples, a task of ${TASK_MS} ms, ${CONCURRENCY} at once; ideal ${IDEAL.toFixed(0)} ms; milliseconds`,
  );
  print("bare timers", times.bare);
  print("@axlab/sdk", times.plain);
  print("@axlab/sdk, traced", times.traced);
  print("Python v8", times.python);
  const [plain, traced, python] = [times.plain, times.traced, times.python].map((values) => summary(values).median);
  console.log(`  without traces ${((plain ?? 0) / IDEAL).toFixed(2)} × the ideal (goal: at most 1.15)`);
  if (times.python.length > 0)
    console.log(
      `  Python v8 takes ${((python ?? 0) / (plain ?? 1)).toFixed(1)} × as long, ${((python ?? 0) / (traced ?? 1)).toFixed(1)} × as long as with traces (goal: at least 5)`,
    );
}

function print(name: string, values: readonly number[]): void {
  const { median, low, high } = summary(values);
  const cells = [median, low, high].map((value) => value.toFixed(0).padStart(7));
  console.log(
    `  ${name.padEnd(20)} median ${cells[0]}   p10 ${cells[1]}   p90 ${cells[2]}   (${values.length} rounds)`,
  );
}

const [rounds = "7", pythonRounds = "1"] = process.argv.slice(2);
await main(Number(rounds), Number(pythonRounds));

/**
 * How fast a request is let in: authenticate (parse, hash, look up) and decide, on one core, beside `@casl/ability` and `casbin`
 * on the same questions in the same run. `pnpm --filter @axlab/bench auth`; the goal is 200 000 a second.
 */
import { Bench } from "tinybench";
import { authenticate, casbin, casl, ours, type Contender } from "./auth/contenders.js";
import { makeWorld, type Question, type World } from "./auth/world.js";

const GOAL_PER_SECOND = 200_000;
const NOW = Date.UTC(2026, 0, 1);

/** Time on the processor, so that whatever else the machine does is not counted. */
const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const authenticated = (world: World, contender: Contender, question: Question): boolean => {
  const principal = authenticate(world, question.secret, NOW);
  return principal !== null && contender.may(principal, question);
};

/** A comparison of speed is worth nothing between different answers. */
function assertSameAnswers(world: World, contenders: readonly Contender[], questions: readonly Question[]): number {
  let allowed = 0;
  for (const question of questions) {
    const answers = contenders.map((contender) => authenticated(world, contender, question));
    if (answers.some((answer) => answer !== answers[0]))
      throw new TypeError(
        `${contenders.map(({ name }) => name).join(", ")} answer ${answers.join(", ")} to ${question.permission} on ${question.space.spaceId}.`,
      );
    if (answers[0] === true) allowed++;
  }
  return allowed;
}

async function main(): Promise<void> {
  const world = makeWorld();
  const contenders = [ours, casl(world), await casbin(world)];
  const { questions } = world;
  const allowed = assertSameAnswers(world, contenders, questions);
  console.log(
    `${questions.length} questions by ${world.keys.size} keys about ${world.spaces.length} spaces; all contenders allow the same ${allowed}.\n`,
  );

  const bench = new Bench({ time: 1000, warmupTime: 300, now: cpuMilliseconds });
  const asked = new Map<string, number>();
  let yes = 0;
  // One turn asks many questions, so that measuring costs nothing beside them; the slow contender gets fewer.
  const add = (what: string, { name }: Contender, ask: (question: Question) => boolean): void => {
    const turn = name === "casbin" ? questions.slice(0, 256) : questions;
    asked.set(`${what}, ${name}`, turn.length);
    bench.add(`${what}, ${name}`, () => {
      for (const question of turn) if (ask(question)) yes++;
    });
  };
  const principals = new Map(questions.map(({ secret }) => [secret, authenticate(world, secret, NOW)]));
  for (const contender of contenders) {
    add("authenticate + decide", contender, (question) => authenticated(world, contender, question));
    add("decide", contender, (question) => {
      const principal = principals.get(question.secret) ?? null;
      return principal !== null && contender.may(principal, question);
    });
  }
  await bench.run();
  if (yes === 0) throw new TypeError("Nothing was allowed: nothing was measured.");
  const rates = new Map(
    bench.tasks.map(({ name, result }) => {
      const milliseconds = result?.latency.p50;
      if (milliseconds === undefined) throw new TypeError(`${name} was not measured.`, { cause: result?.error });
      return [name, ((asked.get(name) ?? 0) / milliseconds) * 1000];
    }),
  );

  for (const what of ["authenticate + decide", "decide"]) {
    const own = rates.get(`${what}, ${ours.name}`) ?? 0;
    for (const { name } of contenders) {
      const rate = rates.get(`${what}, ${name}`) ?? 0;
      const ratio = name === ours.name ? "" : `   ${ours.name} is ${(own / rate).toFixed(2)}× as fast`;
      console.log(
        `${what.padEnd(22)} ${name.padEnd(14)} ${Math.round(rate).toLocaleString("en").padStart(12)} a second of processor time${ratio}`,
      );
    }
  }
  const reached = rates.get(`authenticate + decide, ${ours.name}`) ?? 0;
  console.log(
    `\nGoal: ${GOAL_PER_SECOND.toLocaleString("en")} a second — ${reached >= GOAL_PER_SECOND ? "reached" : "MISSED"}.`,
  );
  if (reached < GOAL_PER_SECOND) process.exitCode = 1;
}

await main();

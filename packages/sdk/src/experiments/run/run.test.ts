import { afterEach, describe, expect, test } from "vitest";

import {
  AbortError,
  ExperimentAbortedError,
  ExperimentNotStoredError,
  ExperimentStoppedError,
  RateLimitedError,
  ServerError,
} from "../../errors/index.js";
import { fastClock } from "../../testing/clock.js";
import { testContext } from "../../testing/context.js";
import {
  DATASET,
  EXPERIMENT,
  startExperimentsApi,
  storedExperiment,
  type ExperimentsApi,
} from "../../testing/experiments-api.js";
import { systemClock, type Clock } from "../../transport/index.js";
import { exactMatch, Experiments, type Progress } from "../index.js";

let api: ExperimentsApi;
afterEach(() => api.close());

async function experiments(examples = 5, clock: Clock = systemClock): Promise<Experiments> {
  api = await startExperimentsApi(examples);
  return new Experiments(testContext(api.url, { maxRetries: 0, clock }));
}
const base = { name: "e", dataset: DATASET };
const never = () => new Promise<never>(() => undefined);
const thrown = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.fail("it was answered"),
    (error: unknown) => error,
  );

describe("run", () => {
  test("runs the task over every example, evaluates, stores flat columns, and answers in the order of the examples", async () => {
    const client = await experiments();
    const result = await client.run({
      ...base,
      task: async ({ id, question }, { report }) => {
        await new Promise((resolve) => setTimeout(resolve, id === "ex0" ? 15 : 1));
        report({ prompt: 2, completion: 3 });
        return { answer: `a${String(question).slice(1)}`, by: id };
      },
      evaluators: [
        exactMatch(({ id, answer }) => ({ by: id, answer })),
        function length({ output }) {
          return JSON.stringify(output).length;
        },
        {
          name: "tone",
          evaluate: () => ({ label: "calm", explanation: "no shouting", metadata: { by: "me", at: [1] } }),
        },
      ],
    });
    expect(result.experiment).toEqual(storedExperiment());
    expect(result).toMatchObject({ failed: 0, resumed: 0, passed: true, scores: { exact_match: 1, length: 26 } });
    expect(result.runs.map(({ exampleId }) => exampleId)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
    expect(result.summary).toMatchObject({ tokens: { prompt: 10, completion: 15, total: 25 }, latency: { count: 5 } });
    expect(api.runs).toHaveLength(5);
    expect(api.runs.find(({ example_id }) => example_id === "ex0")).toEqual({
      example_id: "ex0",
      output: '{"answer":"a0","by":"ex0"}',
      latency_ms: expect.any(Number),
      "llm.token_count.prompt": 2,
      "llm.token_count.completion": 3,
      "llm.token_count.total": 5,
      "eval.exact_match.score": 1,
      "eval.exact_match.label": "True",
      "eval.length.score": 26,
      "eval.tone.label": "calm",
      "eval.tone.explanation": "no shouting",
      "eval.tone.metadata.by": "me",
      "eval.tone.metadata.at": "[1]",
    });
  });

  test("a failing task is a run with an error; a failing evaluator is named in its run with its example", async () => {
    const client = await experiments();
    const result = await client.run({
      ...base,
      timeout: 50,
      task: ({ id }) => {
        if (id === "ex1") throw new RangeError("model is down");
        return id === "ex2" ? undefined : id === "ex3" ? { at: new Date() } : "ok";
      },
      evaluators: {
        strict: ({ example: { id } }) => {
          if (id === "ex4") throw new TypeError("no judge");
          return { score: Number.NaN };
        },
        slow: never,
      },
    });
    expect(result.failed).toBe(3);
    expect(result.runs.map(({ error }) => error)).toEqual([
      undefined,
      "RangeError: model is down",
      expect.stringContaining("returned nothing"),
      expect.stringContaining("output.at: is a Date"),
      undefined,
    ]);
    expect(result.runs[0]?.evaluations).toEqual({
      strict: {
        error: "Evaluator strict failed on example ex0: it returned the score NaN, which is not a finite number",
      },
      slow: { error: "Evaluator slow failed on example ex0: TaskTimeoutError: It took longer than 50 ms" },
    });
    const run = (id: string) => api.runs.find(({ example_id }) => example_id === id);
    expect(run("ex1")).toMatchObject({ output: "", error: "RangeError: model is down" });
    expect(run("ex4")).toMatchObject({
      output: "ok",
      "eval.strict.explanation": "Evaluator strict failed on example ex4: TypeError: no judge",
    });
  });

  test.each([1, 3, 50])("never has more than %i tasks at once, and does reach it", async (concurrency) => {
    const client = await experiments(20);
    let running = 0;
    let most = 0;
    const progress: Progress[] = [];
    await client.run({
      ...base,
      concurrency,
      task: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return "x";
      },
      onProgress: (each) => progress.push(each),
    });
    expect(most).toBe(Math.min(concurrency, 20));
    expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(progress.every(({ total, failed }) => total === 20 && failed === 0)).toBe(true);
  });

  test("more examples than a page: each once, in order, stored in few requests", async () => {
    const client = await experiments(1700);
    const result = await client.run({ ...base, concurrency: 64, task: ({ id }) => id });
    const ids = Array.from({ length: 1700 }, (_, n) => `ex${n}`);
    expect(result.runs.map(({ output }) => output)).toEqual(ids);
    expect(new Set(api.runs.map(({ example_id }) => example_id))).toEqual(new Set(ids));
    expect(api.runs).toHaveLength(1700);
    expect(api.seen.filter(({ method }) => method === "POST").length).toBeLessThan(10);
  });

  test("what is finished is stored while the last tasks are under way, so that nobody waits for it at the end", async () => {
    // With this clock nothing that lingers ever goes.
    const client = await experiments(30, { now: () => 0, after: () => () => undefined });
    const untilStored = async () => expect.poll(() => api.runs.length, { timeout: 5000 }).toBe(21);
    // One wait for all of them: the first to go on has its own run stored at once.
    let stored: Promise<void> | undefined;
    const { failed } = await client.run({
      ...base,
      concurrency: 10,
      task: async ({ id }) => {
        if (Number(id.slice(2)) > 20) await (stored ??= untilStored());
        return id;
      },
    });
    expect(failed).toBe(0);
    expect(api.runs).toHaveLength(30);
  });

  test("no request is larger than the client's limit, and a run that is goes alone", async () => {
    api = await startExperimentsApi(40);
    const client = new Experiments(testContext(api.url, { maxHttpPayloadSizeMb: 0.01, clock: systemClock }));
    const long = (id: string) => "ä".repeat(id === "ex7" ? 8000 : 900);
    await client.run({ ...base, concurrency: 40, task: ({ id }) => long(id) });
    expect(api.runs.map(({ output }) => output)).toEqual(api.runs.map(({ example_id }) => long(String(example_id))));
    expect(api.runs).toHaveLength(40);
    const requests = api.seen.filter(({ method }) => method === "POST");
    const over = requests.filter(({ body }) => Buffer.byteLength(body) > 10_485.76 + 100);
    expect(over.map(({ body }) => [body.includes("ex7"), body.split("example_id").length - 1])).toEqual([[true, 1]]);
    expect(requests.length).toBeLessThan(15);
  });

  test("an evaluation that cannot even be looked at is that evaluator's failure", async () => {
    const client = await experiments(1);
    const hostile = {
      get score(): number {
        throw new RangeError("gone");
      },
    };
    const evaluators = { sync: () => hostile, async: () => Promise.resolve(hostile) };
    const { runs } = await client.run({ ...base, task: () => "x", evaluators });
    const failed = (name: string) => ({ error: `Evaluator ${name} failed on example ex0: RangeError: gone` });
    expect(runs[0]?.evaluations).toEqual({ sync: failed("sync"), async: failed("async") });
  });

  test("results are written as they come: while a task is under way the others are stored", async () => {
    const client = await experiments(3);
    await client.run({
      ...base,
      task: async ({ id }) => {
        if (id !== "ex0") return id;
        await expect.poll(() => api.runs.length, { timeout: 5000 }).toBe(2);
        return "last";
      },
    });
    expect(api.runs.map(({ output }) => output)).toEqual(["ex1", "ex2", "last"]);
  });

  test("a task that ignores its signal is cut off at its timeout, and told", async () => {
    const client = await experiments();
    let told: unknown;
    const result = await client.run({
      ...base,
      timeout: 30,
      task: ({ id }, { signal }) => {
        if (id !== "ex2") return "quick";
        signal.addEventListener("abort", () => {
          told = signal.reason;
        });
        return never();
      },
    });
    expect(result.runs[2]?.error).toBe("TaskTimeoutError: The task took longer than 30 ms");
    expect(told).toMatchObject({ name: "TaskTimeoutError" });
    expect(result.failed).toBe(1);
  });

  test("exitOnError stops at the first failure, tells the tasks under way, and keeps what was finished", async () => {
    const client = await experiments();
    const begun: string[] = [];
    let told = false;
    const error = await thrown(
      client.run({
        ...base,
        concurrency: 2,
        timeout: 0,
        exitOnError: true,
        task: ({ id }, { signal }) => {
          begun.push(id);
          if (id === "ex0") return "fine";
          if (id === "ex2") throw new Error("no");
          signal.addEventListener("abort", () => (told = true));
          return never();
        },
      }),
    );
    expect(error).toBeInstanceOf(ExperimentStoppedError);
    expect(error).toMatchObject({ exampleId: "ex2", experimentId: EXPERIMENT, cause: { message: "no" } });
    expect(begun).toEqual(["ex0", "ex1", "ex2"]);
    expect(told).toBe(true);
    expect(api.runs.map(({ output }) => output)).toEqual(["fine"]);
  });

  test("exitOnError ends it for an evaluator too", async () => {
    const client = await experiments();
    const error = await thrown(
      client.run({ ...base, exitOnError: true, task: () => "x", evaluators: { strict: () => ({}) } }),
    );
    expect(error).toBeInstanceOf(ExperimentStoppedError);
    expect(String(error)).toMatch(/Evaluator strict failed on example ex\d: it returned neither a score nor a label/);
  });

  test("abort ends it at once and keeps what was finished", async () => {
    const client = await experiments();
    const stop = new AbortController();
    const error = await thrown(
      client.run({
        ...base,
        concurrency: 1,
        timeout: 0,
        signal: stop.signal,
        task: ({ id }) => (id === "ex2" ? (stop.abort(new Error("enough")), never()) : id),
      }),
    );
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toBeInstanceOf(ExperimentAbortedError);
    expect(error).toMatchObject({
      name: "AbortError",
      experimentId: EXPERIMENT,
      message: expect.stringMatching(/enough.*resume/),
    });
    expect(error instanceof ExperimentAbortedError && error.runs.map(({ output }) => output)).toEqual(["ex0", "ex1"]);
    expect(api.runs.map(({ output }) => output)).toEqual(["ex0", "ex1"]);
  });

  test("a dry run takes the first 10 examples, or as many as told, and stores nothing", async () => {
    const client = await experiments(30);
    const ten = await client.run({ ...base, dryRun: true, task: () => "x" });
    expect(ten.runs).toHaveLength(10);
    expect(ten.experiment).toBeUndefined();
    expect((await client.run({ ...base, dryRun: 2, task: () => "x" })).runs).toHaveLength(2);
    expect(api.runs).toEqual([]);
  });

  test("a taken name, a dataset without examples, and bad settings are refused before any task", async () => {
    const client = await experiments(1);
    await client.run({ ...base, task: () => "x" });
    const task = () => expect.fail("a task ran");
    await expect(client.run({ ...base, task })).rejects.toThrow(/has an experiment "e" .* experiments.resume/);
    const before = api.seen.length;
    await expect(client.run({ ...base, task, concurrency: 0 })).rejects.toThrow(/concurrency/);
    await expect(client.run({ ...base, task, timeout: -1 })).rejects.toThrow(/timeout/);
    await expect(client.run({ ...base, task, retry: { attempts: 0 } })).rejects.toThrow(/retry.attempts/);
    await expect(client.run({ ...base, task, failUnder: { x: 1 } })).rejects.toThrow(/failUnder.x: is no evaluator/);
    const same = [
      { name: "a", evaluate: () => 1 },
      { name: "a", evaluate: () => 1 },
    ];
    await expect(client.run({ ...base, task, evaluators: same })).rejects.toThrow(/repeats the name a/);
    await expect(client.run({ ...base, task, evaluators: [() => 1] })).rejects.toThrow(/has no name/);
    const proto = [{ name: "__proto__", evaluate: () => 1 }];
    await expect(client.run({ ...base, task, evaluators: proto })).rejects.toThrow(/must not be named __proto__/);
    expect(api.seen.length).toBe(before);
    await api.close();
    const empty = await experiments(0);
    await expect(empty.run({ ...base, task })).rejects.toThrow(/no examples/);
  });
});

describe("rate limits of a task", () => {
  const limits = (times: number, error: () => unknown) => {
    const seen: number[] = [];
    return {
      seen,
      task: (_: unknown, { attempt }: { attempt: number }) => {
        seen.push(attempt);
        if (attempt <= times) throw error();
        return "fine";
      },
    };
  };

  test.each([
    ["RateLimitedError", () => new RateLimitedError("slow down", { retryAfter: 2 })],
    [
      "an axios error",
      () => Object.assign(new Error("429"), { response: { status: 429, headers: { "retry-after": "2" } } }),
    ],
    [
      "a fetch wrapper's error",
      () => Object.assign(new Error("429"), { status: 429, headers: new Headers({ "Retry-After": "2" }) }),
    ],
  ])("%s is waited out as long as it says, and the run is fine", async (_, error) => {
    const clock = fastClock();
    const client = await experiments(1, clock);
    const { task, seen } = limits(2, error);
    const { runs } = await client.run({ ...base, task, timeout: 0 });
    expect(runs).toMatchObject([{ output: "fine" }]);
    expect(seen).toEqual([1, 2, 3]);
    expect(runs[0]?.milliseconds).toBeGreaterThanOrEqual(3900);
  });

  test("the last try's error is the run's; other errors are not repeated", async () => {
    const client = await experiments(1, fastClock());
    const limited = limits(9, () => new RateLimitedError("slow down"));
    const first = await client.run({ ...base, task: limited.task, retry: { attempts: 3 }, timeout: 0 });
    expect(first.runs[0]?.error).toBe("RateLimitedError: slow down");
    expect(limited.seen).toEqual([1, 2, 3]);
    await api.close();
    const other = await experiments(1, fastClock());
    const broken = limits(9, () => new RangeError("broken"));
    await other.run({ ...base, task: broken.task, timeout: 0 });
    expect(broken.seen).toEqual([1]);
  });

  test("the caller may say what a rate limit is, and how long to wait", async () => {
    const client = await experiments(1, fastClock());
    const { task, seen } = limits(1, () => ({ overloaded: true }));
    const isRateLimit = (error: unknown) =>
      typeof error === "object" && error !== null && "overloaded" in error ? 3 : false;
    const { runs } = await client.run({ ...base, task, retry: { isRateLimit }, timeout: 0 });
    expect(seen).toEqual([1, 2]);
    expect(runs[0]?.milliseconds).toBeGreaterThanOrEqual(2900);
  });

  test("an evaluator's are waited out too", async () => {
    const client = await experiments(1, fastClock());
    let calls = 0;
    const evaluators = {
      judge: () => {
        calls += 1;
        if (calls < 3) throw new RateLimitedError("slow down", { retryAfter: 1 });
        return 1;
      },
    };
    expect((await client.run({ ...base, task: () => "x", evaluators, timeout: 0 })).scores).toEqual({ judge: 1 });
  });
});

describe("storing", () => {
  test("a platform that is away for a while is waited for: every run once", async () => {
    const client = await experiments(5, fastClock());
    api.onStore = (request) => (request === 1 || request === 2 ? { status: 503, body: "" } : undefined);
    const result = await client.run({ ...base, task: ({ id }) => id, concurrency: 1, timeout: 0 });
    expect(result.runs).toHaveLength(5);
    expect(api.runs.map(({ output }) => output)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
  });

  test.each([0, 1])("a lost answer to request %i does not store its runs twice", async (lost) => {
    const client = await experiments(5, fastClock());
    api.onStore = (request) => (request === lost ? "lost" : undefined);
    await client.run({ ...base, task: ({ id }) => id, concurrency: 1, timeout: 0 });
    expect(api.runs.map(({ output }) => output)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
  });

  test("429s of the platform are waited out", async () => {
    const client = await experiments(5, fastClock());
    api.onStore = (request) => (request < 3 ? { status: 429, headers: { "retry-after": "1" }, body: "" } : undefined);
    await client.run({ ...base, task: ({ id }) => id, timeout: 0 });
    expect(api.runs).toHaveLength(5);
  });

  test("a key refused in the middle ends the experiment; no outcome is lost, and the rest can be stored later", async () => {
    const client = await experiments(200);
    api.onStore = (request) =>
      request > 0 ? { status: 401, body: { title: "Unauthorized", status: 401 } } : undefined;
    let begun = 0;
    const error = await thrown(
      client.run({
        ...base,
        task: async ({ id }) => {
          begun += 1;
          await new Promise((resolve) => setTimeout(resolve, 10));
          return id;
        },
      }),
    );
    if (!(error instanceof ExperimentNotStoredError)) return expect.fail(String(error));
    expect(error).toMatchObject({ experimentId: EXPERIMENT, cause: { name: "AuthenticationError" } });
    expect(error.message).toMatch(/finished runs are not stored: .*experiments\.resume/);
    expect(begun).toBeLessThan(200);
    expect(error.runs.length).toBe(1 + error.unstored.length);
    expect(error.unstored.length).toBeGreaterThan(1);
    api.onStore = () => undefined;
    await client.appendRuns(error.experimentId ?? "", error.unstored);
    expect(api.runs.map(({ example_id }) => example_id)).toEqual(error.runs.map(({ exampleId }) => exampleId));
  });

  test("a platform that stays away ends it after a minute, with every outcome in the error", async () => {
    const client = await experiments(5, fastClock(500));
    api.onStore = () => ({ status: 500, body: "boom" });
    const error = await thrown(client.run({ ...base, task: ({ id }) => id, timeout: 0 }));
    if (!(error instanceof ExperimentNotStoredError)) return expect.fail(String(error));
    expect(error.runs.map(({ output }) => output)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
    expect(error.unstored).toHaveLength(5);
    expect(error.experimentId).toBeUndefined();
    expect(error.cause).toBeInstanceOf(ServerError);
  });
});

describe("resume", () => {
  test("runs only what has no run, and answers the whole", async () => {
    const client = await experiments(6);
    const stop = new AbortController();
    const first = client.run({
      ...base,
      concurrency: 1,
      signal: stop.signal,
      task: ({ id }, { report }) => {
        if (id === "ex1") throw new RangeError("down");
        if (id === "ex3") stop.abort();
        report({ total: 7 });
        return `first ${id}`;
      },
      evaluators: { even: ({ example: { id } }) => Number(id.slice(2)) % 2 === 0 },
    });
    const error = await thrown(first);
    const begun: string[] = [];
    const progress: Progress[] = [];
    const result = await client.resume(error instanceof ExperimentAbortedError ? (error.experimentId ?? "") : "", {
      task: ({ id }) => (begun.push(id), `second ${id}`),
      evaluators: { even: ({ example: { id } }) => Number(id.slice(2)) % 2 === 0 },
      onProgress: (each) => progress.push(each),
      failUnder: { even: 0.5 },
    });
    const stored = api.runs.length;
    expect(begun).toEqual(["ex3", "ex4", "ex5"]);
    expect(result).toMatchObject({ resumed: 3, failed: 1, name: "e", experiment: { id: EXPERIMENT }, passed: true });
    expect(result.runs.map(({ output, error: problem }) => output ?? problem)).toEqual([
      "first ex0",
      "RangeError: down",
      "first ex2",
      "second ex3",
      "second ex4",
      "second ex5",
    ]);
    expect(result.runs[0]).toMatchObject({ tokens: { total: 7 }, evaluations: { even: { score: 1, label: "True" } } });
    expect(progress.map(({ done }) => done)).toEqual([4, 5, 6]);
    expect(stored).toBe(6);
    expect(api.seen.some(({ url }) => url.includes(encodeURIComponent(storedExperiment().dataset_version_id)))).toBe(
      true,
    );
  });

  test("of a finished experiment runs nothing", async () => {
    const client = await experiments(3);
    await client.run({ ...base, task: () => "x" });
    const again = await client.resume("e", { dataset: DATASET, task: () => expect.fail("a task ran") });
    expect(again).toMatchObject({ resumed: 3 });
    expect(api.runs).toHaveLength(3);
  });
});

import { DATASET, type TourContext } from "../context.js";
import { prove } from "../proof.js";
import { readMovies } from "../sources.js";

/** 4. A dataset of movies, an experiment over it with a task and two evaluators, and the runs read back. */
export async function experimentOnMovies(tour: TourContext): Promise<void> {
  const { report, signal, service } = tour;
  report.heading("4. A dataset and an experiment");
  const movies = await readMovies();
  const dataset = await service.datasets.create({ name: DATASET, examples: movies }, { signal });
  tour.leave({ datasetId: dataset.id });
  const examples = await service.datasets.examples.list(dataset.id, { signal }).toArray();
  prove(examples.length === movies.length, `${movies.length} examples come back, not ${examples.length}`);
  const titles = examples.every((example, index) => example["Title"] === movies[index]?.Title);
  prove(titles, "examples come back in the order of sending, with their titles");
  report.proved(`${movies.length} movies are a dataset`);

  const result = await report.bar("running", examples.length, (advance) =>
    service.experiments.run({
      dataset: dataset.id,
      name: "rating from tomatoes",
      task: (example) => {
        const tomatoes = example["Rotten Tomatoes Rating"];
        return typeof tomatoes === "number" ? String(Math.round(tomatoes) / 10) : "unknown";
      },
      evaluators: {
        known: ({ output }) => output !== "unknown",
        close: ({ output, example }) => {
          const rating = example["IMDB Rating"];
          const off = typeof rating === "number" ? Math.abs(rating - Number(output)) : Number.NaN;
          return Number.isNaN(off)
            ? { label: "no rating" }
            : { score: Math.max(0, 1 - off / 10), label: off <= 1 ? "close" : "far" };
        },
      },
      concurrency: 16,
      signal,
      onProgress: ({ done }) => advance(done),
    }),
  );
  prove(result.experiment !== undefined, "the experiment is written");
  const runs = await service.experiments.runs(result.experiment.id, { signal }).toArray();
  prove(runs.length === examples.length, `${examples.length} runs come back, not ${runs.length}`);
  const example = new Map(examples.map((row) => [row.id, row]));
  const judged = runs.filter(
    (run) => run["eval.known.score"] === (run.output === "unknown" ? 0 : 1) && example.has(run.example_id ?? ""),
  );
  prove(judged.length === runs.length, "every run names its example and carries its evaluation");
  report.proved(`ran a task and two evaluators over them; ${runs.length} runs come back with their scores`);
}

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { tableFromIPC, type Table } from "apache-arrow";
import { z } from "zod";

/** The data files lie beside the package's build. */
const dataFolder = join(dirname(createRequire(import.meta.url).resolve("vega-datasets")), "..", "data");

/** 200 000 real flights: delay in minutes, distance in miles, time of departure in hours. */
export const readFlights = async (): Promise<Table> =>
  tableFromIPC(await readFile(join(dataFolder, "flights-200k.arrow")));

const Movie = z.looseObject({
  Title: z.union([z.string(), z.number()]).nullable(),
  "IMDB Rating": z.number().nullable(),
  "Rotten Tomatoes Rating": z.number().nullable(),
});
export type Movie = z.infer<typeof Movie>;

export const readMovies = async (): Promise<Movie[]> =>
  z.array(Movie).parse(JSON.parse(await readFile(join(dataFolder, "movies.json"), "utf8")));

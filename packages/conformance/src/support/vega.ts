import { readFileSync } from "node:fs";
import { z } from "zod";

const FILES = new URL("../../node_modules/vega-datasets/data/", import.meta.url);
const Rows = z.array(z.record(z.string(), z.json()));

/** Rows of a data set of `vega-datasets`, as its file has them. */
export const vega = (name: "movies" | "cars" | "penguins" | "flights-200k"): z.infer<typeof Rows> =>
  Rows.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FILES), "utf8")));

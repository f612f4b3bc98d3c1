import type { DatasetExample } from "@axlab/wire/rest";

import type { ClientContext } from "../../context.js";
import { DatasetExamples } from "../../datasets/examples.js";
import { ValidationError } from "../../errors/client.js";
import type { CallOptions } from "../../transport/types.js";

const LARGEST_PAGE = 500;

export interface Selection extends CallOptions {
  readonly dataset_id: string;
  readonly version: string | undefined;
  /** How many, from the first on; `Infinity` for all. */
  readonly wanted: number;
}

/** The examples to run over. The next page is asked for while the tasks of one are under way. */
export class Examples implements AsyncIterable<DatasetExample> {
  readonly #context: ClientContext;
  readonly #selection: Selection;
  #total: number | undefined;

  constructor(context: ClientContext, selection: Selection) {
    this.#context = context;
    this.#selection = selection;
  }

  /** How many there are; undefined until the last page is reached. */
  get total(): number | undefined {
    return this.#total;
  }

  /** @throws ValidationError for a dataset without examples */
  async *[Symbol.asyncIterator](): AsyncGenerator<DatasetExample, void, undefined> {
    const { dataset_id, version, wanted, ...options } = this.#selection;
    const limit = Math.min(wanted, LARGEST_PAGE);
    const list = new DatasetExamples(this.#context).list(dataset_id, { version, limit, ...options });
    let count = 0;
    for await (const { items, hasMore } of readAhead(list.pages())) {
      const taken = items.slice(0, wanted - count);
      count += taken.length;
      if (!hasMore || count >= wanted) this.#total = count;
      yield* taken;
      if (count >= wanted) return;
    }
    if (count > 0) return;
    throw new ValidationError("Bad experiment", [
      { path: "dataset", message: `${dataset_id} has no examples to run over` },
    ]);
  }
}

async function* readAhead<Item>(items: AsyncGenerator<Item, void, undefined>): AsyncGenerator<Item, void, undefined> {
  let next = items.next();
  for (;;) {
    const { done, value } = await next;
    if (done === true) return;
    next = items.next();
    // Its failure is met when it is awaited, if it ever is.
    next.catch(() => undefined);
    yield value;
  }
}

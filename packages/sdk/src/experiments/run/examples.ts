import type { DatasetExample } from "@axlab/wire/rest";

import type { ClientContext } from "../../context.js";
import { DatasetExamples } from "../../datasets/examples.js";
import { ValidationError } from "../../errors/client.js";
import type { Page } from "../../pagination/index.js";
import type { CallOptions } from "../../transport/types.js";

const LARGEST_PAGE = 500;

export interface Selection extends CallOptions {
  readonly dataset_id: string;
  readonly version: string | undefined;
  /** How many, from the first on; `Infinity` for all. */
  readonly wanted: number;
}

/** Pages that may wait: a platform that is storing runs answers late, and the tasks go on meanwhile. */
const AHEAD = 3;

/** The examples to run over, by pages. Further ones are asked for while the tasks of one are under way. */
export class Examples implements AsyncIterable<readonly DatasetExample[]> {
  readonly #context: ClientContext;
  readonly #selection: Selection;
  #pages: ReadAhead<Page<DatasetExample>> | undefined;
  #total: number | undefined;

  constructor(context: ClientContext, selection: Selection) {
    this.#context = context;
    this.#selection = selection;
  }

  /** How many there are; undefined until the last page is reached. */
  get total(): number | undefined {
    return this.#total;
  }

  /** Asks for the first page, before anybody wants it. */
  begin(): void {
    this.#begun().ask(1);
  }

  /** @throws ValidationError for a dataset without examples */
  async *[Symbol.asyncIterator](): AsyncGenerator<readonly DatasetExample[], void, undefined> {
    const { dataset_id, wanted } = this.#selection;
    let count = 0;
    for await (const { items, hasMore } of this.#begun()) {
      const taken = items.slice(0, wanted - count);
      count += taken.length;
      if (!hasMore || count >= wanted) this.#total = count;
      yield taken;
      if (count >= wanted) return;
    }
    if (count > 0) return;
    throw new ValidationError("Bad experiment", [
      { path: "dataset", message: `${dataset_id} has no examples to run over` },
    ]);
  }

  #begun(): ReadAhead<Page<DatasetExample>> {
    const { dataset_id, version, wanted, ...options } = this.#selection;
    const limit = Math.min(wanted, LARGEST_PAGE);
    this.#pages ??= new ReadAhead(
      until(wanted, new DatasetExamples(this.#context).list(dataset_id, { version, limit, ...options }).pages()),
    );
    return this.#pages;
  }
}

async function* until<Item>(wanted: number, pages: AsyncIterable<Page<Item>>): AsyncGenerator<Page<Item>, void> {
  let count = 0;
  for await (const page of pages) {
    yield page;
    count += page.items.length;
    if (count >= wanted) return;
  }
}

/** Items asked for before they are wanted. */
class ReadAhead<Item> implements AsyncIterable<Item> {
  readonly #items: AsyncGenerator<Item, void>;
  readonly #waiting: Promise<IteratorResult<Item, void>>[] = [];

  constructor(items: AsyncGenerator<Item, void>) {
    this.#items = items;
  }

  /** Sees to it that so many are on their way. */
  ask(count: number): void {
    while (this.#waiting.length < count) {
      const next = this.#items.next();
      // Its failure is met when it is awaited, if it ever is.
      next.catch(() => undefined);
      this.#waiting.push(next);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      this.ask(AHEAD);
      const next = await this.#waiting.shift();
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  }
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  /** Where the next page begins; give it as `cursor` with the same other parameters. */
  readonly nextCursor: string | undefined;
}

/** A page as the server sends it, under its own key. */
export interface Envelope<Item> {
  readonly items: readonly Item[];
  readonly pagination: { readonly has_more: boolean; readonly next_cursor?: string | undefined };
}

/** What every list takes. */
export interface ListOptions {
  /** Items per request; the server's default is 50. */
  readonly limit?: number | undefined;
  /** Start here: a `nextCursor` of an earlier page. */
  readonly cursor?: string | undefined;
}

/**
 * A list call: `await` it for its first page, or iterate it for every item of every page. Nothing is requested before that, and
 * each page is requested once, when the iteration reaches it.
 *
 * ```ts
 * for await (const dataset of client.datasets.list()) …
 * const all = await client.datasets.list().toArray();
 * const { items, nextCursor } = await client.datasets.list({ limit: 10 });
 * ```
 */
export class Paged<Item> implements Promise<Page<Item>>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = "Paged";
  readonly #fetch: (cursor: string | undefined) => Promise<Envelope<Item>>;
  readonly #start: string | undefined;
  #first: Promise<Page<Item>> | undefined;

  constructor(fetch: (cursor: string | undefined) => Promise<Envelope<Item>>, start?: string) {
    this.#fetch = fetch;
    this.#start = start;
  }

  then<Fulfilled = Page<Item>, Rejected = never>(
    onFulfilled?: ((page: Page<Item>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#firstPage().then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Page<Item> | Rejected> {
    return this.#firstPage().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Page<Item>> {
    return this.#firstPage().finally(onFinally);
  }

  /** Page by page. A short or empty page is not the end; only the server says so (`spec/rest.md` §1.7). */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let page = await this.#firstPage();
    yield page;
    while (page.nextCursor !== undefined) {
      page = toPage(await this.#fetch(page.nextCursor));
      yield page;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }

  /** Every item of every page, in order. */
  async toArray(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const item of this) all.push(item);
    return all;
  }

  #firstPage(): Promise<Page<Item>> {
    this.#first ??= this.#fetch(this.#start).then(toPage);
    return this.#first;
  }
}

// A cursor left over on the last page must not start the list again.
function toPage<Item>({ items, pagination }: Envelope<Item>): Page<Item> {
  const nextCursor = pagination.has_more && pagination.next_cursor ? pagination.next_cursor : undefined;
  return { items, hasMore: pagination.has_more, nextCursor };
}

/** A list within a scope that takes requests of its own to find, such as a space given by name: found once, before the first page. */
export function pagedWithin<Scope, Item>(
  find: () => Promise<Scope>,
  fetch: (scope: Scope, cursor: string | undefined) => Promise<Envelope<Item>>,
  start?: string,
): Paged<Item> {
  let scope: Promise<Scope> | undefined;
  return new Paged(async (cursor) => {
    scope ??= find();
    return fetch(await scope, cursor);
  }, start);
}

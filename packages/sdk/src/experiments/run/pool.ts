/**
 * Works on the items of pages as they come, `concurrency` at a time. The first failure ends it: no further item is begun, and the call
 * fails without waiting for what is under way.
 */
export async function forEachAtOnce<Item>(
  pages: AsyncIterable<readonly Item[]>,
  concurrency: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const source = pages[Symbol.asyncIterator]();
  let page: Iterator<Item> = [][Symbol.iterator]();
  let turning: Promise<boolean> | undefined;
  let stopped = false;
  let index = 0;
  /** Whether there is another page; whoever asks while it is on its way waits for the same. */
  const turned = (): Promise<boolean> => {
    turning ??= source.next().then(({ done, value }) => {
      if (done === true) return false;
      page = value[Symbol.iterator]();
      turning = undefined;
      return true;
    });
    return turning;
  };
  const worker = async () => {
    while (!stopped) {
      const next = page.next();
      if (next.done !== true) await work(next.value, index++);
      else if (!(await turned())) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    stopped = true;
    // Not awaited: a page that is still being read would hold the failure back.
    void source.return?.().catch(() => undefined);
  }
}

/**
 * Works on items as they come, `concurrency` at a time. The first failure ends it: no further item is begun, and the call fails without
 * waiting for what is under way.
 */
export async function forEachAtOnce<Item>(
  items: AsyncIterable<Item>,
  concurrency: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const source = items[Symbol.asyncIterator]();
  let stopped = false;
  let index = 0;
  const worker = async () => {
    while (!stopped) {
      const next = await source.next();
      if (next.done === true || stopped) return;
      await work(next.value, index++);
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

import { describe, expect, it } from "vitest";
import { Store } from "../store/store.js";
import { AccessEpoch } from "./epoch.js";

/** The store, except that an answer to `meta` can be held back on its way. */
function slow(store: Store): { store: Store; hold: () => void; release: () => void } {
  let release: () => void = () => undefined;
  let held: Promise<void> = Promise.resolve();
  const hold = (): void => {
    held = new Promise((resolve) => {
      release = resolve;
    });
  };
  const meta = async (key: string): Promise<string | undefined> => {
    const value = await store.meta(key);
    await held;
    return value;
  };
  // boundary: everything else is the store's own, found through the prototype
  return { store: Object.create(store, { meta: { value: meta } }) as Store, hold, release: () => release() };
}

describe("the access epoch", () => {
  it("grows with every change, and not with one that failed", async () => {
    const store = await Store.open("memory");
    const epoch = new AccessEpoch(store);
    const before = await epoch.current();
    await epoch.change(async () => undefined);
    expect(await epoch.current()).toBe(before + 1);
    await expect(epoch.change(() => Promise.reject(new TypeError("no")))).rejects.toThrow("no");
    expect(await epoch.current()).toBe(before + 1);
    await store.close();
  });

  it("asks the store again only after half a second, or after a change of its own", async () => {
    const store = await Store.open("memory");
    let now = 0;
    const [here, there] = [new AccessEpoch(store, () => now), new AccessEpoch(store)];
    const before = await here.current();
    await there.change(async () => undefined);
    now = 499;
    expect(here.current()).toBe(before);
    now = 500;
    expect(await here.current()).toBe(before + 1);
    expect(here.current()).toBe(before + 1);
    await store.close();
  });

  it("does not keep an answer that was on its way while something changed", async () => {
    const real = await Store.open("memory");
    const { store, hold, release } = slow(real);
    const epoch = new AccessEpoch(store, () => 0);
    hold();
    const early = epoch.current();
    await new Promise((resolve) => setImmediate(resolve));
    await epoch.change(async () => undefined);
    release();
    const seen = await early;
    expect(await epoch.current()).toBe(seen + 1);
    await real.close();
  });
});

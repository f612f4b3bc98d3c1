import { describe, expect, it } from "vitest";
import { OneAtATime } from "./one-at-a-time.js";

describe("work under a key", () => {
  it("waits for what came before, also when that failed, and not for other keys", async () => {
    const turn = new OneAtATime();
    const told: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = turn.run("a", async () => {
      await held;
      told.push("first");
      throw new RangeError("no");
    });
    const second = turn.run("a", async () => told.push("second"));
    await turn.run("b", async () => told.push("other"));
    release();
    await expect(first).rejects.toThrow(RangeError);
    await second;
    expect(told).toEqual(["other", "first", "second"]);
  });
});

/** What must not be lost when the process ends. */
export interface Pending {
  /** Waits until nothing is pending. @throws with what was lost */
  flush(): Promise<void>;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const watched = new Set<Pending>();

/**
 * Flushes when the process ends: when Node has nothing else to do, and on SIGINT and SIGTERM, after which the process ends
 * as the signal would have ended it. Signals are listened to only while something is pending, so that at other times they do
 * what they did before; a second signal does not wait. Where the application listens to the signal itself, ending the
 * process is left to it. `process.exit()` waits for nothing. Does nothing in a browser.
 */
export function flushAtExit(pending: Pending): void {
  if (watched.has(pending) || typeof globalThis.process?.on !== "function") return;
  if (watched.size === 0) {
    // First of all listeners, so that one that listens once is still there to be counted.
    for (const signal of SIGNALS) process.prependListener(signal, onSignal);
    process.on("beforeExit", onIdle);
  }
  watched.add(pending);
}

/** Nothing is pending any more. */
export function forgetAtExit(pending: Pending): void {
  if (watched.delete(pending) && watched.size === 0) stopListening();
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off("beforeExit", onIdle);
}

function onSignal(signal: NodeJS.Signals): void {
  const othersListen = process.listenerCount(signal) > 1;
  void flushAll().then(() => {
    if (!othersListen) process.kill(process.pid, signal);
  });
}

const onIdle = (): void => void flushAll();

async function flushAll(): Promise<void> {
  const all = [...watched];
  watched.clear();
  stopListening();
  await Promise.all(all.map((pending) => pending.flush().catch(warn)));
}

/** Nobody is there any more to be thrown at, so what was lost is said on stderr. */
function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error.message : String(error), { type: "ArizeStreamWarning" });
}

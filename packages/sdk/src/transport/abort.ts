const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `action` once when the signal is aborted; the answer takes it back. However many calls share a signal, it gets one
 * listener: Node warns of a leak at the eleventh.
 */
export function onAbort(signal: AbortSignal | undefined, action: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const actions = listeners.get(signal) ?? listen(signal);
  const once = () => action();
  actions.add(once);
  return () => {
    actions.delete(once);
  };
}

function listen(signal: AbortSignal): Set<() => void> {
  const actions = new Set<() => void>();
  const run = () => {
    for (const action of actions) action();
    actions.clear();
  };
  listeners.set(signal, actions);
  signal.addEventListener("abort", run, { once: true });
  return actions;
}

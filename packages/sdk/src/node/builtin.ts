/**
 * A built-in module of Node, or `undefined` in a browser. Asked for at run time, so that bundlers for the browser have
 * nothing to resolve.
 */
export function nodeBuiltin<Name extends "node:fs" | "node:https" | "node:stream">(name: Name) {
  return globalThis.process?.getBuiltinModule?.(name);
}

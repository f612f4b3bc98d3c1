import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { sessionKey } from "./session.js";

export interface Deed<Input> {
  run: (input: Input) => void;
  busy: boolean;
  /** why the platform did not do it; null after the next try has begun */
  error: unknown;
}

/**
 * Something that changes the platform. What it answers goes to `done` and is kept nowhere, so it may be a secret. Afterwards the lists
 * under `stale` are read again; after a refusal also what the person may do, since that may be what has changed.
 */
export function useDeed<Input, Output>(
  act: (input: Input) => Promise<Output>,
  stale: QueryKey,
  done: (output: Output) => void,
): Deed<Input> {
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const run = async (input: Input): Promise<void> => {
    setState({ busy: true, error: null });
    try {
      const output = await act(input);
      setState({ busy: false, error: null });
      done(output);
    } catch (error) {
      setState({ busy: false, error });
      void client.invalidateQueries({ queryKey: sessionKey });
    }
    void client.invalidateQueries({ queryKey: stale });
  };
  return { ...state, run: (input) => void run(input) };
}

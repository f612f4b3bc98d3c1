/** A step of the tour did not show what it had to. */
export class ProofError extends Error {
  override readonly name = "ProofError";
}

export function prove(condition: boolean, what: string): asserts condition {
  if (!condition) throw new ProofError(`not as it should be: ${what}`);
}

/** @returns the error with which `action` was refused; being answered is the failure */
export async function refusedWith(status: number, what: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const got = error instanceof Error && "status" in error ? error.status : error;
    if (got === status) return;
    throw new ProofError(`${what}: refused with ${String(got)} instead of ${status}`, { cause: error });
  }
  throw new ProofError(`${what}: answered, and ought to be refused with ${status}`);
}

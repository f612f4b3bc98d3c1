import { InvalidRequestError } from "../../errors.js";
import type { UserRow } from "../../store/tables/index.js";

/**
 * An account annotator is annotator wherever they are, and nobody else is (`spec/rest.md §3.4`).
 * @throws InvalidRequestError when the role and the person do not fit
 */
export function refuseAnnotatorMismatch(user: UserRow, role: string): void {
  const person = user.account_role === "ANNOTATOR";
  if (person === (role === "ANNOTATOR")) return;
  throw new InvalidRequestError(
    person
      ? `role: ${user.id} is an annotator of the account and can only have the role ANNOTATOR here.`
      : `role: ANNOTATOR is for annotators of the account, which ${user.id} is not; choose ADMIN, MEMBER or READ_ONLY.`,
  );
}

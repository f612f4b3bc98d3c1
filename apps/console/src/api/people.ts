import { UserPage, type User } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { everything } from "./pages.js";

export const peopleKey = ["people"] as const;

/** Everybody in the account, invited people too, oldest first. */
export const peopleQuery = queryOptions({
  queryKey: peopleKey,
  queryFn: (): Promise<User[]> => everything("/v2/users", "users", UserPage),
});

/** Where a kind of resource is asked for. */
export const ACCOUNT = ["own"] as const;
export const ACCOUNTS = ["own", "foreign"] as const;
export const ORGANIZATIONS = ["own", "elsewhere", "foreign"] as const;
export const SPACES = ["own", "private", "elsewhere", "foreign"] as const;
export const PROJECTS = ["own", "restricted", "private", "elsewhere", "foreign"] as const;

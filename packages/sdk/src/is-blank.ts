/** Whether a text says nothing; callers without types may give something that is none. */
export const isBlank = (text: unknown): boolean => typeof text !== "string" || text.trim() === "";

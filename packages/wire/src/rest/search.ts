import * as z from "zod";

/** A condition in the language of span filters. */
export const filterText = z
  .string()
  .refine((text) => text.trim() !== "", "must not be blank: leave it out to read everything");

/** A search has its page in its body; the filter is the same for every page. */
export const searchFields = {
  filter: filterText.optional().meta({ description: "e.g. input = 'a' AND annotation.Correctness.label = 'Correct'" }),
  limit: z.int().min(1).max(500).default(50),
  cursor: z.string().optional(),
};

import type { Generated } from "kysely";
import type { Definitions } from "./definition.js";

export interface MetaRow {
  key: string;
  value: string;
}
export interface CounterRow {
  type: string;
  next: Generated<number>;
}

export interface MetaTables {
  meta: MetaRow;
  counters: CounterRow;
}

export const META_TABLES: Definitions<MetaTables> = {
  meta: {
    columns: `key text, value text`,
    key: ["key"],
  },
  counters: {
    columns: `type text, next integer`,
    key: ["type"],
  },
};

import type { Permission } from "@axlab/auth";
import { sql, type RawBuilder } from "kysely";
import type { Caller } from "../access/gate.js";
import type { Core } from "../core.js";
import type { Tables } from "../store/tables/index.js";
import { contains } from "./names.js";
import { pageByRecency, type Page, type PageRequest } from "./paging.js";
import { readableSpaces, type SpaceFilter } from "./space-scope.js";

interface Listed {
  seq: number;
  space_id: string;
  name: string;
  updated_at: number;
}
type ListedTable = { [T in keyof Tables]: Tables[T] extends Listed ? T : never }[keyof Tables];

export interface SpaceListRequest extends PageRequest, SpaceFilter {
  name?: string | undefined;
}

/** What lies in the spaces where the caller holds `permission`, most recently updated first. */
export async function recentInSpaces<T extends ListedTable>(
  core: Core,
  caller: Caller,
  table: T,
  permission: Permission,
  request: SpaceListRequest,
): Promise<Page<Tables[T]>> {
  const spaces = await readableSpaces(core, caller, request, permission);
  const inSpaces = sql<boolean>`space_id in (${sql.join(spaces.map(({ id }) => id))})`;
  const named = request.name === undefined ? [] : [contains("name", request.name)];
  return pageByRecency(
    request,
    async (after, count) => {
      if (spaces.length === 0) return [];
      const where: RawBuilder<boolean>[] = [inSpaces, ...named];
      if (after !== undefined) where.push(sql<boolean>`(updated_at, seq) < (${after.updated_at}, ${after.seq})`);
      const rows = await sql<Tables[T] & Listed>`
        select * from ${sql.table(table)} where ${sql.join(where, sql` and `)}
        order by updated_at desc, seq desc limit ${count}`.execute(core.store.db);
      return rows.rows;
    },
    (row): Tables[T] => row,
  );
}

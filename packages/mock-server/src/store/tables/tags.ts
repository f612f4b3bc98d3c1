import type { Definitions } from "./definition.js";

export interface TagRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  created_by_user_id: string;
  created_at: number;
}
/** A dataset or an experiment has a tag of its space. */
export interface TagLinkRow {
  owner_id: string;
  tag_id: string;
}

export interface TagsTables {
  tags: TagRow;
  tag_links: TagLinkRow;
}

export const TAGS_TABLES: Definitions<TagsTables> = {
  tags: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, created_by_user_id text, created_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
  },
  tag_links: {
    columns: `owner_id text, tag_id text`,
    key: ["owner_id", "tag_id"],
    index: [["tag_id"]],
  },
};

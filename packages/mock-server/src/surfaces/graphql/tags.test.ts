import { Dataset, DatasetExamplePage, Experiment } from "@axlab/wire/rest";
import { beforeEach, describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { absentId, suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);

const CREATE = `mutation ($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }`;
const create = (name: string, who: keyof World["keys"] = "member", spaceId = at.world.spaces.main) =>
  as(who, CREATE, { input: { spaceId, name } });
const tag = async (name: string, spaceId = at.world.spaces.main): Promise<string> =>
  (await create(name, "admin", spaceId)).data.createTag.tag.id;

const change = (
  who: keyof World["keys"],
  verb: "add" | "remove",
  of: "Dataset" | "Experiment",
  id: string,
  tagIds: string[],
) => {
  const name = verb === "add" ? `addTagsTo${of}` : `removeTagsFrom${of}`;
  return as(
    who,
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { changed: ${name}(input: $input) { result {
      __typename ... on TagAssociationSuccess { success } ... on TagAssociationError { message } } } }`,
    { input: { [`${of.toLowerCase()}Id`]: id, tagIds } },
  );
};
const DONE = { changed: { result: { __typename: "TagAssociationSuccess", success: true } } };

const names = (found: { node: { name: string } }[]): string[] => found.map(({ node }) => node.name);
const DATASETS = `query ($id: ID!, $any: [ID!], $all: [ID!]) { node(id: $id) { ... on Space {
  datasets(first: 10, tagsAny: $any, tagsAll: $all) { totalCount edges { node { name tags { name } } } } } } }`;
const datasets = async (filter: object = {}): Promise<string[]> =>
  names((await as("reader", DATASETS, { id: at.world.spaces.main, ...filter })).data.node.datasets.edges);

let red: string;
let big: string;
let one: string;
let two: string;
beforeEach(async () => {
  const dataset = async (name: string): Promise<string> =>
    (
      await at.world
        .as("member")
        .post("/v2/datasets", { name, space_id: at.world.spaces.main, examples: [{ ask: "please" }] })
    ).read(Dataset).id;
  [one, two] = [await dataset("one"), await dataset("two")];
  [red, big] = [await tag("red"), await tag("big")];
});

describe("tags", () => {
  it("have a name in their space, and are listed and found there", async () => {
    expect((await create("red")).verdict).toBe("CONFLICT");
    expect((await create(" ")).verdict).toBe("BAD_USER_INPUT");
    expect((await create("red", "admin", at.world.spaces.second)).verdict).toBe("ok");
    const TAGS = `query ($id: ID!, $tag: ID!) { node(id: $id) { ... on Space { tags(first: 5) { edges { node { name } } } } }
      tag: node(id: $tag) { ... on Tag { name } } }`;
    const shown = (await as("reader", TAGS, { id: at.world.spaces.main, tag: red })).data;
    expect(names(shown.node.tags.edges)).toEqual(["red", "big"]);
    expect(shown.tag).toEqual({ name: "red" });
    expect((await as("outsider", TAGS, { id: at.world.spaces.main, tag: red })).data).toEqual({
      node: null,
      tag: null,
    });
  });

  it("are made and deleted by who may, and go off what has them", async () => {
    const DELETE = `mutation ($id: ID!) { deleteTag(input: { tagId: $id }) { success } }`;
    await change("member", "add", "Dataset", one, [red, big]);
    expect((await create("mine", "reader")).verdict).toBe("FORBIDDEN");
    expect((await as("reader", DELETE, { id: red })).verdict).toBe("FORBIDDEN");
    expect((await as("outsider", DELETE, { id: red })).verdict).toBe("NOT_FOUND");
    expect((await as("member", DELETE, { id: red })).data.deleteTag.success).toBe(true);
    expect((await as("member", DELETE, { id: red })).verdict).toBe("NOT_FOUND");
    expect(await datasets({ any: [red] })).toEqual([]);
    expect(await datasets({ any: [big] })).toEqual(["one"]);
  });
});

describe("tags of a dataset", () => {
  it("are added once and removed, and datasets are found by them", async () => {
    expect((await change("member", "add", "Dataset", one, [red])).data).toEqual(DONE);
    expect((await change("member", "add", "Dataset", one, [red, big])).data).toEqual(DONE);
    expect((await change("member", "add", "Dataset", two, [red])).data).toEqual(DONE);
    const { edges } = (await as("reader", DATASETS, { id: at.world.spaces.main })).data.node.datasets;
    expect(edges.map(({ node }: { node: object }) => node)).toEqual([
      { name: "two", tags: [{ name: "red" }] },
      { name: "one", tags: [{ name: "red" }, { name: "big" }] },
    ]);
    expect(await datasets({ any: [red, big] })).toEqual(["two", "one"]);
    expect(await datasets({ all: [red, big] })).toEqual(["one"]);
    expect(await datasets({ any: [red], all: [big] })).toEqual(["one"]);
    expect(await datasets({ any: [], all: null })).toEqual(["two", "one"]);
    expect((await change("member", "remove", "Dataset", one, [red, big])).data).toEqual(DONE);
    expect(await datasets({ any: [red, big] })).toEqual(["two"]);
  });

  it("of another space, and absent ones, are told in the result, and nothing changes", async () => {
    for (const wrong of [await tag("far", at.world.spaces.second), absentId("Tag"), "none"]) {
      const { result } = (await change("member", "add", "Dataset", one, [red, wrong])).data.changed;
      expect(result).toMatchObject({ __typename: "TagAssociationError" });
      expect(result.message).toContain(`tagIds: this space has no tag "${wrong}"`);
    }
    expect(await datasets({ any: [red] })).toEqual([]);
    expect((await change("member", "add", "Dataset", one, [])).data.changed.result.message).toContain("at least one");
  });

  it("are changed by who may change the dataset", async () => {
    expect((await change("reader", "add", "Dataset", one, [red])).verdict).toBe("FORBIDDEN");
    expect((await change("outsider", "add", "Dataset", one, [red])).verdict).toBe("NOT_FOUND");
    expect((await change("reader", "remove", "Dataset", one, [red])).verdict).toBe("FORBIDDEN");
  });

  it("are seen with TAG_READ alone", async () => {
    const { main } = at.world.spaces;
    await change("member", "add", "Dataset", one, [red]);
    const permissions = ["SPACE_READ", "DATASET_READ", "DATASET_UPDATE"];
    const role = JSON.parse((await at.world.as("admin").post("/v2/roles", { name: "blind", permissions })).text);
    const bound = await at.world
      .as("admin")
      .post(`/v2/spaces/${main}/users`, { user_id: at.world.people.orgMember, role: { type: "CUSTOM", id: role.id } });
    expect(bound.status, bound.text).toBeLessThan(300);
    expect((await as("orgMember", DATASETS, { id: main })).data.node.datasets.edges[0].node).toEqual({
      name: "two",
      tags: null,
    });
    const COUNT = `query ($id: ID!, $any: [ID!]) { node(id: $id) { ... on Space { datasets(tagsAny: $any) { totalCount } } } }`;
    expect((await as("orgMember", COUNT, { id: main, any: [] })).data.node.datasets.totalCount).toBe(2);
    expect((await as("orgMember", COUNT, { id: main, any: [red] })).verdict).toBe("FORBIDDEN");
    expect((await change("orgMember", "add", "Dataset", one, [big])).verdict).toBe("FORBIDDEN");
    expect((await as("orgMember", `query ($id: ID!) { node(id: $id) { id } }`, { id: red })).data.node).toBeNull();
  });
});

describe("tags of an experiment", () => {
  it("are added and removed, found by, and gone with it and with the space", async () => {
    const page = (await at.world.as("member").get(`/v2/datasets/${one}/examples`)).read(DatasetExamplePage);
    const experiment_runs = page.examples.map(({ id }) => ({ example_id: id, output: "ok" }));
    const made = await at.world.as("member").post("/v2/experiments", { name: "x", dataset_id: one, experiment_runs });
    const { id } = made.read(Experiment);
    expect((await change("member", "add", "Experiment", id, [red])).data).toEqual(DONE);
    expect((await change("reader", "add", "Experiment", id, [big])).verdict).toBe("FORBIDDEN");
    const asked = async (tags: string[]): Promise<object[]> =>
      (
        await as(
          "reader",
          `query ($id: ID!, $tags: [ID!]) { node(id: $id) { ... on Space { experiments(first: 5, tagsAny: $tags) { edges { node { name tags { name } } } } } } }`,
          { id: at.world.spaces.main, tags },
        )
      ).data.node.experiments.edges.map(({ node }: { node: object }) => node);
    expect(await asked([red])).toEqual([{ name: "x", tags: [{ name: "red" }] }]);
    expect(await asked([big])).toEqual([]);
    expect((await change("member", "remove", "Experiment", id, [red])).data).toEqual(DONE);
    expect(await asked([red])).toEqual([]);

    const { db } = at.platform.domain.core.store;
    const links = async (): Promise<number> =>
      (await db.selectFrom("tag_links").selectAll().where("owner_id", "in", [id, one]).execute()).length;
    const tags = async (): Promise<number> =>
      (await db.selectFrom("tags").selectAll().where("space_id", "=", at.world.spaces.main).execute()).length;
    await change("member", "add", "Experiment", id, [red]);
    await change("member", "add", "Dataset", one, [red]);
    expect([await links(), await tags()]).toEqual([2, 2]);
    await at.world.as("member").delete(`/v2/datasets/${one}`);
    expect([await links(), await tags()]).toEqual([0, 2]);
    await at.world.as("admin").delete(`/v2/spaces/${at.world.spaces.main}`);
    expect(await tags()).toBe(0);
  });
});

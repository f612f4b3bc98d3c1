import {
  AnnotationConfig,
  Dataset,
  DatasetExamplePage,
  DatasetPage,
  DatasetVersionWithExampleIds,
  DeleteDatasetExamplesProblem,
  DeleteDatasetExamplesResponse,
} from "@axlab/wire/rest";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";

const at = suite();
let space: string;
beforeEach(() => (space = at.world.spaces.main));

const member = () => at.world.as("member");
const pathOf = (id: string, rest = "") => `/v2/datasets/${encodeURIComponent(id)}${rest}`;
const post = (name: string, examples: object[]) => member().post("/v2/datasets", { name, space_id: space, examples });
const create = async (name = "d", examples: object[] = [{ q: "a", n: 1 }, { q: "b" }]) =>
  (await post(name, examples)).read(Dataset);
const get = async (id: string) => (await member().get(pathOf(id))).read(Dataset);
const examples = async (id: string, query = "") =>
  (await member().get(pathOf(id, `/examples${query}`))).read(DatasetExamplePage).examples;
const versionQuery = (id: string | undefined) => `?dataset_version_id=${encodeURIComponent(id ?? "")}`;

describe("datasets", () => {
  it("are created with their first examples, whose fields come back as they were, in order", async () => {
    const sent = [
      { q: "ä", n: null, deep: { list: [1, true, { x: null }] } },
      { q: "", big: 1e300, annotations_of_mine: [] },
    ];
    const made = await create("d", sent);
    expect(made).toMatchObject({ name: "d", space_id: space, versions: [{ name: "v1", dataset_id: made.id }] });
    expect(await examples(made.id)).toMatchObject(sent);
  });

  it.each([
    ["ÉTÉ 100%", "été 100%"],
    ["Äpfel", "ÄPFEL"],
    ["имя", "ИМ"],
    ["ΟΔΟΣ", "ΔΟΣ"],
    ["İstanbul", "İstanbul"],
    ["straße", "STRAßE"],
  ])("named %s are found by %s", async (name, part) => {
    const { id } = await create(name);
    await create("another");
    const found = await member().get(`/v2/datasets?name=${encodeURIComponent(part)}`);
    expect(found.read(DatasetPage).datasets.map((dataset) => dataset.id)).toEqual([id]);
  });

  it("refuse what is no set of examples, naming row and field, and nothing is made", async () => {
    const refused: [object[], string][] = [
      [[], "examples"],
      [[{ a: 1 }, {}], "examples[1]"],
      [[{ a: 1 }, { id: "mine" }], "examples[1].id"],
      [[{ created_at: 1 }], "examples[0].created_at"],
      [[{ updated_at: 1 }], "examples[0].updated_at"],
      [Array.from({ length: 1001 }, (_, n) => ({ n })), "examples"],
    ];
    for (const [rows, where] of refused) {
      const answer = await post("refused", rows);
      expect([answer.status, answer.detail]).toEqual([400, expect.stringContaining(where)]);
    }
    expect((await post("  ", [{ a: 1 }])).status).toBe(400);
    const notFinite = `{"name":"d","space_id":"${space}","examples":[{"a": NaN}]}`;
    expect((await member().post("/v2/datasets", notFinite)).detail).toContain("JSON has no NaN");
    expect((await member().post("/v2/datasets", { name: "d", examples: [{ a: 1 }] })).status).toBe(400);
    expect((await member().get("/v2/datasets")).read(DatasetPage).datasets).toEqual([]);
  });

  it("have names that can be looked up and shown", async () => {
    for (const [name, problem] of [
      ["two\nlines", "control characters"],
      ["nul\u0000", "control characters"],
      ["é".repeat(256), "at most 255 characters"],
    ] as const)
      expect(await post(name, [{ a: 1 }])).toMatchObject({ status: 400, detail: expect.stringContaining(problem) });
    await create("é".repeat(255));
  });

  it("keep integers that a number would change, as text", async () => {
    const body = `{"name":"big","space_id":"${space}","examples":[{"id_of_mine":1152921504606846977,"big":1e20}]}`;
    const { id } = (await member().post("/v2/datasets", body)).read(Dataset);
    expect(await examples(id)).toMatchObject([{ id_of_mine: "1152921504606846977", big: 1e20 }]);
  });

  it("have a name of their own in the space, also after renaming", async () => {
    const one = await create("one");
    await create("two");
    expect((await post("one", [{ a: 1 }])).status).toBe(409);
    expect((await member().patch(pathOf(one.id), { name: "two" })).status).toBe(409);
    expect((await member().patch(pathOf(one.id), { name: " " })).status).toBe(400);
    expect((await member().patch(pathOf(one.id), { name: "three" })).read(Dataset).name).toBe("three");
    expect((await post("one", [{ a: 1 }])).status).toBe(201);
  });

  it("are listed newest first, by part of the name in any case, in pages", async () => {
    for (const name of ["Alpha", "beta", "alphabet"]) await create(name);
    const list = async (query: string) =>
      (await member().get(`/v2/datasets?space_id=${space}${query}`)).read(DatasetPage);
    expect((await list("")).datasets.map(({ name }) => name)).toEqual(["alphabet", "beta", "Alpha"]);
    expect((await list("&name=ALPHA")).datasets.map(({ name }) => name)).toEqual(["alphabet", "Alpha"]);
    expect((await list("")).datasets[0]).not.toHaveProperty("versions");
    const first = await list("&limit=2");
    expect((await list(`&limit=2&cursor=${first.pagination.next_cursor}`)).datasets.map(({ name }) => name)).toEqual([
      "Alpha",
    ]);
    expect((await member().get("/v2/datasets?limit=101")).status).toBe(400);
    expect((await member().get(`/v2/datasets?space_id=${absentId("Space")}`)).status).toBe(404);
  });

  it("are gone with everything in them once deleted", async () => {
    const { id } = await create();
    expect((await member().delete(pathOf(id))).status).toBe(204);
    for (const path of [pathOf(id), pathOf(id, "/examples")]) expect((await member().get(path)).status).toBe(404);
    expect((await member().post(pathOf(id, "/examples"), { examples: [{ a: 1 }] })).status).toBe(404);
  });
});

describe("examples", () => {
  it("are appended to the latest version, or to the one that is named", async () => {
    const { id, versions } = await create();
    const patched = (
      await member().patch(pathOf(id, "/examples"), {
        examples: [{ id: (await examples(id))[0]?.id, q: "z" }],
        new_version: "second",
      })
    ).read(DatasetVersionWithExampleIds);
    const appended = (await member().post(pathOf(id, "/examples"), { examples: [{ x: 1 }, { x: 2 }] })).read(
      DatasetVersionWithExampleIds,
    );
    expect(appended.dataset_version_id).toBe(patched.dataset_version_id);
    expect((await examples(id)).slice(2).map((example) => example.id)).toEqual(appended.example_ids);
    const first = versions?.[0]?.id;
    await member().post(pathOf(id, `/examples${versionQuery(first)}`), { examples: [{ old: true }] });
    expect((await examples(id, versionQuery(first))).map(({ q, old }) => q ?? old)).toEqual(["a", "b", true]);
    expect((await member().post(pathOf(id, `/examples${versionQuery(absentId("DatasetVersion"))}`), { examples: [{ a: 1 }] })).status).toBe(404); // prettier-ignore
  });

  it("are changed in place, keeping what is not named, or in a version of their own, whose name is taken once", async () => {
    const { id, versions } = await create();
    const [one] = await examples(id);
    const change = (body: object) => member().patch(pathOf(id, "/examples"), body);
    const blank = await change({ examples: [{ id: one?.id, q: "x" }], new_version: "  " });
    expect(blank).toMatchObject({ status: 400, detail: "Request body: new_version must not be blank" });
    const changed = (await change({ examples: [{ id: one?.id, n: 2, more: "x" }, { id: "nobody", n: 3 }] })).read(DatasetVersionWithExampleIds); // prettier-ignore
    expect(changed).toMatchObject({ example_ids: [one?.id], dataset_version_id: versions?.[0]?.id });
    expect(await examples(id)).toMatchObject([{ q: "a", n: 2, more: "x" }, { q: "b" }]);
    await change({ examples: [{ id: one?.id, n: 9 }], new_version: "second" });
    expect((await get(id)).versions?.map(({ name }) => name)).toEqual(["second", "v1"]);
    expect((await examples(id))[0]?.["n"]).toBe(9);
    expect((await examples(id, versionQuery(versions?.[0]?.id)))[0]?.["n"]).toBe(2);
    const again = await change({ examples: [{ id: one?.id, n: 1 }], new_version: "second" });
    expect([again.status, again.detail]).toEqual([409, expect.stringContaining('a version named "second"')]);
    for (const wrong of [[{ n: 1 }], [{ id: "x", created_at: 1 }], [{ id: "x" }, { id: "x" }], []])
      expect((await change({ examples: wrong })).status).toBe(400);
    expect((await get(id)).versions).toHaveLength(2);
  });

  it("keep their annotations in a new version", async () => {
    const { id, versions } = await create();
    const [one] = await examples(id);
    const config = { annotation_config_type: "FREEFORM", name: "note", space_id: space };
    (await member().post("/v2/annotation-configs", config)).read(AnnotationConfig);
    const said = { annotations: [{ record_id: one?.id, values: [{ name: "note", text: "mind the ä" }] }] };
    expect((await member().post(pathOf(id, "/examples/annotate"), said)).status).toBe(202);
    await member().patch(pathOf(id, "/examples"), { examples: [{ id: one?.id, n: 9 }], new_version: "second" });
    for (const query of ["", versionQuery(versions?.[0]?.id)])
      expect((await examples(id, query))[0]?.annotations).toMatchObject([{ name: "note", text: "mind the ä" }]);
  });

  it("are searched by their fields and annotations, page by page, in the version that is named", async () => {
    const sent = Array.from({ length: 7 }, (_, n) => ({
      n,
      q: n % 2 === 0 ? "even" : "odd",
      meta: { deep: { x: n } },
    }));
    const { id, versions } = await create("d", sent);
    const [, , two] = await examples(id);
    const config = { annotation_config_type: "FREEFORM", name: "a.b", space_id: space };
    (await member().post("/v2/annotation-configs", config)).read(AnnotationConfig);
    const said = { annotations: [{ record_id: two?.id, values: [{ name: "a.b", text: "good" }] }] };
    expect((await member().post(pathOf(id, "/examples/annotate"), said)).status).toBe(202);
    await member().patch(pathOf(id, "/examples"), { examples: [{ id: two?.id, n: 70 }], new_version: "second" });
    const search = (body: object) => member().post(pathOf(id, "/examples/search"), body);
    const found = async (body: object) => (await search(body)).read(DatasetExamplePage);
    const numbers = async (body: object) => (await found(body)).examples.map(({ n }) => n);

    expect(await numbers({})).toEqual([0, 1, 70, 3, 4, 5, 6]);
    expect(await numbers({ filter: "q = 'even' AND n > 3" })).toEqual([70, 4, 6]);
    expect(await numbers({ filter: "meta.deep.x >= 5 or annotation.a.b.text = 'good'" })).toEqual([70, 5, 6]);
    expect(await numbers({ filter: `id = '${two?.id}'` })).toEqual([70]);
    expect(await numbers({ filter: "nothing = 1" })).toEqual([]);
    expect(await numbers({ filter: "n = 2", dataset_version_id: versions?.[0]?.id })).toEqual([2]);
    const first = await found({ filter: "q = 'even'", limit: 3 });
    expect([first.examples.map(({ n }) => n), first.pagination.has_more]).toEqual([[0, 70, 4], true]);
    const rest = await found({ filter: "q = 'even'", limit: 3, cursor: first.pagination.next_cursor });
    expect([rest.examples.map(({ n }) => n), rest.pagination.has_more]).toEqual([[6], false]);
    for (const wrong of [{ filter: "q = " }, { filter: " " }, { limit: 501 }, { cursor: "mine" }, { more: 1 }])
      expect([wrong, (await search(wrong)).status]).toEqual([wrong, 400]);
    expect((await search({ dataset_version_id: absentId("DatasetVersion") })).status).toBe(404);
  });

  it("are deleted from one version, saying which were there; sending them again changes nothing", async () => {
    const { id, versions } = await create();
    const [one, two] = await examples(id);
    const remove = (body: object) => member().delete(pathOf(id, "/examples"), body);
    const body = { dataset_version_id: versions?.[0]?.id, example_ids: [one?.id, "nobody"] };
    expect((await remove(body)).read(DeleteDatasetExamplesResponse)).toEqual({
      completed: true,
      deleted_example_ids: [one?.id],
      not_deleted_example_ids: ["nobody"],
    });
    expect((await remove(body)).read(DeleteDatasetExamplesResponse).deleted_example_ids).toEqual([]);
    expect((await examples(id)).map((example) => example.id)).toEqual([two?.id]);
    expect((await remove({ example_ids: [two?.id] })).status).toBe(400);
    expect((await remove({ ...body, example_ids: ["a", "a"] })).status).toBe(400);
    expect((await remove({ ...body, dataset_version_id: absentId("DatasetVersion") })).status).toBe(404);
  });

  it.skipIf(process.env["AXLAB_TEST_POSTGRES"] !== undefined)(
    "of which the store loses one midway: 503 says what is gone and what is not, and the rest can be sent again",
    async () => {
      const { id, versions } = await create(
        "d",
        Array.from({ length: 250 }, (_, n) => ({ n })),
      );
      const ids = (await examples(id, "?limit=500")).map((example) => example.id);
      const { db } = at.platform.domain.core.store;
      await sql`create trigger broken before delete on dataset_examples when old.example_id = ${sql.lit(ids[150])} begin select raise(abort, 'disk full'); end`.execute(db); // prettier-ignore
      const remove = (example_ids: string[]) =>
        member().delete(pathOf(id, "/examples"), { dataset_version_id: versions?.[0]?.id, example_ids });
      const answer = await remove(ids);
      expect([answer.status, answer.read(DeleteDatasetExamplesProblem)]).toEqual([
        503,
        expect.objectContaining({ deleted_example_ids: ids.slice(0, 100), not_deleted_example_ids: ids.slice(100) }),
      ]);
      await sql`drop trigger broken`.execute(db);
      expect((await remove(ids.slice(100))).status).toBe(200);
      expect(await examples(id)).toEqual([]);
    },
  );

  it("that many append at once are all there, each once, in a position of its own", async () => {
    const { id } = await create("d", [{ n: -1 }]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        const rows = Array.from({ length: 10 }, (__, n) => ({ n: writer * 10 + n }));
        return (await member().post(pathOf(id, "/examples"), { examples: rows })).read(DatasetVersionWithExampleIds);
      }),
    );
    const stored = await examples(id, "?limit=500");
    expect(stored.map(({ n }) => Number(n)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 201 }, (_, n) => n - 1),
    );
    // Every request's rows lie together, in its order.
    const order = stored.map((example) => example.id).join();
    for (const { example_ids } of answers) expect(order).toContain(example_ids.join());
  });
});

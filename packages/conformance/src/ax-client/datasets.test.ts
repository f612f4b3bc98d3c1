import {
  appendExamples,
  createDataset,
  createSpace,
  deleteDataset,
  deleteDatasetExamples,
  getDataset,
  listDatasetExamples,
  listDatasets,
  updateDataset,
  updateExamples,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const space = platform.space.id;

const EXAMPLES = [
  { question: "Capital of France?", answer: "Paris", points: 1, hard: false },
  { question: "Capital of Peru?", answer: "Lima", points: 2.5, hard: true },
];
const create = (name = unique("dataset"), client = clients.service): ReturnType<typeof createDataset> =>
  createDataset({ client, space, name, examples: EXAMPLES });
const examplesOf = (dataset: string, datasetVersionId?: string): ReturnType<typeof listDatasetExamples> =>
  listDatasetExamples({ client: clients.service, dataset, limit: 500, ...(datasetVersionId && { datasetVersionId }) });
const latest = async (dataset: string): Promise<string> => {
  const { versions } = await getDataset({ client: clients.service, dataset });
  const id = versions?.[0]?.id;
  if (id === undefined) expect.fail("the dataset has no version");
  return id;
};

describe(AX_CLIENT, () => {
  describe("createDataset", () => {
    it("createDataset: answers the dataset in its space", async () => {
      const dataset = await create();
      expect(dataset.spaceId).toBe(space);
      expect(atob(dataset.id)).toMatch(/^Dataset:\d+:/);
    });
    it("createDataset: in a space given by name", async () => {
      const dataset = await createDataset({
        client: clients.member,
        space: platform.space.name,
        name: unique("dataset"),
        examples: EXAMPLES,
      });
      expect(dataset.spaceId).toBe(space);
    });
    it("createDataset: 409 for a name the space has", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
    });
    it("createDataset: 403 for a reader", () =>
      expectRefusal(create(unique("dataset"), clients.readOnly), 403, /DATASET_CREATE/));
    it("createDataset: 404 for a space the key does not cover", async () => {
      const other = await createSpace({
        client: clients.admin,
        name: unique("other"),
        organizationId: platform.organization.id,
        isPrivate: true,
      });
      const into = (spaceId: string): Promise<unknown> =>
        createDataset({ client: clients.service, space: spaceId, name: unique("dataset"), examples: EXAMPLES });
      await expectRefusal(into(other.id), 404);
      await expectRefusal(into(absent("Space")), 404);
    });
    it("createDataset: 400 for no examples, and for one that brings its own id", async () => {
      await expectRefusal(
        createDataset({ client: clients.service, space, name: unique("dataset"), examples: [] }),
        400,
      );
      const name = unique("dataset");
      await expectRefusal(
        createDataset({ client: clients.service, space, name, examples: [{ id: "mine", a: 1 }] }),
        400,
      );
      const { data } = await listDatasets({ client: clients.service, space, name });
      expect(data).toEqual([]);
    });
    it("createDataset: 401 for an unknown key", () => expectRefusal(create(unique("dataset"), clients.unknown), 401));
  });

  describe("getDataset", () => {
    it("getDataset: by id and by name, with its versions", async () => {
      const dataset = await create();
      const read = await getDataset({ client: clients.readOnly, dataset: dataset.id });
      expect(read).toMatchObject({ id: dataset.id, name: dataset.name, versions: [{ datasetId: dataset.id }] });
      expect(await getDataset({ client: clients.readOnly, dataset: dataset.name, space })).toEqual(read);
    });
    it("getDataset: 404 for one that does not exist", () =>
      expectRefusal(getDataset({ client: clients.admin, dataset: absent("Dataset") }), 404));
    it("getDataset: 401 for an unknown key", () =>
      expectRefusal(getDataset({ client: clients.unknown, dataset: absent("Dataset") }), 401));
  });

  describe("listDatasets", () => {
    it("listDatasets: newest first, every one once", async () => {
      const made = [await create(), await create(), await create()];
      const ids = (
        await allPages((cursor) =>
          listDatasets({ client: clients.service, space, limit: 2, ...(cursor && { cursor }) }),
        )
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => made.some((dataset) => dataset.id === id))).toEqual(made.map(({ id }) => id).reverse());
    });
    it("listDatasets: 404 for a space that does not exist", () =>
      expectRefusal(listDatasets({ client: clients.admin, space: absent("Space") }), 404));
  });

  describe("updateDataset", () => {
    it("updateDataset: renames it", async () => {
      const { id } = await create();
      const name = unique("renamed");
      expect(await updateDataset({ client: clients.service, dataset: id, name })).toMatchObject({ id, name });
    });
    it("updateDataset: 409 for a name the space has", async () => {
      const [one, two] = [await create(), await create()];
      await expectRefusal(updateDataset({ client: clients.service, dataset: two.id, name: one.name }), 409);
    });
    it("updateDataset: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(updateDataset({ client: clients.readOnly, dataset: id, name: "x" }), 403, /DATASET_UPDATE/);
    });
    it("updateDataset: 400 for a blank name", async () => {
      const { id } = await create();
      await expectRefusal(updateDataset({ client: clients.service, dataset: id, name: " " }), 400);
    });
  });

  describe("listDatasetExamples", () => {
    it("listDatasetExamples: every value as it was sent", async () => {
      const { id } = await create();
      const { data, pagination } = await examplesOf(id);
      expect(data).toMatchObject(EXAMPLES);
      expect(data.every((example) => example.createdAt instanceof Date)).toBe(true);
      expect(pagination).toEqual({ hasMore: false });
    });
    it("listDatasetExamples: a page at a time", async () => {
      const examples = Array.from({ length: 7 }, (_, n) => ({ n }));
      const { id } = await createDataset({ client: clients.service, space, name: unique("dataset"), examples });
      const all = await allPages((cursor) =>
        listDatasetExamples({ client: clients.service, dataset: id, limit: 3, ...(cursor && { cursor }) }),
      );
      expect(all.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });
    it("listDatasetExamples: 400 for a limit above 500", async () => {
      const { id } = await create();
      await expectRefusal(listDatasetExamples({ client: clients.service, dataset: id, limit: 501 }), 400);
    });
    it("listDatasetExamples: 404 for a dataset that does not exist", () =>
      expectRefusal(listDatasetExamples({ client: clients.admin, dataset: absent("Dataset") }), 404));
  });

  describe("appendExamples", () => {
    it("appendExamples: answers the ids and keeps what was there", async () => {
      const { id } = await create();
      const { exampleIds } = await appendExamples({
        client: clients.service,
        dataset: id,
        examples: [{ question: "Capital of Chad?", points: 3 }],
      });
      expect(exampleIds).toHaveLength(1);
      const { data } = await examplesOf(id);
      expect(data.map(({ question }) => question)).toEqual([
        ...EXAMPLES.map(({ question }) => question),
        "Capital of Chad?",
      ]);
      expect(data.at(-1)?.id).toBe(exampleIds[0]);
    });
    it("appendExamples: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(
        appendExamples({ client: clients.readOnly, dataset: id, examples: [{ a: 1 }] }),
        403,
        /DATASET_EXAMPLE_CREATE/,
      );
    });
    it("appendExamples: 404 for a dataset that does not exist", () =>
      expectRefusal(appendExamples({ client: clients.admin, dataset: absent("Dataset"), examples: [{ a: 1 }] }), 404));
  });

  describe("updateExamples", () => {
    it("updateExamples: in place, by id", async () => {
      const { id } = await create();
      const first = (await examplesOf(id)).data[0];
      if (first === undefined) expect.fail("no example");
      await updateExamples({ client: clients.service, dataset: id, examples: [{ id: first.id, answer: "Lutetia" }] });
      expect((await examplesOf(id)).data[0]).toMatchObject({
        id: first.id,
        answer: "Lutetia",
        question: EXAMPLES[0]?.question,
      });
    });
    it("updateExamples: into a new version, and the old one stays", async () => {
      const { id } = await create();
      const before = await latest(id);
      const first = (await examplesOf(id)).data[0];
      if (first === undefined) expect.fail("no example");
      const { datasetVersionId } = await updateExamples({
        client: clients.service,
        dataset: id,
        examples: [{ id: first.id, answer: "Lutetia" }],
        newVersion: "Roman names",
      });
      expect(datasetVersionId).not.toBe(before);
      expect((await examplesOf(id, before)).data[0]).toMatchObject({ answer: "Paris" });
      expect((await examplesOf(id)).data[0]).toMatchObject({ answer: "Lutetia" });
    });
    it("updateExamples: 403 for a reader", async () => {
      const { id } = await create();
      const [first] = (await examplesOf(id)).data;
      if (first === undefined) expect.fail("no example");
      await expectRefusal(
        updateExamples({ client: clients.readOnly, dataset: id, examples: [{ id: first.id, answer: "x" }] }),
        403,
      );
    });
  });

  describe("deleteDatasetExamples", () => {
    it("deleteDatasetExamples: says which are gone", async () => {
      const { id } = await create();
      const [first] = (await examplesOf(id)).data;
      if (first === undefined) expect.fail("no example");
      const result = await deleteDatasetExamples({
        client: clients.service,
        dataset: id,
        datasetVersionId: await latest(id),
        examples: [first.id],
      });
      expect(result).toEqual({ completed: true, deletedExampleIds: [first.id], notDeletedExampleIds: [] });
      expect((await examplesOf(id)).data.map(({ question }) => question)).toEqual([EXAMPLES[1]?.question]);
    });
    it("deleteDatasetExamples: 403 for a reader", async () => {
      const { id } = await create();
      const call = deleteDatasetExamples({
        client: clients.readOnly,
        dataset: id,
        datasetVersionId: await latest(id),
        examples: ["x"],
      });
      await expectRefusal(call, 403, /DATASET_EXAMPLE_DELETE/);
    });
  });

  describe("deleteDataset", () => {
    it("deleteDataset: it is gone, and gone the second time", async () => {
      const { id } = await create();
      await deleteDataset({ client: clients.service, dataset: id });
      await expectRefusal(getDataset({ client: clients.service, dataset: id }), 404);
      await expectRefusal(deleteDataset({ client: clients.service, dataset: id }), 404);
    });
    it("deleteDataset: 403 for a reader, and it stays", async () => {
      const { id } = await create();
      await expectRefusal(deleteDataset({ client: clients.readOnly, dataset: id }), 403, /DATASET_DELETE/);
      expect(await getDataset({ client: clients.service, dataset: id })).toMatchObject({ id });
    });
  });
});

import {
  annotateExperimentRuns,
  appendExperimentRuns,
  createCategoricalAnnotationConfig,
  createDataset,
  createExperiment,
  deleteExperiment,
  getExperiment,
  listDatasetExamples,
  listExperimentRuns,
  listExperiments,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.service;
const space = platform.space.id;

const { id: dataset } = await createDataset({
  client,
  space,
  name: unique("capitals"),
  examples: [{ country: "France" }, { country: "Peru" }],
});
const exampleIds = (await listDatasetExamples({ client, dataset })).data.map(({ id }) => id);
const runs = exampleIds.map((exampleId, index) => ({
  exampleId,
  output: `answer ${String(index)}`,
  "eval.correct.score": index,
}));
const create = (experimentName = unique("experiment"), as = client): ReturnType<typeof createExperiment> =>
  createExperiment({ client: as, experimentName, dataset, experimentRuns: runs });

describe(AX_CLIENT, () => {
  describe("createExperiment", () => {
    it("createExperiment: on a dataset", async () => {
      const experiment = await create();
      expect(experiment).toMatchObject({ datasetId: dataset, spaceId: space });
      expect(experiment.datasetVersionId).toBeTruthy();
      expect(atob(experiment.id)).toMatch(/^Experiment:\d+:/);
    });
    it("createExperiment: in a space, without a dataset", async () => {
      const experiment = await createExperiment({
        client,
        experimentName: unique("free"),
        space,
        experimentRuns: [{ output: "a" }],
      });
      expect(experiment).toMatchObject({ spaceId: space });
      expect(experiment.datasetId ?? null).toBeNull();
    });
    it("createExperiment: 409 for a name the dataset has", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
    });
    it("createExperiment: 403 for a reader", () =>
      expectRefusal(create(unique("experiment"), clients.readOnly), 403, /EXPERIMENT_CREATE/));
    it("createExperiment: 404 for a dataset that does not exist", () =>
      expectRefusal(
        createExperiment({
          client,
          experimentName: unique("experiment"),
          dataset: absent("Dataset"),
          experimentRuns: runs,
        }),
        404,
      ));
    it("createExperiment: 400 without runs", () =>
      expectRefusal(
        createExperiment({ client, experimentName: unique("experiment"), dataset, experimentRuns: [] }),
        400,
      ));
    it("createExperiment: 401 for an unknown key", () =>
      expectRefusal(create(unique("experiment"), clients.unknown), 401));
  });

  describe("getExperiment", () => {
    it("getExperiment: by id and by name", async () => {
      const made = await create();
      const read = await getExperiment({ client: clients.readOnly, experiment: made.id });
      expect(read).toMatchObject({ id: made.id, name: made.name });
      expect(await getExperiment({ client, experiment: made.name, dataset })).toEqual(read);
    });
    it("getExperiment: 404 for one that does not exist", () =>
      expectRefusal(getExperiment({ client, experiment: absent("Experiment") }), 404));
  });

  describe("listExperiments", () => {
    it("listExperiments: of a dataset, every one once", async () => {
      const made = [await create(), await create(), await create()];
      const ids = (
        await allPages((cursor) => listExperiments({ client, dataset, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    });
    it("listExperiments: of a space", async () => {
      const { id } = await create();
      const all = await allPages((cursor) => listExperiments({ client, space, limit: 100, ...(cursor && { cursor }) }));
      expect(all.map((experiment) => experiment.id)).toContain(id);
    });
    it("listExperiments: 404 for a dataset that does not exist", () =>
      expectRefusal(listExperiments({ client, dataset: absent("Dataset") }), 404));
  });

  describe("listExperimentRuns", () => {
    it("listExperimentRuns: every value as it was sent, in order", async () => {
      const { id } = await create();
      const { data } = await listExperimentRuns({ client, experiment: id });
      expect(data).toMatchObject(runs);
      expect(new Set(data.map((run) => run.id)).size).toBe(runs.length);
    });
    it("listExperimentRuns: 404 for an experiment that does not exist", () =>
      expectRefusal(listExperimentRuns({ client, experiment: absent("Experiment") }), 404));
  });

  describe("appendExperimentRuns", () => {
    it("appendExperimentRuns: ids in the order of the input", async () => {
      const { id } = await create();
      const { runIds } = await appendExperimentRuns({
        client,
        experiment: id,
        experimentRuns: runs.map((run) => ({ ...run, output: `second ${run.output}` })),
      });
      const { data } = await listExperimentRuns({ client, experiment: id });
      expect(data.slice(runs.length).map((run) => run.id)).toEqual(runIds);
      expect(data.slice(runs.length).map((run) => run.output)).toEqual(runs.map((run) => `second ${run.output}`));
    });
    it("appendExperimentRuns: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(
        appendExperimentRuns({ client: clients.readOnly, experiment: id, experimentRuns: runs }),
        403,
      );
    });
  });

  describe("deleteExperiment", () => {
    it("deleteExperiment: it is gone, and gone the second time", async () => {
      const { id } = await create();
      await deleteExperiment({ client, experiment: id });
      await expectRefusal(getExperiment({ client, experiment: id }), 404);
      await expectRefusal(deleteExperiment({ client, experiment: id }), 404);
    });
    it("deleteExperiment: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(deleteExperiment({ client: clients.readOnly, experiment: id }), 403, /EXPERIMENT_DELETE/);
    });
  });

  describe("annotateExperimentRuns", () => {
    it("annotateExperimentRuns: is read with the run; a field left out keeps its value; unknown ids are passed over", async () => {
      const config = await createCategoricalAnnotationConfig({
        ...{ client: clients.admin, space, name: unique("verdict"), values: [{ label: "right" }, { label: "wrong" }] },
      });
      const experiment = await create();
      const [first] = (await listExperimentRuns({ client, experiment: experiment.id })).data;
      const annotate = (recordId: string | undefined, value: object, more: object = {}): Promise<void> =>
        annotateExperimentRuns({
          ...{ client: clients.member, experiment: experiment.id },
          annotations: [{ recordId: recordId ?? "", values: [{ name: config.name, ...value }] }],
          ...more,
        });
      await annotate(first?.id, { label: "right", score: 1, text: "t" });
      await annotate(first?.id, { label: "wrong" }, { experiment: experiment.name, dataset });
      await annotate("nobody", { label: "right" });
      const { data } = await listExperimentRuns({ client, experiment: experiment.id });
      const shown = data.map(({ annotations }) => annotations ?? []);
      expect(shown[0]).toMatchObject([{ name: config.name, label: "wrong", score: 1, text: "t" }]);
      expect(shown[1]).toEqual([]);
      await expectRefusal(
        annotate(first?.id, { label: "right" }, { client: clients.readOnly }),
        403,
        /EXPERIMENT_RUN_ANNOTATE/,
      );
      await expectRefusal(annotate(first?.id, { name: unique("no config") }), 400);
      await expectRefusal(annotate(first?.id, {}, { experiment: absent("Experiment") }), 404);
      await expectRefusal(annotate(first?.id, {}, { annotations: [] }), 400, /annotations/);
    });
  });
});

import {
  annotateDatasetExamples,
  appendExamples,
  appendExperimentRuns,
  createDataset,
  createExperiment,
  createFreeformAnnotationConfig,
  deleteDatasetExamples,
  deleteExperiment,
  getDataset,
  listDatasetExamples,
  listDatasets,
  listExperimentRuns,
  listExperiments,
  updateDataset,
  updateExamples,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, readOnly, admin } = axClients(platform);
const space = platform.space.id;
const make = (examples: Record<string, unknown>[] = [{ q: "a" }, { q: "b" }]): ReturnType<typeof createDataset> =>
  createDataset({ client, space, name: unique("data"), examples });
const idsOf = async (dataset: string): Promise<string[]> =>
  (await listDatasetExamples({ client, dataset })).data.map(({ id }) => id);
const many = Array.from({ length: 1001 }, (_, n) => ({ q: String(n) }));

describe(AX_CLIENT, () => {
  describe("examples and runs that may not be", () => {
    it("createDataset, appendExamples: 400 for more than 1000 examples, an empty one, and fields the platform gives", async () => {
      const { id: dataset } = await make();
      for (const examples of [many, [{}], [{ q: 1, created_at: "2026-01-01T00:00:00Z" }], []]) {
        await expectRefusal(make(examples), 400);
        await expectRefusal(appendExamples({ client, dataset, examples }), 400);
      }
      await expectRefusal(appendExamples({ client, dataset, examples: [{ id: "mine", q: 1 }] }), 400);
      expect(await idsOf(dataset)).toHaveLength(2);
    });
    it("updateDataset: 404 for none; listDatasets: by a part of the name, 400 for a limit of 101", async () => {
      const { id, name } = await make();
      await expectRefusal(updateDataset({ client, dataset: absent("Dataset"), name: "x" }), 404);
      const { data } = await listDatasets({ client, space: platform.space.name, name: name.toUpperCase() });
      expect(data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listDatasets({ client, limit: 101 }), 400, /limit/);
    });
    it("updateExamples: 404 for no dataset, 400 for an example without an id, 409 for a version's name; unknown ids are passed over", async () => {
      const { id: dataset } = await make();
      const [id = ""] = await idsOf(dataset);
      const update = (more: object = {}): Promise<unknown> =>
        updateExamples({ client, dataset, examples: [{ id, q: "new" }], ...more });
      await expectRefusal(update({ dataset: absent("Dataset") }), 404);
      await expectRefusal(update({ examples: [{ q: "new" }] }), 400, /id/);
      await update({ newVersion: "second" });
      await expectRefusal(update({ newVersion: "second" }), 409);
      await update({ examples: [{ id: "nobody", q: "new" }] });
      expect((await getDataset({ client, dataset })).versions).toHaveLength(2);
    });
    it("listDatasetExamples: of a version by its id; 404 for a version of another dataset", async () => {
      const [one, other] = [await make(), await make()];
      const versionOf = async (dataset: string): Promise<string> =>
        (await getDataset({ client, dataset })).versions?.[0]?.id ?? "";
      const datasetVersionId = await versionOf(one.id);
      expect((await listDatasetExamples({ client, dataset: one.id, datasetVersionId })).data).toHaveLength(2);
      const { error } = await client.GET("/v2/datasets/{dataset_id}/examples", {
        params: { path: { dataset_id: one.id }, query: { dataset_version_id: await versionOf(other.id) } },
      });
      expect(error?.status).toBe(404);
    });
    it("deleteDatasetExamples: ids nobody has are told; 404 for no dataset and no version, 400 for none", async () => {
      const { id: dataset } = await make();
      const [first = ""] = await idsOf(dataset);
      const datasetVersionId = (await getDataset({ client, dataset })).versions?.[0]?.id ?? "";
      const drop = (more: object = {}): ReturnType<typeof deleteDatasetExamples> =>
        deleteDatasetExamples({ client, dataset, datasetVersionId, examples: [first, "nobody"], ...more });
      await expectRefusal(drop({ dataset: absent("Dataset") }), 404);
      await expectRefusal(drop({ datasetVersionId: absent("DatasetVersion") }), 404);
      await expect(drop({ examples: [] })).rejects.toThrow();
      expect(await drop()).toMatchObject({
        completed: true,
        deletedExampleIds: [first],
        notDeletedExampleIds: ["nobody"],
      });
    });
    it("annotateDatasetExamples: 404 for no dataset, 400 for none, for a record twice and a name twice", async () => {
      const { id: dataset } = await make();
      const [recordId = ""] = await idsOf(dataset);
      const { name } = await createFreeformAnnotationConfig({ client: admin, space, name: unique("note") });
      const one = { recordId, values: [{ name, text: "t" }] };
      const annotate = (annotations: (typeof one)[], to = dataset): Promise<unknown> =>
        annotateDatasetExamples({ client, dataset: to, annotations });
      await expectRefusal(annotate([one], absent("Dataset")), 404);
      await expectRefusal(annotate([]), 400);
      await expectRefusal(annotate([one, one]), 400);
      await expectRefusal(annotate([{ recordId, values: [...one.values, ...one.values] }]), 400);
    });

    it("createExperiment: 400 for a dataset and a space at once; refused for an example the dataset has not", async () => {
      const { id: dataset } = await make();
      const [exampleId = ""] = await idsOf(dataset);
      const runs = [{ example_id: exampleId, output: "o" }];
      const post = async (body: object): Promise<number | undefined> => {
        const whole = { name: unique("x"), experiment_runs: runs, ...body };
        return (await client.POST("/v2/experiments", { body: whole as never })).error?.status;
      };
      expect(await post({ dataset_id: dataset, space_id: space })).toBe(400);
      expect(await post({})).toBe(400);
      expect(await post({ dataset_id: dataset, experiment_runs: [{ output: "o" }] })).toBe(400);
      expect([400, 404, 422]).toContain(
        await post({ dataset_id: dataset, experiment_runs: [{ example_id: "nobody", output: "o" }] }),
      );
    });
    it("appendExperimentRuns, listExperimentRuns, deleteExperiment: 404 for none; 400 for no runs and a limit of 501", async () => {
      const { id: dataset } = await make();
      const [exampleId = ""] = await idsOf(dataset);
      const experimentRuns = [{ exampleId, output: "o" }];
      const { id } = await createExperiment({ client, experimentName: unique("x"), dataset, experimentRuns });
      const none = absent("Experiment");
      await expectRefusal(appendExperimentRuns({ client, experiment: none, experimentRuns }), 404);
      await expectRefusal(appendExperimentRuns({ client, experiment: id, experimentRuns: [] }), 400);
      await expectRefusal(listExperimentRuns({ client, experiment: id, limit: 501 }), 400, /limit/);
      await expectRefusal(deleteExperiment({ client, experiment: none }), 404);
      await expectRefusal(deleteExperiment({ client: readOnly, experiment: id }), 403, /EXPERIMENT_DELETE/);
    });
    it("listExperiments: by a part of the name; 404 for no space, 400 for a limit of 101", async () => {
      const { id: dataset } = await make();
      const [exampleId = ""] = await idsOf(dataset);
      const experimentName = unique("Particular");
      const experimentRuns = [{ exampleId, output: "o" }];
      const { id } = await createExperiment({ client, experimentName, dataset, experimentRuns });
      const { error } = await client.GET("/v2/experiments", { params: { query: { space_id: absent("Space") } } });
      expect(error?.status).toBe(404);
      const { data } = await client.GET("/v2/experiments", {
        params: { query: { space_id: space, name: experimentName.toUpperCase() } },
      });
      expect(data?.experiments.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listExperiments({ client, dataset, limit: 101 }), 400, /limit/);
    });
  });
});

import {
  annotateDatasetExamples,
  createCategoricalAnnotationConfig,
  createContinuousAnnotationConfig,
  createDataset,
  createFreeformAnnotationConfig,
  deleteAnnotationConfig,
  getAnnotationConfig,
  listAnnotationConfigs,
  listDatasetExamples,
  ResolutionError,
  updateCategoricalAnnotationConfig,
  updateContinuousAnnotationConfig,
  updateFreeformAnnotationConfig,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.service;
const space = platform.space.id;
const labels = [{ label: "good", score: 1 }, { label: "bad", score: 0 }]; // prettier-ignore
const freeform = (name = unique("note"), as = client) => createFreeformAnnotationConfig({ client: as, space, name });

describe(AX_CLIENT, () => {
  describe("annotation configs", () => {
    it("createContinuousAnnotationConfig: answers its range; getAnnotationConfig finds it by id and by name", async () => {
      const name = unique("score");
      const made = await createContinuousAnnotationConfig({ client, space, name, minimumScore: 0, maximumScore: 1, optimizationDirection: "MAXIMIZE" }); // prettier-ignore
      expect(made).toMatchObject({ type: "CONTINUOUS", name, spaceId: space, minimumScore: 0, maximumScore: 1, optimizationDirection: "MAXIMIZE" }); // prettier-ignore
      expect(await getAnnotationConfig({ client, annotationConfig: made.id })).toEqual(made);
      expect(await getAnnotationConfig({ client: clients.readOnly, annotationConfig: name, space })).toEqual(made);
    });
    it("createContinuousAnnotationConfig: 400 for a range without a length", () =>
      expectRefusal(createContinuousAnnotationConfig({ client, space, name: unique("x"), minimumScore: 1, maximumScore: 1 }), 400)); // prettier-ignore
    it("createCategoricalAnnotationConfig: answers its labels, NONE unless it says which are better", async () => {
      const made = await createCategoricalAnnotationConfig({ client, space, name: unique("verdict"), values: labels });
      expect(made).toMatchObject({ type: "CATEGORICAL", values: labels, optimizationDirection: "NONE" });
    });
    it("createCategoricalAnnotationConfig: 400 for a single label", () =>
      expectRefusal(createCategoricalAnnotationConfig({ client, space, name: unique("x"), values: labels.slice(1) }), 400)); // prettier-ignore
    it("createFreeformAnnotationConfig: 409 for a name the space has, 403 for a reader, 401 for an unknown key", async () => {
      const { name } = await freeform();
      await expectRefusal(freeform(name), 409);
      await expectRefusal(freeform(unique("x"), clients.readOnly), 403);
      await expectRefusal(freeform(unique("x"), clients.unknown), 401);
    });
    it("updateContinuousAnnotationConfig: changes what is named and keeps the rest", async () => {
      const made = await createContinuousAnnotationConfig({ client, space, name: unique("score"), minimumScore: 0, maximumScore: 1 }); // prettier-ignore
      const changed = await updateContinuousAnnotationConfig({ client, annotationConfig: made.id, maximumScore: 5 });
      expect(changed).toEqual({ ...made, maximumScore: 5 });
    });
    it("updateCategoricalAnnotationConfig: replaces all labels; 422 for a config of another type", async () => {
      const made = await createCategoricalAnnotationConfig({ client, space, name: unique("verdict"), values: labels });
      const values = [...labels, { label: "ugly" }];
      expect(await updateCategoricalAnnotationConfig({ client, annotationConfig: made.id, values })).toMatchObject({ values }); // prettier-ignore
      await expectRefusal(
        updateFreeformAnnotationConfig({ client, annotationConfig: made.id, name: unique("x") }),
        422,
      );
    });
    it("updateFreeformAnnotationConfig: renames it; 409 for a name the space has, 403 for a reader", async () => {
      const [one, two] = [await freeform(), await freeform()];
      const rename = (name: string, as = client) => updateFreeformAnnotationConfig({ client: as, annotationConfig: one.id, name }); // prettier-ignore
      const name = unique("renamed");
      expect(await rename(name)).toEqual({ ...one, name });
      await expectRefusal(rename(two.name), 409);
      await expectRefusal(rename(unique("x"), clients.readOnly), 403);
    });
    it("listAnnotationConfigs: every one once, in pages; 404 for a space that does not exist", async () => {
      const made = await freeform();
      const all = await allPages((cursor) => listAnnotationConfigs({ client, space, limit: 2, ...(cursor && { cursor }) })); // prettier-ignore
      expect(all.filter(({ id }) => id === made.id)).toEqual([made]);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      await expectRefusal(listAnnotationConfigs({ client, space: absent("Space") }), 404);
    });
    it("getAnnotationConfig: 404 for one that does not exist; a name nobody has is not resolved", async () => {
      await expectRefusal(getAnnotationConfig({ client, annotationConfig: absent("AnnotationConfig") }), 404);
      const none = getAnnotationConfig({ client, annotationConfig: unique("none"), space });
      await expect(none).rejects.toBeInstanceOf(ResolutionError);
    });
    it("deleteAnnotationConfig: it is gone; 403 for a reader, 404 the second time", async () => {
      const { id } = await freeform();
      await expectRefusal(deleteAnnotationConfig({ client: clients.readOnly, annotationConfig: id }), 403);
      await deleteAnnotationConfig({ client, annotationConfig: id });
      await expectRefusal(getAnnotationConfig({ client, annotationConfig: id }), 404);
      await expectRefusal(deleteAnnotationConfig({ client, annotationConfig: id }), 404);
    });
  });

  describe("annotateDatasetExamples", () => {
    it("annotateDatasetExamples: is read with the example; a field left out keeps its value; unknown ids are passed over", async () => {
      const { name } = await createCategoricalAnnotationConfig({ client, space, name: unique("verdict"), values: labels }); // prettier-ignore
      const { id } = await createDataset({ client, space, name: unique("annotated"), examples: [{ q: 1 }, { q: 2 }] });
      const [first] = (await listDatasetExamples({ client, dataset: id })).data;
      const annotate = (recordId: string | undefined, value: object, as = client) =>
        annotateDatasetExamples({ client: as, dataset: id, annotations: [{ recordId: recordId ?? "", values: [{ name, ...value }] }] }); // prettier-ignore
      await annotate(first?.id, { label: "good", score: 1 });
      await annotate(first?.id, { score: 0.5 });
      await annotate("nobody", { label: "good" });
      const [read, other] = (await listDatasetExamples({ client, dataset: id })).data;
      expect(read?.annotations).toMatchObject([{ name, label: "good", score: 0.5 }]);
      expect(other).not.toHaveProperty("annotations");
      await expectRefusal(annotate(first?.id, { label: "bad" }, clients.readOnly), 403);
      await expectRefusal(
        annotateDatasetExamples({ client, dataset: id, annotations: [{ recordId: first?.id ?? "", values: [{ name: unique("no config"), score: 1 }] }] }),
        400,
      ); // prettier-ignore
    });
  });
});

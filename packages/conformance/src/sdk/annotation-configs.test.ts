import { ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { admin, readOnly } = sdkClients(platform);
const space_id = platform.space.id;
const values = [{ label: "good", score: 1 }, { label: "bad", score: 0 }]; // prettier-ignore
const freeform = (name = unique("note"), as = admin): ReturnType<typeof admin.annotationConfigs.create> =>
  as.annotationConfigs.create({ annotation_config_type: "FREEFORM", name });

describe(AXLAB_SDK, () => {
  it("annotationConfigs.create: of each type", async () => {
    const range = { minimum_score: 0, maximum_score: 1 };
    const score = { annotation_config_type: "CONTINUOUS" as const, name: unique("score"), ...range };
    expect(await admin.annotationConfigs.create(score)).toMatchObject({
      ...{ type: "CONTINUOUS", space_id, optimization_direction: "NONE", ...range },
    });
    const tone = { annotation_config_type: "CATEGORICAL" as const, name: unique("tone"), values };
    const made = await admin.annotationConfigs.create({ ...tone, optimization_direction: "MAXIMIZE" });
    expect(made).toMatchObject({ type: "CATEGORICAL", values, optimization_direction: "MAXIMIZE" });
    expect(await freeform()).toMatchObject({ type: "FREEFORM", space_id });
  });
  it("annotationConfigs.create: 409 for a name the space has, 403 for a reader, refused for a single label", async () => {
    const { name } = await freeform();
    await expectApiError(freeform(name), 409, platform);
    await expectApiError(freeform(undefined, readOnly), 403, platform);
    const one = { annotation_config_type: "CATEGORICAL" as const, name: unique("x"), values: values.slice(1) };
    await expect(admin.annotationConfigs.create(one)).rejects.toThrow(/values/);
  });
  it("annotationConfigs.get: by id and by name; 404 for none", async () => {
    const made = await freeform();
    expect(await readOnly.annotationConfigs.get(made.id)).toEqual(made);
    expect(await readOnly.annotationConfigs.get(made.name, { space: platform.space.name })).toEqual(made);
    await expectApiError(readOnly.annotationConfigs.get(absent("AnnotationConfig")), 404, platform);
    await expect(readOnly.annotationConfigs.get(unique("none"))).rejects.toBeInstanceOf(ResolutionError);
  });
  it("annotationConfigs.list: every one once", async () => {
    const made = [await freeform(), await freeform(), await freeform()].map(({ id }) => id);
    const ids = (await readOnly.annotationConfigs.list({ limit: 2 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(made));
    await expectApiError(readOnly.annotationConfigs.list({ space: absent("Space") }).toArray(), 404, platform);
  });
  it("annotationConfigs.update: renames; 403 for a reader, 404 for none, 409 for a name in use, 422 for another type", async () => {
    const [made, other] = [await freeform(), await freeform()];
    const rename = (config: string, name: string, as = admin): Promise<unknown> =>
      as.annotationConfigs.update(config, { annotation_config_type: "FREEFORM", name });
    const name = unique("renamed");
    expect(await rename(made.name, name)).toEqual({ ...made, name });
    await expectApiError(rename(made.id, "x", readOnly), 403, platform);
    await expectApiError(rename(absent("AnnotationConfig"), "x"), 404, platform);
    await expectApiError(rename(made.id, other.name), 409, platform);
    const labels = { annotation_config_type: "CATEGORICAL" as const, values };
    await expectApiError(admin.annotationConfigs.update(made.id, labels), 422, platform);
  });
  it("annotationConfigs.delete: it is gone; 403 for a reader, 409 while a queue uses it", async () => {
    const { id, name } = await freeform();
    await expectApiError(readOnly.annotationConfigs.delete(id), 403, platform);
    const { email } = await admin.users.get(platform.users.member);
    const queue = await admin.annotationQueues.create({
      ...{ name: unique("queue"), annotation_configs: [name], annotator_emails: [email] },
    });
    await expectApiError(admin.annotationConfigs.delete(id), 409, platform);
    await admin.annotationQueues.delete(queue.id);
    await admin.annotationConfigs.delete(name);
    await expectApiError(admin.annotationConfigs.get(id), 404, platform);
  });
});

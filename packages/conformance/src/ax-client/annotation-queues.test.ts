import {
  createAnnotationQueue,
  createContinuousAnnotationConfig,
  createFreeformAnnotationConfig,
  createSpace,
  deleteAnnotationConfig,
  deleteAnnotationQueue,
  getAnnotationQueue,
  getUser,
  listAnnotationQueues,
  ResolutionError,
  updateAnnotationQueue,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly, admin } = clients;
const space = platform.space.id;
const person = async (role: "admin" | "member" | "readOnly"): Promise<{ id: string; email: string }> => {
  const { id, email } = await getUser({ client: admin, userId: platform.users[role] });
  return { id, email };
};
const [member, other] = [await person("member"), await person("admin")];
const config = await createFreeformAnnotationConfig({ client: admin, space, name: unique("remark") });
const score = await createContinuousAnnotationConfig({
  ...{ client: admin, space, name: unique("score"), minimumScore: 0, maximumScore: 1 },
});

type Input = Parameters<typeof createAnnotationQueue>[0];
const create = (more: Partial<Input> = {}): ReturnType<typeof createAnnotationQueue> =>
  createAnnotationQueue({
    client,
    name: unique("queue"),
    spaceId: space,
    annotationConfigIds: [config.id],
    annotatorEmails: [member.email],
    ...more,
  });

describe(AX_CLIENT, () => {
  describe("annotation queues", () => {
    it("createAnnotationQueue: answers its configs and annotators in the order of the request", async () => {
      const queue = await create({
        annotationConfigIds: [score.id, config.id],
        annotatorEmails: [other.email, member.email],
        instructions: "Look twice.",
        assignmentMethod: "RANDOM",
      });
      expect(atob(queue.id)).toMatch(/^AnnotationQueue:\d+:/);
      expect(queue).toMatchObject({ spaceId: space, instructions: "Look twice.", annotators: [other, member] });
      expect(queue.annotationConfigs).toEqual([score, config]);
      expect(queue.createdAt).toEqual(queue.updatedAt);
    });
    it("createAnnotationQueue: without instructions it has none", async () =>
      expect((await create()).instructions ?? null).toBeNull());
    it("createAnnotationQueue: 409 for a name the space has, which is free again when the queue is deleted", async () => {
      const { name, id } = await create();
      await expectRefusal(create({ name }), 409);
      await deleteAnnotationQueue({ client, annotationQueue: id });
      expect(await create({ name })).toMatchObject({ name });
    });
    it("createAnnotationQueue: 403 for a reader, 401 for an unknown key", async () => {
      await expectRefusal(create({ client: readOnly }), 403, /QUEUE_CREATE/);
      await expectRefusal(create({ client: clients.unknown }), 401);
    });
    it("createAnnotationQueue: 404 for a space and for a config that does not exist", async () => {
      await expectRefusal(create({ spaceId: absent("Space") }), 404);
      await expectRefusal(create({ annotationConfigIds: [absent("AnnotationConfig")] }), 404);
    });
    it("createAnnotationQueue: 422 for a config of another space, and for an annotator nobody knows", async () => {
      const elsewhere = await createSpace({
        ...{ client: admin, name: unique("elsewhere"), organizationId: platform.organization.id },
      });
      const foreign = await createFreeformAnnotationConfig({ client: admin, space: elsewhere.id, name: unique("c") });
      await expectRefusal(create({ annotationConfigIds: [foreign.id] }), 422, /space/);
      await expectRefusal(create({ annotatorEmails: ["nobody@example.com"] }), 422, /nobody@example.com/);
    });
    it("createAnnotationQueue: 400 for no configs, no annotators, no name, one too long, or instructions too long", async () => {
      await expectRefusal(create({ annotationConfigIds: [] }), 400, /annotation_config_ids/);
      await expectRefusal(create({ annotatorEmails: [] }), 400, /annotator_emails/);
      await expectRefusal(create({ name: "" }), 400, /name/);
      await expectRefusal(create({ name: "x".repeat(256) }), 400, /name/);
      await expectRefusal(create({ instructions: "x".repeat(5001) }), 400, /instructions/);
    });

    it("getAnnotationQueue: by id, by name with the space's id, by name with the space's name", async () => {
      const queue = await create();
      expect(await getAnnotationQueue({ client: readOnly, annotationQueue: queue.id })).toEqual(queue);
      expect(await getAnnotationQueue({ client, annotationQueue: queue.name, space })).toEqual(queue);
      expect(await getAnnotationQueue({ client, annotationQueue: queue.name, space: platform.space.name })).toEqual(
        queue,
      );
    });
    it("getAnnotationQueue: 404 for one that does not exist; a name nobody has is not resolved", async () => {
      await expectRefusal(getAnnotationQueue({ client, annotationQueue: absent("AnnotationQueue") }), 404);
      const call = getAnnotationQueue({ client, annotationQueue: unique("none"), space });
      await expect(call).rejects.toBeInstanceOf(ResolutionError);
    });

    it("listAnnotationQueues: every one once, most recently updated first", async () => {
      const made = [await create(), await create(), await create()];
      const touched = await updateAnnotationQueue({ client, annotationQueue: made[0]?.id ?? "", instructions: "i" });
      const ids = (
        await allPages((cursor) =>
          listAnnotationQueues({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }),
        )
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids[0]).toBe(touched.id);
      expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    });
    it("listAnnotationQueues: a part of the name, whatever its case, and the space's name", async () => {
      const { id, name } = await create({ name: unique("Particular") });
      const found = async (filter: object): Promise<string[]> =>
        (await listAnnotationQueues({ client, ...filter })).data.map((queue) => queue.id);
      expect(await found({ name: name.toLowerCase().slice(2) })).toEqual([id]);
      expect(await found({ name, space: platform.space.name })).toEqual([id]);
      expect(await found({ name, space: unique("nowhere") })).toEqual([]);
    });
    it("listAnnotationQueues: 404 for a space that does not exist, 400 for a limit or a cursor that may not be", async () => {
      await expectRefusal(listAnnotationQueues({ client, space: absent("Space") }), 404);
      await expectRefusal(listAnnotationQueues({ client, limit: 101 }), 400, /limit/);
      await expectRefusal(listAnnotationQueues({ client, limit: 0 }), 400, /limit/);
      await expectRefusal(listAnnotationQueues({ client, cursor: "no-cursor" }), 400, /cursor/);
    });

    it("updateAnnotationQueue: replaces its lists, renames it, and leaves the rest", async () => {
      const queue = await create({ instructions: "kept" });
      const name = unique("renamed");
      const changed = await updateAnnotationQueue({
        ...{ client, annotationQueue: queue.name, space, name },
        annotationConfigIds: [score.id],
        annotatorEmails: [other.email],
      });
      expect(changed).toMatchObject({ id: queue.id, name, instructions: "kept", annotators: [other] });
      expect(changed.annotationConfigs).toEqual([score]);
      expect(await getAnnotationQueue({ client, annotationQueue: queue.id })).toEqual(changed);
    });
    it("updateAnnotationQueue: clears the instructions with an empty text", async () => {
      const { id } = await create({ instructions: "gone soon" });
      const { instructions } = await updateAnnotationQueue({ client, annotationQueue: id, instructions: "" });
      expect(instructions ?? "").toBe("");
    });
    it("updateAnnotationQueue: 403 for a reader, 404 for none, 409 for a name in use, 400 for no change, 422 for a stranger", async () => {
      const [{ id: annotationQueue }, { name }] = [await create(), await create()];
      const update = (more: object, as = client): Promise<unknown> =>
        updateAnnotationQueue({ client: as, annotationQueue, ...more });
      await expectRefusal(update({ instructions: "x" }, readOnly), 403, /QUEUE_UPDATE/);
      await expectRefusal(update({ annotationQueue: absent("AnnotationQueue"), instructions: "x" }), 404);
      await expectRefusal(update({ name }), 409);
      await expectRefusal(update({}), 400);
      await expectRefusal(update({ annotatorEmails: [] }), 400, /annotator_emails/);
      await expectRefusal(update({ annotatorEmails: ["nobody@example.com"] }), 422);
      expect(await getAnnotationQueue({ client, annotationQueue })).toMatchObject({ annotators: [member] });
    });

    it("deleteAnnotationQueue: it is gone; by name too; 403 for a reader, 404 the second time", async () => {
      const { id: annotationQueue, name } = await create();
      await expectRefusal(deleteAnnotationQueue({ client: readOnly, annotationQueue }), 403, /QUEUE_DELETE/);
      await deleteAnnotationQueue({ client, annotationQueue: name, space });
      await expectRefusal(getAnnotationQueue({ client, annotationQueue }), 404);
      await expectRefusal(deleteAnnotationQueue({ client, annotationQueue }), 404);
    });
    it("deleteAnnotationConfig: 409 while a queue uses it", async () => {
      const used = await createFreeformAnnotationConfig({ client: admin, space, name: unique("used") });
      const { id } = await create({ annotationConfigIds: [used.id] });
      await expectRefusal(deleteAnnotationConfig({ client: admin, annotationConfig: used.id }), 409);
      await deleteAnnotationQueue({ client, annotationQueue: id });
      await deleteAnnotationConfig({ client: admin, annotationConfig: used.id });
    });
  });
});

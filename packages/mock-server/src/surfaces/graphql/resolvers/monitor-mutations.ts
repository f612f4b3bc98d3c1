import { locate } from "../../../domain/locate.js";
import { NotFoundError } from "../../../errors.js";
import type { MonitorRow } from "../../../store/tables/index.js";
import { canonicalId } from "../ids.js";
import { checkedName, given } from "../input.js";
import { mutation, mutationOn, type Mutating } from "../mutation.js";

interface NewMonitor {
  spaceId: string;
  modelName: string;
  name: string;
  clientMutationId?: string | null;
}

/** Inputs say null for what is not set, inside their lists too. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(given(value)).map(([name, part]: [string, unknown]) => [name, withoutNulls(part)]),
  );
}

const settingsIn = (value: object): object => {
  const settings = withoutNulls(value);
  return typeof settings === "object" && settings !== null ? settings : {};
};

/** Found by the model's name in a space, and decided on the model. */
async function create(category: MonitorRow["category"], { input, caller, domain }: Mutating<NewMonitor>) {
  const { spaceId, modelName, name, clientMutationId: _, ...settings } = input;
  const { gate, store } = domain.core;
  const space = await locate(store.db, "space", canonicalId(store, spaceId));
  const model = space && (await domain.projects.find(space.entity, modelName));
  const project = model && (await locate(store.db, "project", model.id));
  // Where there is no such model the space decides whether the caller may know.
  gate.require(caller, "MONITOR_CREATE", project?.ref ?? space?.ref ?? null);
  if (!project)
    throw new NotFoundError(`modelName: this space has no model named "${modelName}", or this key may not see it.`);
  const monitor = await domain.monitors.create(
    caller,
    project.entity,
    category,
    checkedName(name),
    settingsIn(settings),
  );
  return { monitor };
}

const creation = (name: string, category: MonitorRow["category"]) =>
  mutation<NewMonitor>(
    name,
    { on: "domain", why: "MONITOR_CREATE on the model of that name, or on the space when there is none" },
    (mutating) => create(category, mutating),
  );

interface Patch {
  monitorId: string;
  set: { name?: string | null; threshold?: number | null; autoThresholdEnabled?: boolean | null };
}

const patch = (name: string, category: MonitorRow["category"]) =>
  mutationOn<"monitor", Patch>(
    name,
    { on: "monitor", requirement: "MONITOR_UPDATE", read: "MONITOR_READ", id: ({ monitorId }) => monitorId },
    async ({ input, domain, target }) => {
      const project = await locate(domain.core.store.db, "project", target.project_id);
      if (project === null) throw new NotFoundError();
      const { name: newName, autoThresholdEnabled, ...changes } = input.set;
      // One kind of threshold takes the other's place.
      const threshold =
        autoThresholdEnabled === true
          ? { threshold: undefined, dynamicAutoThreshold: {} }
          : changes.threshold != null
            ? { dynamicAutoThreshold: undefined }
            : {};
      const monitor = await domain.monitors.patch(target, project.entity, category, {
        ...(newName != null && { name: checkedName(newName) }),
        ...settingsIn(changes),
        ...threshold,
      });
      return { monitor };
    },
  );

export const monitorMutations = {
  Mutation: {
    createPerformanceMonitor: creation("createPerformanceMonitor", "performance"),
    createDriftMonitor: creation("createDriftMonitor", "drift"),
    createDataQualityMonitor: creation("createDataQualityMonitor", "dataQuality"),
    patchPerformanceMonitor: patch("patchPerformanceMonitor", "performance"),
    patchDriftMonitor: patch("patchDriftMonitor", "drift"),
    patchDataQualityMonitor: patch("patchDataQualityMonitor", "dataQuality"),
    deleteMonitor: mutationOn<"monitor", { monitorId: string }>(
      "deleteMonitor",
      { on: "monitor", requirement: "MONITOR_DELETE", read: "MONITOR_READ", id: ({ monitorId }) => monitorId },
      async ({ domain, target }) => {
        await domain.monitors.delete(target);
        return { monitor: target };
      },
    ),
  },
};

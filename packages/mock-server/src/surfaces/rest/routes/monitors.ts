import { Monitor, MonitorPath } from "@axlab/wire/rest";
import { locate } from "../../../domain/locate.js";
import { presentMonitor } from "../../../domain/monitors/present.js";
import { NotFoundError } from "../../../errors.js";
import { route } from "../pipeline.js";

export const monitorRoutes = [
  route({
    method: "get",
    path: "/v2/monitors/{monitor_id}",
    tag: "monitors",
    summary: "Get a monitor, evaluated now",
    access: {
      on: "monitor",
      requirement: "MONITOR_READ",
      read: "MONITOR_READ",
      id: ({ params }) => params.monitor_id,
    },
    params: MonitorPath,
    success: { status: 200, body: Monitor },
    errors: [404],
    async handle({ domain, target }) {
      const space = await locate(domain.core.store.db, "space", target.entity.space_id);
      if (space === null) throw new NotFoundError();
      const evaluation = await domain.monitors.evaluation(target.entity);
      return presentMonitor(target.entity, space.entity, await evaluation.now());
    },
  }),
];

import { bucketed, requireWindow, type Granularity } from "../../../domain/metrics/buckets.js";
import { performanceOf } from "../../../domain/metrics/performance.js";
import { metricRows } from "../../../domain/metrics/rows.js";
import { readPermission } from "../../../domain/records/target.js";
import type { ProjectRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";
import { placeOfProject, requireAt } from "../places.js";

interface OverTime {
  startTime: number;
  endTime: number;
  performanceMetric: string;
  environmentName: string;
  timeZone?: string | null;
  timeSeriesDataGranularity: Granularity;
}

export const performanceResolvers = {
  Model: {
    async performanceMetricOverTime(row: ProjectRow, args: OverTime, context: GraphQLContext) {
      const { startTime: start, endTime: end, environmentName: environment } = args;
      requireWindow(start, end, args.timeZone);
      await requireAt(context, readPermission(environment), placeOfProject(context, row));
      const rows = await metricRows(context.domain.records, row, { environment, start, end });
      // Asked of nothing, too, so that a metric that is not computed here is refused whether or not there are records.
      performanceOf(args.performanceMetric, []);
      return {
        dataWindows: bucketed(rows, args.timeSeriesDataGranularity).map((bucket) => ({
          metricDisplayDate: bucket.start,
          metricValue: performanceOf(args.performanceMetric, bucket.rows),
        })),
      };
    },
  },
};

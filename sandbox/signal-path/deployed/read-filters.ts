import { type MetricFilter, paginateDescribeMetricFilters } from "@aws-sdk/client-cloudwatch-logs";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { LiveFilter } from "./deployed-account";

/** All metric filters of an account's region. */
export async function readFilters({ logs: client }: ServiceClients, region: string): Promise<LiveFilter[]> {
  const filters: LiveFilter[] = [];
  for await (const page of paginateDescribeMetricFilters({ client }, {})) {
    for (const filter of page.metricFilters ?? []) filters.push(...liveFilter(filter, region));
  }
  return filters;
}

function liveFilter(filter: MetricFilter, region: string): LiveFilter[] {
  const { filterName = "", logGroupName = "", filterPattern = "", metricTransformations = [] } = filter;
  return metricTransformations.map(({ metricName, metricNamespace, metricValue, defaultValue, dimensions }) => ({
    name: filterName,
    region,
    logGroup: logGroupName,
    pattern: filterPattern,
    transformation: {
      metricName: metricName ?? "",
      metricNamespace: metricNamespace ?? "",
      metricValue: metricValue ?? "",
      defaultValue,
      ...(dimensions === undefined || Object.keys(dimensions).length === 0 ? {} : { dimensions }),
    },
  }));
}

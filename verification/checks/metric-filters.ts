import { counted } from "../../lib/support/counted";
import type { MetricFilter } from "@aws-sdk/client-cloudwatch-logs";
import type { DeployedFilter } from "../../signals/deployment/deployment";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import { failed, proven } from "../result";
import { monitoringStack, redeploy, type Check } from "./check";
import { logGroupCheck } from "./feed";
import { listed } from "./problems";

/** Name of the check of a log group's filters, on which the heartbeat's check depends. */
function filtersCheck(logGroup: string): string {
  return `metric filters of ${logGroup}`;
}

/** Whether the filters of a log group are stored as synthesized, with patterns equal byte for byte. */
export function metricFilterCheck(logGroup: string, filters: readonly DeployedFilter[]): Check {
  return {
    hop: "metric filter",
    name: filtersCheck(logGroup),
    follows: [logGroupCheck(logGroup)],
    run: async (subject) => {
      const { session, expected } = subject;
      const stored = await pages(
        (nextToken) => session.query(READS.metricFilters, { logGroupName: logGroup, nextToken }, expected.homeRegion),
        (answer) => ({ items: answer.metricFilters, next: answer.nextToken }),
      );
      const problems = filters.flatMap((filter) => {
        const found = stored?.find(({ filterName }) => filterName === filter.name);
        const wrong = found === undefined ? ["is missing"] : differences(found, filter);
        return wrong.length === 0 ? [] : [`${filter.name} ${wrong.join(" and ")}`];
      });
      const forged = othersInto(stored ?? [], expected.deployed.filters, filters);
      if (problems.length === 0 && forged.length > 0) {
        return failed(
          listed(forged.map(({ filterName = "", text }) => `${filterName} counts into ${text}`)),
          "accounts/ does not configure it: its values can hide events from the alarm, or raise it",
          forged
            .map(({ filterName = "" }) => `--log-group-name ${logGroup} --filter-name ${filterName}`)
            .map((filter) => `aws logs delete-metric-filter --region ${expected.homeRegion} ${filter}`)
            .join("; "),
        );
      }
      return problems.length === 0
        ? proven(`${counted(filters.length, "filter")} as synthesized`)
        : failed(
            listed(problems),
            "the stored filter differs from the synthesized one: events may go uncounted",
            redeploy(monitoringStack(subject)),
          );
    },
  };
}

function differences(stored: MetricFilter, { pattern, transformation }: DeployedFilter): string[] {
  const [actual] = stored.metricTransformations ?? [];
  const pairs = [
    ["metric", `${actual?.metricNamespace ?? ""}/${actual?.metricName ?? ""}`, metricOf(transformation)],
    ["value", actual?.metricValue, transformation.metricValue],
    ["default value", actual?.defaultValue ?? "none", transformation.defaultValue ?? "none"],
    ["dimensions", dimensionsText(actual?.dimensions), dimensionsText(transformation.dimensions)],
  ] as const;
  return [
    ...(stored.filterPattern === pattern ? [] : ["has another pattern"]),
    ...pairs
      .filter(([, is, wanted]) => is !== wanted)
      .map(([name, is, wanted]) => `has ${name} ${String(is)}, not ${String(wanted)}`),
  ];
}

/** Filters that Terraform did not create and that write to one of its metrics. */
function othersInto(
  stored: readonly MetricFilter[],
  all: readonly DeployedFilter[],
  own: readonly DeployedFilter[],
): { readonly filterName: string | undefined; readonly text: string }[] {
  const metrics = new Set(all.map(({ transformation }) => metricOf(transformation)));
  return stored
    .filter(({ filterName }) => !own.some(({ name }) => name === filterName))
    .flatMap(({ filterName, metricTransformations = [] }) =>
      metricTransformations
        .map(({ metricNamespace = "", metricName = "" }) => `${metricNamespace}/${metricName}`)
        .filter((text) => metrics.has(text))
        .map((text) => ({ filterName, text })),
    );
}

function metricOf({ metricNamespace, metricName }: DeployedFilter["transformation"]): string {
  return `${metricNamespace}/${metricName}`;
}

function dimensionsText(dimensions: Readonly<Record<string, string>> | undefined): string {
  return JSON.stringify(Object.entries(dimensions ?? {}).sort());
}

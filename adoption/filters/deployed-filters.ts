import { existsSync } from "node:fs";
import { textOfArgument, blocksOf } from "../../lib/terraform/read/arguments";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import { StackReader } from "../../lib/terraform/read/stack-reader";
import { monitoredAccountOf } from "../../lib/naming/stack-ids";
import { known, type KnownPatterns } from "./recognize";

/** A detection as an account's stack deploys it. */
export interface DeployedDetection {
  readonly detection: string;
  readonly stack: string;
  readonly region: string;
  readonly filters: readonly { readonly address: string; readonly name: string; readonly pattern: string }[];
  readonly alarm: { readonly address: string; readonly name: string } | undefined;
}

/** By name of the account: what its stack deploys. Empty where nothing was synthesized yet. */
export function readDeployedDetections(folder: string): ReadonlyMap<string, readonly DeployedDetection[]> {
  const found = new Map<string, readonly DeployedDetection[]>();
  if (!existsSync(folder)) return found;
  for (const stack of readStacks(folder)) {
    const account = monitoredAccountOf(stack.id);
    if (account === undefined) continue;
    const reader = new StackReader(stack, []);
    const detections = new Map<string, DeployedDetection>();
    for (const [id, filter] of reader.all("aws_cloudwatch_log_metric_filter")) {
      const [metric] = blocksOf(filter, "metric_transformation");
      const detection = metric === undefined ? undefined : textOfArgument(metric, "name");
      const [name, pattern] = [textOfArgument(filter, "name"), textOfArgument(filter, "pattern")];
      if (detection === undefined || name === undefined || pattern === undefined) continue;
      const before = detections.get(detection) ?? {
        detection,
        stack: stack.id,
        region: reader.region(filter),
        filters: [],
        alarm: undefined,
      };
      const address = `aws_cloudwatch_log_metric_filter.${id}`;
      detections.set(detection, { ...before, filters: [...before.filters, { address, name, pattern }] });
    }
    for (const [id, alarm] of reader.all("aws_cloudwatch_metric_alarm")) {
      const detection = detections.get(textOfArgument(alarm, "metric_name") ?? "");
      const name = textOfArgument(alarm, "alarm_name");
      if (detection === undefined || detection.alarm !== undefined || name === undefined) continue;
      detections.set(detection.detection, {
        ...detection,
        alarm: { address: `aws_cloudwatch_metric_alarm.${id}`, name },
      });
    }
    found.set(account, [...detections.values()]);
  }
  return found;
}

/** Their patterns, for comparing. */
export function patternsOf(detections: readonly DeployedDetection[]): KnownPatterns[] {
  return detections.flatMap(
    ({ detection, filters }) =>
      known(
        detection,
        filters.map(({ pattern }) => pattern),
      ) ?? [],
  );
}

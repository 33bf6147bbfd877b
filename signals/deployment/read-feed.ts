import { flagOf, textOfArgument, type Arguments } from "../../lib/terraform/read/arguments";
import type { DeployedRule, DeployedTrail } from "./deployment";
import { selectorsOf } from "./event-selector";
import type { StackReader } from "../../lib/terraform/read/stack-reader";

const TRAIL = "aws_cloudtrail";
const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";

export function readTrail(reader: StackReader, id: string): DeployedTrail | undefined {
  const trail = reader.arguments(TRAIL, id);
  const name = reader.text(TRAIL, id, "name");
  if (name === undefined) return undefined;
  const hasLogGroup = textOfArgument(trail, "cloud_watch_logs_group_arn") !== undefined;
  return {
    name,
    region: reader.region(trail),
    isOrganizationTrail: flagOf(trail, "is_organization_trail", false),
    isMultiRegion: flagOf(trail, "is_multi_region_trail", false),
    includesGlobalServices: flagOf(trail, "include_global_service_events", true),
    isLogging: flagOf(trail, "enable_logging", true),
    logGroup: hasLogGroup ? logGroupOf(reader.text(TRAIL, id, "cloud_watch_logs_group_arn") ?? "") : undefined,
    selectors: selectorsOf(trail),
  };
}

/** A rule on the default bus with all its targets; undefined for a rule on a schedule. */
export function readRule(reader: StackReader, id: string): DeployedRule | undefined {
  const rule = reader.arguments(RULE, id);
  if (textOfArgument(rule, "event_pattern") === undefined) return undefined;
  const name = reader.text(RULE, id, "name");
  const pattern = reader.text(RULE, id, "event_pattern");
  const bus = textOfArgument(rule, "event_bus_name") ?? "default";
  if (name === undefined || pattern === undefined || bus !== "default") return undefined;

  const region = reader.region(rule);
  const arns = reader
    .all(TARGET)
    .filter(([target, block]) => reader.region(block) === region && reader.text(TARGET, target, "rule") === name)
    .flatMap(([target]) => reader.text(TARGET, target, "arn") ?? []);
  const buses = arns.filter((arn) => /^arn:[^:]+:events:[^:]+:\d+:event-bus\/(?!default$)/.test(arn));
  const topics = arns.filter((arn) => /^arn:[^:]+:sns:/.test(arn));
  return {
    name,
    region,
    pattern,
    state: stateOfRule(rule),
    logGroups: arns.flatMap((arn) => logGroupOf(arn) ?? []),
    forwardsTo: arns.flatMap((arn) => /^arn:[^:]+:events:([^:]+):\d+:event-bus\/default$/.exec(arn)?.[1] ?? []),
    ...(buses.length === 0 ? {} : { buses }),
    ...(topics.length === 0 ? {} : { topics }),
  };
}

/** The state of a rule; `is_enabled`, the older argument, counts where there is no state. */
export function stateOfRule(rule: Arguments): DeployedRule["state"] {
  const state = textOfArgument(rule, "state");
  if (state === "DISABLED" || state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS") return state;
  return flagOf(rule, "is_enabled", true) ? "ENABLED" : "DISABLED";
}

function logGroupOf(arn: string): string | undefined {
  return /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)/.exec(arn)?.[1];
}

import { arnPrefix } from "../../aws/partitions";
import { templateOfArgument, textOfArgument, type Arguments } from "./arguments";
import type { Stack } from "./stack";

/**
 * What a template contains besides text: `$${` and `%%{`, which are escaped text; references whose value is unknown
 * until apply (type, name, which a plan has with module and index, attribute); and other expressions.
 */
const SPECIAL = /([$%])\1\{|\$\{([a-z0-9_]+)\.([^${}]+)\.([a-z0-9_]+)\}|\$\{/g;

/** References may lead to references; none of our chains is longer. */
const MAX_DEPTH = 10;

/**
 * The text of a template with references within its stack resolved; undefined when one leads out of the stack or to
 * nothing.
 */
export function resolveText(stack: Stack, template: string, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const unknown: string[] = [];
  const resolved = template.replace(SPECIAL, (special: string, ...groups: (string | undefined)[]) => {
    const [escaped, type, name, attribute] = groups;
    if (escaped !== undefined) return special.slice(1);
    const isReference = type !== undefined && name !== undefined && attribute !== undefined;
    const value = isReference ? attributeOf(stack, type, name, attribute) : undefined;
    const text = value === undefined ? undefined : resolveText(stack, value, depth + 1);
    if (text === undefined) unknown.push(special);
    return text ?? special;
  });
  return unknown.length === 0 ? resolved : undefined;
}

/** The template of an argument, or of the attribute that AWS derives from the arguments. */
function attributeOf(stack: Stack, type: string, name: string, attribute: string): string | undefined {
  const resource = stack.resources[type]?.[name];
  if (resource === undefined) return undefined;
  const argument = templateOfArgument(resource, attribute);
  if (argument !== undefined) return argument;
  switch (`${type}.${attribute}`) {
    case "aws_cloudwatch_log_group.arn":
      return arn(stack, resource, "logs", "log-group:");
    case "aws_sns_topic.arn":
    case "aws_sns_topic.id":
      return arn(stack, resource, "sns", "");
    case "aws_sqs_queue.arn":
      return arn(stack, resource, "sqs", "");
    case "aws_cloudwatch_metric_alarm.arn":
    case "aws_cloudwatch_composite_alarm.arn":
      return arn(stack, resource, "cloudwatch", "alarm:");
    case "aws_cloudwatch_metric_alarm.id":
    case "aws_cloudwatch_composite_alarm.id":
      return templateOfArgument(resource, "alarm_name");
    case "aws_cloudwatch_log_group.id":
    case "aws_cloudwatch_event_rule.id":
      return templateOfArgument(resource, "name");
    case "aws_sns_topic_policy.id":
      return templateOfArgument(resource, "arn");
    default:
      return undefined;
  }
}

function arn(stack: Stack, resource: Arguments, service: string, prefix: string): string | undefined {
  const name = templateOfArgument(resource, "name") ?? templateOfArgument(resource, "alarm_name");
  const region = regionOf(stack, resource);
  if (name === undefined || stack.accountId === undefined || region === undefined) return undefined;
  return `${arnPrefix(region)}:${service}:${region}:${stack.accountId}:${prefix}${name}`;
}

/** The region that a resource is in: that of its provider. */
export function regionOf(stack: Stack, resource: Arguments): string | undefined {
  const provider = (textOfArgument(resource, "provider") ?? "aws").replace(/^\$\{(.*)\}$/, "$1");
  return textOfArgument(resource, "region") ?? stack.regions.get(provider);
}

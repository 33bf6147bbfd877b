import type { AlarmActions } from "../alarms/alarm-actions";
import { AlarmError } from "../alarms/alarm-error";
import { childrenOfRule } from "../alarms/composite-rule";
import type { AlarmComparison, TreatMissingData } from "../alarms/evaluate-alarm";
import type { Statistic } from "../metrics/metric-series";
import { blocksOf, flagOf, numberOfArgument, textMapOf, textOfArgument } from "../../lib/terraform/read/arguments";
import type {
  DeployedAlarm,
  DeployedAnomalyAlarm,
  DeployedCompositeAlarm,
  DeployedFilter,
  DeployedSubscription,
} from "./deployment";
import { alarmRefusal, filterRefusal, type AlarmNumbers } from "./refusals";
import { TOPIC_PROTOCOL } from "../../lib/naming/subscriber-kinds";
import { isExisting } from "../../lib/terraform/read/existing";
import type { StackReader } from "../../lib/terraform/read/stack-reader";

const FILTER = "aws_cloudwatch_log_metric_filter";
export const ALARM = "aws_cloudwatch_metric_alarm";
const COMPOSITE = "aws_cloudwatch_composite_alarm";
const SUBSCRIPTION = "aws_sns_topic_subscription";

const STATISTICS: readonly string[] = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"] satisfies Statistic[];
const COMPARISONS: readonly string[] = [
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
] satisfies AlarmComparison[];
const MISSING: readonly string[] = ["missing", "ignore", "breaching", "notBreaching"] satisfies TreatMissingData[];

export function readFilter(reader: StackReader, id: string): DeployedFilter | undefined {
  const filter = reader.arguments(FILTER, id);
  const [transformation = {}] = blocksOf(filter, "metric_transformation");
  const name = reader.text(FILTER, id, "name");
  const logGroup = reader.text(FILTER, id, "log_group_name");
  // A pattern is CloudWatch's own text: '${' would be in it only by mistake.
  const pattern = textOfArgument(filter, "pattern");
  const metricName = textOfArgument(transformation, "name");
  const metricNamespace = textOfArgument(transformation, "namespace");
  const metricValue = textOfArgument(transformation, "value");
  if (metricName === undefined || metricNamespace === undefined || metricValue === undefined || pattern === undefined) {
    reader.warn(FILTER, id, "'pattern' and the 'name', 'namespace' and 'value' of 'metric_transformation' are needed");
    return undefined;
  }
  if (name === undefined || logGroup === undefined) return undefined;
  const defaultValue = numberOfArgument(transformation, "default_value");
  const dimensions = textMapOf(transformation, "dimensions");
  const published = {
    metricName,
    metricNamespace,
    metricValue,
    defaultValue,
    dimensions,
  };
  const refusal = filterRefusal(pattern, published);
  if (refusal !== undefined) {
    reader.refuse(FILTER, id, `metric filter '${name}' must be one that CloudWatch takes: ${refusal}`);
  }
  return { name, logGroup, pattern, transformation: published };
}

export function readAnomalyAlarm(reader: StackReader, id: string): DeployedAnomalyAlarm | undefined {
  const alarm = reader.arguments(ALARM, id);
  const band = textOfArgument(alarm, "threshold_metric_id");
  if (band === undefined) return undefined;
  const name = reader.text(ALARM, id, "alarm_name");
  if (name === undefined) return undefined;
  const queries = blocksOf(alarm, "metric_query");
  const [metric = {}] = queries.flatMap((query) => blocksOf(query, "metric"));
  const usual = queries.find((query) => textOfArgument(query, "id") === band) ?? {};
  const numbers = {
    periodSeconds: numberOfArgument(metric, "period"),
    evaluationPeriods: numberOfArgument(alarm, "evaluation_periods"),
    datapointsToAlarm: numberOfArgument(alarm, "datapoints_to_alarm"),
  };
  refuseNumbers(reader, id, numbers);
  return {
    name,
    namespace: textOfArgument(metric, "namespace"),
    metricName: textOfArgument(metric, "metric_name"),
    statistic: textOfArgument(metric, "stat"),
    ...numbers,
    comparison: textOfArgument(alarm, "comparison_operator"),
    treatMissingData: textOfArgument(alarm, "treat_missing_data"),
    band: textOfArgument(usual, "expression"),
    description: textOfArgument(alarm, "alarm_description"),
    ...actionsOf(reader, ALARM, id),
  };
}

export function readAlarm(reader: StackReader, id: string): DeployedAlarm | undefined {
  const alarm = reader.arguments(ALARM, id);
  // See readAnomalyAlarm and readLowestValueAlarm.
  if (blocksOf(alarm, "metric_query").length > 0) return undefined;
  const name = reader.text(ALARM, id, "alarm_name");
  const metricName = reader.text(ALARM, id, "metric_name");
  const namespace = reader.text(ALARM, id, "namespace");
  if (name === undefined || metricName === undefined || namespace === undefined) return undefined;

  const statistic = textOfArgument(alarm, "statistic") ?? "";
  const comparison = textOfArgument(alarm, "comparison_operator") ?? "";
  const treatMissingData = textOfArgument(alarm, "treat_missing_data") ?? "missing";
  const periodSeconds = numberOfArgument(alarm, "period");
  const evaluationPeriods = numberOfArgument(alarm, "evaluation_periods");
  const threshold = numberOfArgument(alarm, "threshold");
  const datapointsToAlarm = numberOfArgument(alarm, "datapoints_to_alarm");
  const dimensions = textMapOf(alarm, "dimensions");
  const description = textOfArgument(alarm, "alarm_description");
  if (!isStatistic(statistic) || !isComparison(comparison) || !isMissing(treatMissingData)) {
    reader.warn(ALARM, id, `only static thresholds on ${STATISTICS.join(", ")} are evaluated`);
    return undefined;
  }
  if (periodSeconds === undefined || evaluationPeriods === undefined || threshold === undefined) {
    reader.warn(ALARM, id, "'period', 'evaluation_periods' and 'threshold' are needed");
    return undefined;
  }
  refuseNumbers(reader, id, { periodSeconds, evaluationPeriods, datapointsToAlarm, threshold });
  return {
    name,
    metricName,
    namespace,
    statistic,
    comparison,
    treatMissingData,
    periodSeconds,
    evaluationPeriods,
    threshold,
    description,
    datapointsToAlarm,
    dimensions,
    ...actionsOf(reader, ALARM, id),
  };
}

export function readCompositeAlarm(reader: StackReader, id: string): DeployedCompositeAlarm | undefined {
  const name = reader.text(COMPOSITE, id, "alarm_name");
  const rule = reader.text(COMPOSITE, id, "alarm_rule");
  if (name === undefined || rule === undefined) return undefined;
  try {
    childrenOfRule(rule);
  } catch (error) {
    if (!(error instanceof AlarmError)) throw error;
    reader.warn(COMPOSITE, id, error.message);
    return undefined;
  }
  const [suppression] = blocksOf(reader.arguments(COMPOSITE, id), "actions_suppressor");
  if (suppression !== undefined && !isOfStack(reader, textOfArgument(suppression, "alarm"))) {
    reader.warn(COMPOSITE, id, "'actions_suppressor' is not evaluated, and suppresses nothing");
  }
  const description = textOfArgument(reader.arguments(COMPOSITE, id), "alarm_description");
  return {
    name,
    rule,
    isSuppressible: suppression !== undefined,
    description,
    ...actionsOf(reader, COMPOSITE, id),
  };
}

export function refuseNumbers(reader: StackReader, id: string, numbers: AlarmNumbers): void {
  const refusal = alarmRefusal(numbers);
  if (refusal !== undefined) reader.refuse(ALARM, id, refusal);
}

/** Whether an alarm belongs to the stack: alarms that no record can set off are listed elsewhere. */
function isOfStack(reader: StackReader, alarm = ""): boolean {
  const names = [ALARM, COMPOSITE].flatMap((type) =>
    reader.all(type).map(([, one]) => textOfArgument(one, "alarm_name")),
  );
  return /^\$\{aws_cloudwatch_\w+_alarm\./.test(alarm) || names.includes(alarm);
}

export function actionsOf(reader: StackReader, type: string, id: string): AlarmActions {
  return {
    actionsEnabled: flagOf(reader.arguments(type, id), "actions_enabled", true),
    alarmActions: reader.texts(type, id, "alarm_actions"),
    okActions: reader.texts(type, id, "ok_actions"),
    insufficientDataActions: reader.texts(type, id, "insufficient_data_actions"),
  };
}

export function readSubscription(reader: StackReader, id: string): DeployedSubscription | undefined {
  const topicArn = reader.text(SUBSCRIPTION, id, "topic_arn");
  const protocol = reader.text(SUBSCRIPTION, id, "protocol");
  const endpoint = reader.text(SUBSCRIPTION, id, "endpoint");
  if (topicArn === undefined || protocol === undefined || endpoint === undefined) return undefined;
  return { topicArn, protocol, endpoint };
}

/** The subscribers of a topic that the stack notifies and does not create: an alarm that reaches it is not silent. */
export function readExistingTopic(reader: StackReader, id: string): DeployedSubscription | undefined {
  const topicArn = isExisting(id) ? reader.text("aws_sns_topic", id, "arn") : undefined;
  return topicArn === undefined ? undefined : { topicArn, protocol: TOPIC_PROTOCOL, endpoint: topicArn };
}

function isStatistic(text: string): text is Statistic {
  return STATISTICS.includes(text);
}

export function isComparison(text: string): text is AlarmComparison {
  return COMPARISONS.includes(text);
}

export function isMissing(text: string): text is TreatMissingData {
  return MISSING.includes(text);
}

import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { CIS_FILTERS, CIS_NAMESPACE } from "./cis-filters";
import { policyDocument } from "./policy-document";
import type { ZoneSite } from "./zone-site";

const TOPIC = "company-cis-alarms";
const SUBSCRIBERS = [
  { address: "soc@example.com", confirmed: true },
  { address: "auditors@example.com", confirmed: false },
];
const RULE = "company-trail-changes";

/** Creates what notifies of events in a trail's log group: metric filters, alarms, a topic, and a rule beside them. */
export async function createOwnAlarms(site: ZoneSite, logGroup: string): Promise<void> {
  const topicArn = await createTopic(site);
  for (const subscriber of SUBSCRIBERS)
    await site.subscribe(site.management, topicArn, subscriber.address, subscriber.confirmed);
  const { logs, cloudWatch } = site.of(site.management);
  for (const { metric, pattern } of CIS_FILTERS) {
    const transformation = { metricName: metric, metricNamespace: CIS_NAMESPACE, metricValue: "1" };
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: logGroup,
        filterName: metric,
        filterPattern: pattern,
        metricTransformations: [transformation],
      }),
    );
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: metric,
        AlarmDescription: `CIS benchmark: ${metric}`,
        Namespace: CIS_NAMESPACE,
        MetricName: metric,
        Statistic: "Sum",
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        Threshold: 1,
        Period: 300,
        EvaluationPeriods: 1,
        TreatMissingData: "notBreaching",
        AlarmActions: [topicArn],
      }),
    );
  }
  await createRule(site, topicArn);
}

async function createTopic(site: ZoneSite): Promise<string> {
  const { sns } = site.of(site.management);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: TOPIC }));
  if (TopicArn === undefined) throw new Error(`the local AWS returned no ARN of topic '${TOPIC}'`);
  const AttributeValue = policyDocument({
    Sid: "AllowMonitoring",
    Effect: "Allow",
    Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
    Action: "sns:Publish",
    Resource: TopicArn,
    Condition: { StringEquals: { "aws:SourceAccount": site.management.id } },
  });
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
  return TopicArn;
}

/** A rule for changes of trails, which notifies minutes before a metric filter does. */
async function createRule(site: ZoneSite, topicArn: string): Promise<void> {
  const { events } = site.of(site.management);
  const EventPattern = JSON.stringify({
    source: ["aws.cloudtrail"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
    },
  });
  await events.send(new PutRuleCommand({ Name: RULE, EventPattern, State: "ENABLED" }));
  await events.send(new PutTargetsCommand({ Rule: RULE, Targets: [{ Id: TOPIC, Arn: topicArn }] }));
}

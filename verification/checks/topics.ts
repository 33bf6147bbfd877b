import { arn, roleArn } from "../../lib/aws/partitions";
import { evaluate, type PolicyRequest, type Verdict } from "../../lib/aws/policy-evaluator";
import type { AlarmActions, DeployedAccount } from "../../signals";
import type { DeployedRule } from "../../signals/deployment/deployment";
import { READS } from "../aws/calls";
import { failed, proven, unknown, type Finding } from "../result";
import type { ExpectedAccount, ExpectedTopic } from "../expected/expected-account";
import { redeploy, type Check, type Subject } from "./check";

type Teller = AlarmActions & { readonly name: string };

/** Services that publish for alarms and for rules, with the names that people know. */
const PUBLISHERS = {
  alarm: { service: "cloudwatch.amazonaws.com", name: "CloudWatch" },
  rule: { service: "events.amazonaws.com", name: "EventBridge" },
} as const;
/** Permissions for publishing to an encrypted topic. Source: SNS Developer Guide, permissions for AWS services. */
const KEY_USES = ["kms:GenerateDataKey", "kms:Decrypt"];

/** What must be denied to an identity outside the organization. */
const STRANGERS = ["sns:Subscribe", "sns:Publish"];

/** Name of the check of a topic, on which the checks of its key and subscriptions depend. */
export function topicCheckName(arn: string): string {
  return `topic ${topicNameOf(arn)} admits its publishers`;
}

/** Topics that alarms or rules notify. */
export function alarmTopics({ deployed, topics }: ExpectedAccount): readonly ExpectedTopic[] {
  return topics.filter(
    ({ arn }) =>
      tellersOf(deployed).some(({ alarmActions = [] }) => alarmActions.includes(arn)) ||
      rulesTo(deployed, [arn]).length > 0,
  );
}

/** Rules whose events go to one of the topics. */
export function rulesTo({ rules }: DeployedAccount, arns: readonly string[]): readonly DeployedRule[] {
  return rules.filter(({ topics = [] }) => topics.some((arn) => arns.includes(arn)));
}

/** All alarms that may notify a topic. */
export function tellersOf({ alarms, compositeAlarms = [] }: DeployedAccount): readonly Teller[] {
  return [...alarms, ...compositeAlarms];
}

/** Whether alarms and rules may publish to the topics, and use the keys of their messages. */
export function topicChecks(topics: readonly ExpectedTopic[]): Check[] {
  const keys = [...new Set(topics.filter(({ hasOwnKey = true }) => hasOwnKey).map(({ key }) => key))];
  return [
    ...topics.map((topic) => ({
      hop: "topic" as const,
      name: topicCheckName(topic.arn),
      run: (subject: Subject) => admits(subject, topic),
    })),
    ...keys.map((key) => {
      const encrypted = topics.filter((topic) => topic.key === key);
      const arns = encrypted.map(({ arn }) => arn);
      const remedy = redeploy(encrypted[0]?.stack ?? "");
      return {
        hop: "topic" as const,
        name: `key of ${arns.map(topicNameOf).join(", ")} admits its publishers`,
        run: (subject: Subject) => keyAdmits(subject, arns, remedy),
      };
    }),
  ];
}

async function admits(subject: Subject, { arn, stack }: ExpectedTopic): Promise<Finding> {
  const remedy = redeploy(stack);
  const attributes = await attributesOf(subject, arn);
  if (attributes === undefined) {
    return failed(`no such topic in ${topicRegionOf(arn)}`, "alarms have no topic to notify", remedy);
  }
  const publish = { action: "sns:Publish", resource: arn };
  const verdict = worst([attributes["Policy"] ?? "{}"], requests(subject, [arn], publish));
  const opened = STRANGERS.map((action) =>
    evaluate([attributes["Policy"] ?? "{}"], {
      principal: roleArn(topicRegionOf(arn), "000000000000", "stranger"),
      action,
      resource: arn,
      context: { "aws:SecureTransport": "true" },
    }),
  ).find(({ answer }) => answer === "allowed");
  if (opened !== undefined) {
    return failed(opened.because, "accounts outside the organization may read or forge messages", remedy);
  }
  return finding(verdict, "its policy admits them", {
    reason: "may not publish: no subscriber is notified",
    remedy,
  });
}

/** The topic's own check reports a missing topic. */
async function keyAdmits(subject: Subject, arns: readonly string[], remedy: string): Promise<Finding> {
  const topics = await Promise.all(arns.map(async (arn) => ({ arn, attributes: await attributesOf(subject, arn) })));
  const there = topics.flatMap(({ arn, attributes }) =>
    attributes === undefined ? [] : [{ arn, keyId: attributes["KmsMasterKeyId"] ?? "" }],
  );
  const findings = await Promise.all(
    [...new Set(there.map(({ keyId }) => keyId))].map((keyId) =>
      oneKeyAdmits(
        subject,
        { KeyId: keyId, arns: there.filter((topic) => topic.keyId === keyId).map(({ arn }) => arn) },
        remedy,
      ),
    ),
  );
  return (
    findings.find(({ status }) => status === "failed") ??
    findings.find(({ status }) => status === "unknown") ??
    findings[0] ??
    unknown("nothing", "not checked: there are no such topics")
  );
}

async function oneKeyAdmits(
  subject: Subject,
  { KeyId, arns }: { readonly KeyId: string; readonly arns: readonly string[] },
  remedy: string,
): Promise<Finding> {
  const { session, expected } = subject;
  const region = expected.homeRegion;
  const topics = arns.map(topicNameOf).join(", ");
  if (KeyId === "")
    return failed(`${topics} not encrypted`, "messages must be encrypted with a key of their own", remedy);
  if (KeyId === "alias/aws/sns") {
    return failed(
      `${topics} by ${KeyId}`,
      "the AWS managed key does not admit CloudWatch: no subscriber is notified",
      remedy,
    );
  }
  const key = (await session.query(READS.key, { KeyId }, region))?.KeyMetadata;
  if (key?.KeyState !== "Enabled") {
    const state = key?.KeyState ?? "missing";
    return failed(
      `key is ${state}`,
      "messages cannot be encrypted",
      enabling(state, `--region ${region} --key-id ${KeyId}`) ?? remedy,
    );
  }
  const answer = await session.query(READS.keyPolicy, { KeyId: key.Arn ?? KeyId, PolicyName: "default" }, region);
  const uses = KEY_USES.map((action) => ({ action, resource: key.Arn ?? KeyId }));
  const verdict = worst(
    [answer?.Policy ?? "{}"],
    uses.flatMap((use) => requests(subject, arns, use)),
  );
  return finding(verdict, "key is enabled, its policy admits them", {
    reason: "may not use the topic's key: no subscriber is notified",
    remedy,
  });
}

function enabling(state: string, key: string): string | undefined {
  if (state === "PendingDeletion") return `aws kms cancel-key-deletion ${key} && aws kms enable-key ${key}`;
  return state === "Disabled" ? `aws kms enable-key ${key}` : undefined;
}

type Use = Pick<PolicyRequest, "action" | "resource">;

/** A request of a service for an alarm or a rule. */
interface PublisherRequest extends PolicyRequest {
  readonly publisher: keyof typeof PUBLISHERS;
}

/** What CloudWatch and EventBridge request for the alarms and rules that notify one of the topics. */
function requests(subject: Subject, arns: readonly string[], use: Use): PublisherRequest[] {
  const { account, expected } = subject;
  const alarms = tellersOf(expected.deployed).filter(({ alarmActions = [] }) =>
    alarmActions.some((arn) => arns.includes(arn)),
  );
  const sources = [
    ...alarms.map(({ name }) => ({
      publisher: "alarm" as const,
      arn: arn(expected.homeRegion, "cloudwatch", account.id, `alarm:${name}`),
    })),
    ...rulesTo(expected.deployed, arns).map(({ name, region }) => ({
      publisher: "rule" as const,
      arn: arn(region, "events", account.id, `rule/${name}`),
    })),
  ];
  return sources.map(({ publisher, arn }) => ({
    ...use,
    publisher,
    principal: PUBLISHERS[publisher].service,
    context: { "aws:SourceAccount": account.id, "aws:SourceArn": arn, "aws:SecureTransport": "true" },
  }));
}

interface PublisherVerdict extends Verdict {
  readonly publisher: PublisherRequest["publisher"];
}

function worst(policies: readonly string[], asked: readonly PublisherRequest[]): PublisherVerdict | undefined {
  const verdicts = asked.map((each) => ({ ...evaluate(policies, each), publisher: each.publisher }));
  return verdicts.find(({ answer }) => answer === "denied") ?? verdicts.find(({ answer }) => answer === "undecided");
}

function finding(
  verdict: PublisherVerdict | undefined,
  good: string,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
): Finding {
  if (verdict === undefined) return proven(good);
  const { answer, because, publisher } = verdict;
  const consequence = `${PUBLISHERS[publisher].name} ${reason}`;
  return answer === "denied" ? failed(because, consequence, remedy) : unknown(because, consequence, remedy);
}

async function attributesOf({ session }: Subject, arn: string): Promise<Record<string, string> | undefined> {
  return (await session.query(READS.topic, { TopicArn: arn }, topicRegionOf(arn)))?.Attributes;
}

export function topicNameOf(topicArn: string): string {
  return topicArn.split(":").at(-1) ?? topicArn;
}

export function topicRegionOf(topicArn: string): string {
  return topicArn.split(":")[3] ?? "";
}

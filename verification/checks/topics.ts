import { evaluate, type PolicyRequest, type Verdict } from "../../lib/aws/policy-evaluator";
import type { AlarmActions, DeployedAccount } from "../../signals";
import type { DeployedRule } from "../../signals/deployment/deployment";
import { READS } from "../aws/calls";
import { failed, proven, unknown, type Finding } from "../result";
import type { ExpectedAccount, ExpectedTopic } from "../expected/expected-account";
import { redeploy, type Check, type Subject } from "./check";

type Teller = AlarmActions & { readonly name: string };

const PUBLISHER = "cloudwatch.amazonaws.com";
/** Permissions for publishing to an encrypted topic. Source: SNS Developer Guide, permissions for AWS services. */
const KEY_USES = ["kms:GenerateDataKey", "kms:Decrypt"];

/** An identity outside the organization, and the actions that must be denied to it. */
const STRANGER = "arn:aws:iam::000000000000:role/stranger";
const STRANGERS = ["sns:Subscribe", "sns:Publish"];

/** Name of the check of a topic, on which the checks of its key and subscriptions depend. */
export function topicCheckName(arn: string): string {
  return `topic ${topicNameOf(arn)} admits CloudWatch`;
}

/** Topics that alarms or rules notify. */
export function alarmTopics({ deployed, topics }: ExpectedAccount): readonly ExpectedTopic[] {
  return topics.filter(
    ({ arn }) =>
      tellersOf(deployed).some(({ alarmActions = [] }) => alarmActions.includes(arn)) ||
      rulesOf(deployed, [arn]).length > 0,
  );
}

/** Rules whose events go to one of the topics. */
function rulesOf({ rules }: DeployedAccount, arns: readonly string[]): readonly DeployedRule[] {
  return rules.filter(({ topics = [] }) => topics.some((arn) => arns.includes(arn)));
}

/** All alarms that may notify a topic. */
function tellersOf({ alarms, compositeAlarms = [] }: DeployedAccount): readonly Teller[] {
  return [...alarms, ...compositeAlarms];
}

/** Whether alarms may publish to the topics, and use the keys of their messages. */
export function topicChecks(topics: readonly ExpectedTopic[]): Check[] {
  const keys = [...new Set(topics.map(({ key }) => key))];
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
        name: `key of ${arns.map(topicNameOf).join(", ")} admits CloudWatch`,
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
  const alarms = tellersOf(subject.expected.deployed).filter(({ alarmActions }) => alarmActions?.includes(arn));
  const publish = { action: "sns:Publish", resource: arn };
  const verdict = worst(
    [
      ...alarms.map((alarm) => request(subject, alarm, publish)),
      ...rulesOf(subject.expected.deployed, [arn]).map((rule) => ruleRequest(subject, rule, publish)),
    ].map((each) => evaluate([attributes["Policy"] ?? "{}"], each)),
  );
  const opened = STRANGERS.map((action) =>
    evaluate([attributes["Policy"] ?? "{}"], {
      principal: STRANGER,
      action,
      resource: arn,
      context: { "aws:SecureTransport": "true" },
    }),
  ).find(({ answer }) => answer === "allowed");
  if (opened !== undefined) {
    return failed(opened.because, "accounts outside the organization may read or forge messages", remedy);
  }
  return finding(verdict, "its policy admits CloudWatch", {
    reason: "CloudWatch may not publish: no subscriber is notified",
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
  const alarms = tellersOf(expected.deployed).filter(({ alarmActions = [] }) =>
    alarmActions.some((arn) => arns.includes(arn)),
  );
  const verdict = worst(
    KEY_USES.map((action) => ({ action, resource: key.Arn ?? KeyId }))
      .flatMap((use) => [
        ...alarms.map((alarm) => request(subject, alarm, use)),
        ...rulesOf(expected.deployed, arns).map((rule) => ruleRequest(subject, rule, use)),
      ])
      .map((each) => evaluate([answer?.Policy ?? "{}"], each)),
  );
  return finding(verdict, "key is enabled, its policy admits CloudWatch", {
    reason: "CloudWatch may not use the topic's key: no subscriber is notified",
    remedy,
  });
}

function enabling(state: string, key: string): string | undefined {
  if (state === "PendingDeletion") return `aws kms cancel-key-deletion ${key} && aws kms enable-key ${key}`;
  return state === "Disabled" ? `aws kms enable-key ${key}` : undefined;
}

type Use = Pick<PolicyRequest, "action" | "resource">;

/** EventBridge publishes for a rule. */
function ruleRequest({ account }: Subject, { name, region }: DeployedRule, { action, resource }: Use): PolicyRequest {
  return {
    principal: "events.amazonaws.com",
    action,
    resource,
    context: {
      "aws:SourceAccount": account.id,
      "aws:SourceArn": `arn:aws:events:${region}:${account.id}:rule/${name}`,
      "aws:SecureTransport": "true",
    },
  };
}

function request({ account, expected }: Subject, alarm: Teller, { action, resource }: Use): PolicyRequest {
  return {
    principal: PUBLISHER,
    action,
    resource,
    context: {
      "aws:SourceAccount": account.id,
      "aws:SourceArn": `arn:aws:cloudwatch:${expected.homeRegion}:${account.id}:alarm:${alarm.name}`,
      "aws:SecureTransport": "true",
    },
  };
}

function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.find(({ answer }) => answer === "denied") ?? verdicts.find(({ answer }) => answer === "undecided");
}

function finding(
  verdict: Verdict | undefined,
  good: string,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
): Finding {
  if (verdict === undefined) return proven(good);
  return verdict.answer === "denied"
    ? failed(verdict.because, reason, remedy)
    : unknown(verdict.because, reason, remedy);
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

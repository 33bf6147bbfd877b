import type { DeployedAlarm } from "../../signals";
import { READS } from "../aws/calls";
import { judge, type PolicyRequest, type Verdict } from "../aws/policy";
import { failed, proven, unknown, type Finding } from "../result";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";

const PUBLISHER = "cloudwatch.amazonaws.com";
/** What publishing to an encrypted topic takes. Source: SNS Developer Guide, permissions for AWS services. */
const KEY_USES = ["kms:GenerateDataKey", "kms:Decrypt"];

/** Name of the check of a topic, from which its key and its subscriptions follow. */
export function topicCheckName(arn: string): string {
  return `topic ${nameOf(arn)} admits CloudWatch`;
}

/** ARNs of the topics that alarms tell or somebody subscribes to. */
export function topicsOf({ alarms, subscriptions }: Subject["expected"]["deployed"]): string[] {
  return [
    ...new Set([
      ...alarms.flatMap((alarm) => alarm.alarmActions ?? []),
      ...subscriptions.map(({ topicArn }) => topicArn),
    ]),
  ].filter((arn) => /^arn:[^:]+:sns:/.test(arn));
}

/** Whether alarms may publish to a topic, and use the key of its messages. */
export function topicChecks(arn: string): Check[] {
  return [
    { hop: "topic", name: topicCheckName(arn), run: (subject) => admits(subject, arn) },
    {
      hop: "topic",
      name: `key of topic ${nameOf(arn)} admits CloudWatch`,
      // Without its topic there is no key to look at.
      follows: [topicCheckName(arn)],
      run: (subject) => keyAdmits(subject, arn),
    },
  ];
}

async function admits(subject: Subject, arn: string): Promise<Finding> {
  const remedy = redeploy(monitoringStack(subject));
  const attributes = await attributesOf(subject, arn);
  if (attributes === undefined) {
    return failed(`no such topic in ${regionOf(arn)}`, "alarms have nobody to tell", remedy);
  }
  const alarms = subject.expected.deployed.alarms.filter(({ alarmActions }) => alarmActions?.includes(arn));
  const verdict = worst(
    alarms.map((alarm) =>
      judge([attributes["Policy"] ?? "{}"], request(subject, alarm, { action: "sns:Publish", resource: arn })),
    ),
  );
  return finding(verdict, "its policy admits CloudWatch", {
    reason: "CloudWatch may not publish: alarms go off unheard",
    remedy,
  });
}

async function keyAdmits(subject: Subject, arn: string): Promise<Finding> {
  const remedy = redeploy(monitoringStack(subject));
  const { session } = subject;
  const region = regionOf(arn);
  const KeyId = (await attributesOf(subject, arn))?.["KmsMasterKeyId"];
  if (KeyId === undefined || KeyId === "") {
    return failed("not encrypted", "the topic must be encrypted with a key of its own", remedy);
  }
  if (KeyId === "alias/aws/sns") {
    return failed(KeyId, "AWS's own key admits no CloudWatch: alarms go off unheard", remedy);
  }
  const key = (await session.ask(READS.key, { KeyId }, region))?.KeyMetadata;
  if (key?.KeyState !== "Enabled") {
    const state = key?.KeyState ?? "missing";
    const enable =
      state === "PendingDeletion"
        ? `aws kms cancel-key-deletion --region ${region} --key-id ${KeyId}, then enable-key`
        : `aws kms enable-key --region ${region} --key-id ${KeyId}`;
    return failed(`key is ${state}`, "messages cannot be encrypted", state === "missing" ? remedy : enable);
  }
  const answer = await session.ask(READS.keyPolicy, { KeyId: key.Arn ?? KeyId, PolicyName: "default" }, region);
  const alarms = subject.expected.deployed.alarms.filter(({ alarmActions }) => alarmActions?.includes(arn));
  const verdict = worst(
    alarms.flatMap((alarm) =>
      KEY_USES.map((action) =>
        judge([answer?.Policy ?? "{}"], request(subject, alarm, { action, resource: key.Arn ?? KeyId })),
      ),
    ),
  );
  return finding(verdict, "key is enabled, its policy admits CloudWatch", {
    reason: "CloudWatch may not use the topic's key: alarms go off unheard",
    remedy,
  });
}

function request(
  { account, expected }: Subject,
  alarm: DeployedAlarm,
  { action, resource }: { readonly action: string; readonly resource: string },
): PolicyRequest {
  return {
    service: PUBLISHER,
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
  return (await session.ask(READS.topic, { TopicArn: arn }, regionOf(arn)))?.Attributes;
}

export function nameOf(topicArn: string): string {
  return topicArn.split(":").at(-1) ?? topicArn;
}

export function regionOf(topicArn: string): string {
  return topicArn.split(":")[3] ?? "";
}

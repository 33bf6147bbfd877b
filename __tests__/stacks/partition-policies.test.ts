import { evaluate, type PolicyRequest } from "../../lib/aws/policy-evaluator";
import { partitionOf, PARTITIONS, type Region } from "../../lib/aws/partitions";
import { buildApp } from "../../main";
import { only } from "../support/detections";
import { testOrganization } from "../support/organization";
import { synthApp, testApp } from "../support/synth";

/** A home region, and the region of its partition from which events are forwarded. */
const STANDARD = ["eu-west-1", "us-east-1"] as const;
const OTHERS = [
  ["us-gov-east-1", "us-gov-west-1"],
  ["cn-north-1", "cn-northwest-1"],
] as const;

/** Hashes in addresses are of names that may hold a region. */
const withoutHashes = (text: string): string => text.replaceAll(/_[0-9A-F]{8}\b/g, "");

/** All policies of an organization with every kind of stack, by stack, address and argument. */
function policiesIn(homeRegion: Region): ReadonlyMap<string, string> {
  const organization = testOrganization({
    homeRegion,
    alertHub: { account: "log-archive" },
    archive: {
      bucket: "example-archive",
      readerRoleArns: [`arn:${partitionOf(homeRegion)}:iam::111111111111:role/Reader`],
    },
    deploymentRole: "trailwatch-deploy",
    deployment: {
      account: "workloads",
      github: { repository: "acme/security", environment: "production", ownerId: 1234567, repositoryId: 7654321 },
    },
    trail: { logFileNotifications: { enabled: true } },
    accounts: {
      management: only("heartbeat"),
      "log-archive": only("heartbeat"),
      workloads: { ...only("heartbeat"), feed: "account-trail" },
      payments: { id: "444444444444", role: "member", ...only("heartbeat", "root-use"), changeWindows: true },
    },
  });
  const found = new Map<string, string>();
  for (const [stack, { resource = {} }] of Object.entries(synthApp(buildApp(organization, testApp())))) {
    for (const [type, all] of Object.entries(resource)) {
      for (const [id, args] of Object.entries(all)) {
        for (const [argument, value] of Object.entries(args)) {
          if (typeof value === "string" && value.includes('"Statement"'))
            found.set(withoutHashes(`${stack} ${type}.${id} ${argument}`), withoutHashes(value));
        }
      }
    }
  }
  return found;
}

/** A text with ARNs, regions and names of services as they are in the partition of a home region. */
function translated(text: string, [home, global]: readonly [Region, Region]): string {
  const { dnsSuffix } = PARTITIONS[partitionOf(home)];
  return text
    .replaceAll("arn:aws:", `arn:${partitionOf(home)}:`)
    .replaceAll(/\b([a-z0-9]+\.(?:eu-west-1|us-east-1|\*))\.amazonaws\.com/g, `$1.${dnsSuffix}`)
    .replaceAll(STANDARD[0], home)
    .replaceAll(STANDARD[1], global);
}

const standard = policiesIn(STANDARD[0]);

test("there are policies of every kind", () => {
  const kinds = new Set([...standard.keys()].map((key) => key.replace(/^\S+ ([^.]+)\.\S+ /, "$1 ")));
  expect(kinds).toEqual(
    new Set([
      "aws_cloudwatch_event_bus_policy policy",
      "aws_cloudwatch_log_resource_policy policy_document",
      "aws_iam_policy policy",
      "aws_iam_role assume_role_policy",
      "aws_iam_role_policy policy",
      "aws_kms_key policy",
      "aws_s3_bucket_policy policy",
      "aws_secretsmanager_secret_policy policy",
      "aws_sns_topic_policy policy",
      "aws_sqs_queue_policy policy",
    ]),
  );
});

describe.each(OTHERS)("with home region %s", (home, global) => {
  const policies = policiesIn(home);
  const inPartition = (text: string) => translated(text, [home, global]);

  test("all policies are those of the standard partition, with this one's ARNs and services", () => {
    const expected = [...standard].map(([key, text]) => [inPartition(key), inPartition(text)] as const);
    expect([...policies.keys()]).toEqual(expected.map(([key]) => key));
    expect([...policies].filter(([, text], index) => text !== expected[index]?.[1])).toEqual([]);
  });

  const policyOf = (part: string): string => {
    const found = [...policies].filter(([key]) => key.includes(part)).map(([, text]) => text);
    if (found.length !== 1) throw new Error(`${part}: ${found.length} policies`);
    return found[0] ?? "";
  };
  const answer = (part: string, request: PolicyRequest) => evaluate([policyOf(part)], request).answer;
  const TRAIL = inPartition("arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization");
  const delivery = (trail: string): PolicyRequest => ({
    principal: "cloudtrail.amazonaws.com",
    action: "s3:PutObject",
    resource: inPartition("arn:aws:s3:::example-archive/AWSLogs/o-exampleorgid/111111111111/CloudTrail/x"),
    context: {
      "aws:SourceArn": trail,
      "aws:SourceOrgID": "o-exampleorgid",
      "s3:x-amz-acl": "bucket-owner-full-control",
      "aws:SecureTransport": "true",
      "s3:TlsVersion": "1.2",
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": "cloudtrail.amazonaws.com",
    },
  });

  test("the archive admits the organization trail of this partition only", () => {
    const bucket = "log-archive aws_s3_bucket_policy.archive_bucket_policy";
    expect(answer(bucket, delivery(TRAIL))).toBe("allowed");
    expect(answer(bucket, delivery(TRAIL.replace(/^arn:[^:]+/, "arn:aws")))).not.toBe("allowed");
    expect(answer(bucket, delivery(TRAIL.replace("111111111111", "999999999999")))).not.toBe("allowed");
  });

  const ownLogGroup = inPartition("arn:aws:logs:eu-west-1:444444444444:log-group:/aws/events/trailwatch");
  const encrypting = (principal: string, logGroup: string): PolicyRequest => ({
    principal,
    action: "kms:GenerateDataKey",
    context: { "kms:EncryptionContext:aws:logs:arn": logGroup },
  });

  test("the key of a log group admits CloudWatch Logs by its name in this region", () => {
    const key = "monitoring-payments aws_kms_key.feed_log-group_key";
    const service = inPartition("logs.eu-west-1.amazonaws.com");
    expect(answer(key, encrypting(service, ownLogGroup))).toBe("allowed");
    expect(answer(key, encrypting("logs.eu-west-1.amazonaws.com", ownLogGroup))).not.toBe("allowed");
    expect(answer(key, encrypting(service, ownLogGroup.replace("444444444444", "999999999999")))).not.toBe("allowed");
  });

  const alarm = inPartition("arn:aws:cloudwatch:eu-west-1:444444444444:alarm:trailwatch-payments-root-use");
  const publishing = (sourceArn: string, account: string): PolicyRequest => ({
    principal: "cloudwatch.amazonaws.com",
    action: "sns:Publish",
    resource: inPartition("arn:aws:sns:eu-west-1:444444444444:trailwatch-alerts"),
    context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": account, "aws:SecureTransport": "true" },
  });

  test("topics take messages of alarms of their account", () => {
    const topic = "monitoring-payments aws_sns_topic_policy.alerts_policy";
    expect(answer(topic, publishing(alarm, "444444444444"))).toBe("allowed");
    const foreign = alarm.replace("444444444444", "999999999999");
    expect(answer(topic, publishing(foreign, "999999999999"))).not.toBe("allowed");
  });
});

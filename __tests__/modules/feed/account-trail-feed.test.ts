import { evaluate } from "../../../lib/aws/policy-evaluator";
import { AccountTrailFeed, type AccountTrailFeedProps } from "../../../modules/feed/account-trail-feed";
import { countsOf, policyOf, resourceOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<AccountTrailFeedProps> = {}) =>
  synthModule((scope) => {
    new AccountTrailFeed(scope, "feed", {
      trailName: "trailwatch-account",
      logGroupName: "/trailwatch/payments/account-trail",
      retentionDays: 365,
      accountId: "333333333333",
      region: "eu-west-1",
      files: { archiveBucket: "example-archive", archiveKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/1" },
      ...changes,
    });
  });

test("the trail meets CIS: all regions, management events, validation, encryption, a log group", () => {
  expect(resourceOf(synth(), "aws_cloudtrail")).toEqual({
    name: "trailwatch-account",
    s3_bucket_name: "example-archive",
    kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
    is_organization_trail: false,
    is_multi_region_trail: true,
    include_global_service_events: true,
    enable_log_file_validation: true,
    enable_logging: true,
    advanced_event_selector: [
      { name: "Management events", field_selector: [{ field: "eventCategory", equals: ["Management"] }] },
    ],
    cloud_watch_logs_group_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn}:\*$/) as string,
    cloud_watch_logs_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
    depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
  });
});

test("the role is for this trail, account and region", () => {
  const stack = synth({ accountId: "444444444444", region: "us-east-1" });
  const [statement] = policyOf(resourceOf(stack, "aws_iam_role"), "assume_role_policy").Statement;
  expect(statement?.Condition).toEqual({
    StringEquals: {
      "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:444444444444:trail/trailwatch-account",
      "aws:SourceAccount": "444444444444",
    },
  });
});

test("events have the given retention, in the given log group", () => {
  const stack = synth({ logGroupName: "/other", retentionDays: 731 });
  expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({ name: "/other", retention_in_days: 731 });
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({
    aws_cloudtrail: 1,
    aws_cloudwatch_log_group: 1,
    aws_iam_role: 1,
    aws_iam_role_policies_exclusive: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachments_exclusive: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
  });
});

describe("with files of its own", () => {
  const stack = synth({
    files: { bucketName: "trailwatch-3-trail", keyAlias: "trailwatch-account-files", organizationId: "o-exampleorgid" },
  });

  test("the trail delivers to a bucket that is deleted after days, and waits for its policy", () => {
    expect(resourceOf(stack, "aws_s3_bucket")).toMatchObject({ bucket: "trailwatch-3-trail", force_destroy: true });
    expect(resourceOf(stack, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      expect.objectContaining({ status: "Enabled", expiration: [{ days: 7 }] }),
    ]);
    expect(resourceOf(stack, "aws_cloudtrail")).toMatchObject({
      s3_bucket_name: expect.stringMatching(/^\$\{aws_s3_bucket\./) as string,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.feed_files_key/) as string,
      depends_on: expect.arrayContaining([expect.stringMatching(/^aws_s3_bucket_policy\./)]) as string[],
    });
  });

  const policy = JSON.stringify(policyOf(resourceOf(stack, "aws_s3_bucket_policy")));
  const ARN = "arn:aws:cloudtrail:eu-west-1:333333333333:trail/trailwatch-account";
  const put = (key: string, trail: string, context: Readonly<Record<string, string>> = {}) =>
    evaluate([policy], {
      action: "s3:PutObject",
      resource: `arn:aws:s3:::trailwatch-3-trail/${key}`,
      principal: "cloudtrail.amazonaws.com",
      context: {
        "aws:SourceArn": trail,
        "s3:x-amz-acl": "bucket-owner-full-control",
        "aws:SecureTransport": "true",
        "aws:PrincipalIsAWSService": "true",
        "s3:TlsVersion": "1.2",
        ...context,
      },
    }).answer;

  test("the bucket admits this trail only, below the account's id", () => {
    expect(put("AWSLogs/333333333333/CloudTrail/x", ARN)).toBe("allowed");
    expect(put("AWSLogs/444444444444/CloudTrail/x", ARN)).not.toBe("allowed");
    expect(put("AWSLogs/333333333333/x", ARN.replace("trailwatch-account", "other"))).not.toBe("allowed");
    expect(put("AWSLogs/333333333333/x", ARN, { "aws:SecureTransport": "false" })).toBe("denied");
  });
});

import { TrailLogGroup, type TrailLogGroupProps } from "../../../modules/trail/trail-log-group";
import { countsOf, policyOf, resourceOf, synthModule } from "../../support/synth";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization";

function synth(changes: Partial<TrailLogGroupProps> = {}) {
  let group: TrailLogGroup | undefined;
  const stack = synthModule((scope) => {
    group = new TrailLogGroup(scope, "log-group", {
      logGroupName: "/trailwatch/management/organization-trail",
      retentionDays: 365,
      trailName: "trailwatch-organization",
      accountId: "111111111111",
      region: "eu-west-1",
      organizationId: "o-exampleorgid",
      ...changes,
    });
  });
  return { stack, group };
}

test("the log group is encrypted and keeps its events as long as is given", () => {
  const { stack } = synth();
  expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/trailwatch/management/organization-trail",
    retention_in_days: 365,
    kms_key_id: expect.stringContaining("aws_kms_key") as string,
  });
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/trailwatch-organization");
});

test("the role's policy", () => {
  expect(policyOf(resourceOf(synth().stack, "aws_iam_role_policy"))).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "AWSCloudTrailLogStreams",
         "Effect": "Allow",
         "Action": [
           "logs:CreateLogStream",
           "logs:PutLogEvents"
         ],
         "Resource": [
           "arn:aws:logs:eu-west-1:111111111111:log-group:/trailwatch/management/organization-trail:log-stream:111111111111_CloudTrail_eu-west-1*",
           "arn:aws:logs:eu-west-1:111111111111:log-group:/trailwatch/management/organization-trail:log-stream:o-exampleorgid_*"
         ]
       }
     ]
   }
  `);
});

test("the role's trust", () => {
  expect(policyOf(resourceOf(synth().stack, "aws_iam_role"), "assume_role_policy")).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "CloudTrailAssume",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudtrail.amazonaws.com"
         },
         "Action": "sts:AssumeRole",
         "Condition": {
           "StringEquals": {
             "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization",
             "aws:SourceAccount": "111111111111"
           }
         }
       }
     ]
   }
  `);
});

test("CloudTrail may assume the role for one trail of one account only", () => {
  const [statement, ...others] = policyOf(resourceOf(synth().stack, "aws_iam_role"), "assume_role_policy").Statement;
  expect(others).toEqual([]);
  expect(statement).toMatchObject({
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceArn": TRAIL, "aws:SourceAccount": "111111111111" } },
  });
});

describe("the role may write to", () => {
  const STREAMS = "arn:aws:logs:eu-west-1:111111111111:log-group:/trailwatch/management/organization-trail:log-stream:";
  const statements = (changes: Partial<TrailLogGroupProps> = {}) =>
    policyOf(resourceOf(synth(changes).stack, "aws_iam_role_policy")).Statement;

  test("only the two forms of stream names of an organization trail", () => {
    expect(statements().map(({ Resource }) => Resource)).toEqual([
      [`${STREAMS}111111111111_CloudTrail_eu-west-1*`, `${STREAMS}o-exampleorgid_*`],
    ]);
  });

  test("only the one form of stream names of an account trail", () => {
    const streams = synthModule((scope) => {
      new TrailLogGroup(scope, "log-group", {
        logGroupName: "/trailwatch/payments/account-trail",
        retentionDays: 365,
        trailName: "trailwatch-account",
        accountId: "333333333333",
        region: "us-east-1",
      });
    });
    expect(policyOf(resourceOf(streams, "aws_iam_role_policy")).Statement.map(({ Resource }) => Resource)).toEqual([
      [
        "arn:aws:logs:us-east-1:333333333333:log-group:/trailwatch/payments/account-trail:log-stream:" +
          "333333333333_CloudTrail_us-east-1*",
      ],
    ]);
  });

  test("streams, with permission to create and write only", () => {
    expect(statements().map(({ Action }) => Action)).toEqual([["logs:CreateLogStream", "logs:PutLogEvents"]]);
  });
});

test("the log group is named to CloudTrail with ':*'", () => {
  expect(synth().group?.streamsArn).toMatch(/:\*$/);
});

test("the log group can be destroyed unless that is prevented", () => {
  const lifecycle = (changes: Partial<TrailLogGroupProps> = {}) =>
    resourceOf(synth(changes).stack, "aws_cloudwatch_log_group").lifecycle;
  expect(lifecycle()).toBeUndefined();
  expect(lifecycle({ preventDestroy: true })).toEqual({ prevent_destroy: true });
});

test("nothing else is created", () => {
  expect(countsOf(synth().stack)).toEqual({
    aws_cloudwatch_log_group: 1,
    aws_iam_role: 1,
    aws_iam_role_policies_exclusive: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachments_exclusive: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
  });
});

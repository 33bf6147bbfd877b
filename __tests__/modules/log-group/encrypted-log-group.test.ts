import { EncryptedLogGroup, type EncryptedLogGroupProps } from "../../../modules/log-group/encrypted-log-group";
import { countsOf, policyOf, resourceOf, statementOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<EncryptedLogGroupProps> = {}) =>
  synthModule((scope) => {
    new EncryptedLogGroup(scope, "log-group", {
      name: "/trailwatch/example",
      retentionDays: 400,
      keyAlias: "example-logs",
      accountId: "111111111111",
      region: "eu-west-1",
      ...changes,
    });
  });

test("a log group has the given retention and its own key", () => {
  const stack = synth();
  expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/trailwatch/example",
    retention_in_days: 400,
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn}$/) as string,
  });
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/example-logs");
});

test("the key's policy", () => {
  expect(policyOf(resourceOf(synth(), "aws_kms_key"))).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "EnableRootAccountAdministration",
         "Effect": "Allow",
         "Principal": {
           "AWS": "arn:aws:iam::111111111111:root"
         },
         "Action": "kms:*",
         "Resource": "*"
       },
       {
         "Sid": "AllowCloudWatchLogs",
         "Effect": "Allow",
         "Principal": {
           "Service": "logs.eu-west-1.amazonaws.com"
         },
         "Action": [
           "kms:Encrypt*",
           "kms:Decrypt*",
           "kms:ReEncrypt*",
           "kms:GenerateDataKey*",
           "kms:Describe*"
         ],
         "Resource": "*",
         "Condition": {
           "ArnEquals": {
             "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111111111111:log-group:/trailwatch/example"
           }
         }
       }
     ]
   }
  `);
});

test("CloudWatch Logs may use the key for this log group of this region and account only", () => {
  const stack = synth({ name: "/other", region: "us-east-1", accountId: "333333333333" });
  const statement = statementOf(policyOf(resourceOf(stack, "aws_kms_key")), "AllowCloudWatchLogs");
  expect(statement.Principal).toEqual({ Service: "logs.us-east-1.amazonaws.com" });
  expect(statement.Condition).toEqual({
    ArnEquals: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:333333333333:log-group:/other" },
  });
});

test("log group and key can be destroyed unless that is prevented", () => {
  for (const type of ["aws_cloudwatch_log_group", "aws_kms_key"]) {
    expect(resourceOf(synth(), type).lifecycle).toBeUndefined();
    expect(resourceOf(synth({ preventDestroy: true }), type).lifecycle).toEqual({ prevent_destroy: true });
  }
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({ aws_cloudwatch_log_group: 1, aws_kms_key: 1, aws_kms_alias: 1 });
});

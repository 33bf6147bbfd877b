import { TerraformOutput } from "cdktf";
import { TopicKey, type TopicKeyProps } from "../../../modules/topic/topic-key";
import { countsOf, policyOf, resourceOf, statementOf, synthModule } from "../../support/synth";

const ALARMS = "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*";

const synth = (changes: Partial<TopicKeyProps> = {}) =>
  synthModule((scope) => {
    new TopicKey(scope, "topics-key", {
      alias: "trailwatch-topics",
      region: "eu-west-1",
      accountId: "333333333333",
      publisher: { service: "cloudwatch.amazonaws.com", sourceArn: ALARMS },
      ...changes,
    });
  });

test("the key rotates, and has the alias that is given", () => {
  const stack = synth({ alias: "other" });
  expect(resourceOf(stack, "aws_kms_key")).toMatchObject({
    description: "Trailwatch: notifications",
    enable_key_rotation: true,
    deletion_window_in_days: 30,
  });
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/other");
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
           "AWS": "arn:aws:iam::333333333333:root"
         },
         "Action": "kms:*",
         "Resource": "*"
       },
       {
         "Sid": "AllowPublisher",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudwatch.amazonaws.com"
         },
         "Action": [
           "kms:GenerateDataKey*",
           "kms:Decrypt"
         ],
         "Resource": "*",
         "Condition": {
           "StringEquals": {
             "aws:SourceAccount": "333333333333"
           },
           "ArnLike": {
             "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*"
           }
         }
       }
     ]
   }
  `);
});

test("the publisher has the permissions to publish to an encrypted topic, and no others", () => {
  const statement = statementOf(policyOf(resourceOf(synth(), "aws_kms_key")), "AllowPublisher");
  expect(statement.Action).toEqual(["kms:GenerateDataKey*", "kms:Decrypt"]);
});

test("another publisher of another account replaces the default publisher", () => {
  const sourceArn = ["arn:aws:cloudtrail:eu-west-1:111111111111:trail/one"];
  const publisher = { service: "cloudtrail.amazonaws.com", sourceArn };
  const policy = policyOf(resourceOf(synth({ publisher, accountId: "111111111111" }), "aws_kms_key"));
  expect(JSON.stringify(policy)).not.toMatch(/cloudwatch|333333333333/);
  expect(statementOf(policy, "AllowPublisher")).toMatchObject({
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": "111111111111" }, ArnLike: { "aws:SourceArn": sourceArn } },
  });
});

test("topics use the key's ARN", () => {
  const stack = synthModule((scope) => {
    const publisher = { service: "cloudwatch.amazonaws.com", sourceArn: ALARMS };
    const key = new TopicKey(scope, "key", { alias: "a", region: "eu-west-1", accountId: "333333333333", publisher });
    new TerraformOutput(scope, "arn", { value: key.arn });
  });
  expect(stack.output?.arn?.value).toMatch(/^\$\{aws_kms_key\.\w+\.arn}$/);
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({ aws_kms_key: 1, aws_kms_alias: 1 });
});

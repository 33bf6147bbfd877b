import { PlaceholderSecret, type PlaceholderSecretProps } from "../../../modules/watched-secrets/placeholder-secret";
import { countsOf, policyOf, resourceOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<PlaceholderSecretProps> = {}) =>
  synthModule((scope) => {
    new PlaceholderSecret(scope, "secret", {
      name: "MyProjectSecrets",
      recoveryWindowDays: 30,
      encryptionKeyArn: "arn:aws:kms:eu-west-1:333333333333:key/1",
      organizationId: "o-exampleorgid",
      ...changes,
    });
  });

test("a secret has the given key and recovery window", () => {
  expect(resourceOf(synth(), "aws_secretsmanager_secret")).toEqual({
    name: "MyProjectSecrets",
    description: "",
    kms_key_id: "arn:aws:kms:eu-west-1:333333333333:key/1",
    recovery_window_in_days: 30,
  });
  expect(resourceOf(synth({ recoveryWindowDays: 7 }), "aws_secretsmanager_secret").recovery_window_in_days).toBe(7);
});

test("a secret has the given description", () => {
  expect(resourceOf(synth({ description: "S3" }), "aws_secretsmanager_secret").description).toBe("S3");
});

test("the secret's policy", () => {
  expect(policyOf(resourceOf(synth(), "aws_secretsmanager_secret_policy"))).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "DenyOutsideOrganization",
         "Effect": "Deny",
         "Principal": "*",
         "Action": [
           "secretsmanager:*"
         ],
         "Resource": [
           "*"
         ],
         "Condition": {
           "StringNotEqualsIfExists": {
             "aws:PrincipalOrgID": "o-exampleorgid"
           },
           "BoolIfExists": {
             "aws:PrincipalIsAWSService": "false"
           }
         }
       }
     ]
   }
  `);
});

test("a policy that would make the secret public is refused", () => {
  expect(resourceOf(synth(), "aws_secretsmanager_secret_policy").block_public_policy).toBe(true);
});

test("the value is random and passed through the write-only argument", () => {
  const stack = synth();
  const version = resourceOf(stack, "aws_secretsmanager_secret_version");
  const [name = ""] = Object.keys(stack.ephemeral?.aws_secretsmanager_random_password ?? {});
  expect(version.secret_string_wo).toBe(
    '${jsonencode({ access_key_id = "placeholder", secret_access_key = ' +
      `ephemeral.aws_secretsmanager_random_password.${name}.random_password })}`,
  );
  expect(version.secret_string).toBeUndefined();
  expect(version.secret_binary).toBeUndefined();
});

test("a value that replaced the placeholder stays: neither version nor stages make Terraform write again", () => {
  expect(resourceOf(synth(), "aws_secretsmanager_secret_version")).toMatchObject({
    secret_string_wo_version: 1,
    version_stages: ["TRAILWATCH_PLACEHOLDER"],
    lifecycle: { ignore_changes: ["version_stages"] },
  });
});

test("two secrets have two random values", () => {
  const stack = synthModule((scope) => {
    for (const name of ["one", "two"]) {
      new PlaceholderSecret(scope, name, {
        name,
        recoveryWindowDays: 30,
        encryptionKeyArn: "arn:aws:kms:eu-west-1:333333333333:key/1",
        organizationId: "o-exampleorgid",
      });
    }
  });
  expect(Object.keys(stack.ephemeral?.aws_secretsmanager_random_password ?? {})).toHaveLength(2);
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({
    aws_secretsmanager_secret: 1,
    aws_secretsmanager_secret_policy: 1,
    aws_secretsmanager_secret_version: 1,
  });
});

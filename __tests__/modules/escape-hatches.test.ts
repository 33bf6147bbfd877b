import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { S3Backend, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { terraformAddressOf, ephemeralRandomText, lockStateInS3, pinProviderRange } from "../../modules/escape-hatches";
import { addressesOf, synthModule } from "../support/synth";

test("the provider may have major version 5 or 6, and Terraform must support write-only arguments", () => {
  const { terraform } = synthModule(pinProviderRange);
  expect(terraform.required_version).toBe(">= 1.11.0");
  expect(terraform.required_providers).toEqual({
    aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  });
});

test.each([
  [5, ">= 5.100.0, < 6.0.0"],
  [6, ">= 6.0.0, < 7.0.0"],
] as const)("one major version may be chosen: %s", (major, version) => {
  const { terraform } = synthModule((stack) => {
    pinProviderRange(stack, major);
  });
  expect(terraform.required_providers.aws).toEqual({ source: "hashicorp/aws", version });
});

test("the lock is added to the S3 backend, and to no other backend", () => {
  const { terraform } = synthModule((stack) => {
    new S3Backend(stack, { bucket: "state", key: "key" });
    lockStateInS3(stack);
  });
  expect(terraform.backend).toEqual({ s3: { bucket: "state", key: "key", use_lockfile: true } });
});

test("an address is the one that Terraform knows", () => {
  const stack = synthModule((scope) => {
    const topic = new SnsTopic(new Construct(scope, "alerts"), "topic", {});
    new TerraformOutput(scope, "address", { value: terraformAddressOf("aws_sns_topic", topic) });
  });
  expect(addressesOf(stack)).toEqual([stack.output?.address?.value]);
});

test("a random text is ephemeral: no resource, no data source, no output", () => {
  let reference = "";
  const stack = synthModule((scope) => {
    reference = ephemeralRandomText(scope, "one");
  });
  expect(reference).toBe("ephemeral.aws_secretsmanager_random_password.one.random_password");
  expect(stack.ephemeral).toEqual({
    aws_secretsmanager_random_password: { one: { password_length: 40, exclude_punctuation: true } },
  });
  expect([stack.resource, stack.data, stack.output]).toEqual([undefined, undefined, undefined]);
});

import { EncryptionKey, type EncryptionKeyProps } from "../../../modules/encryption-key/encryption-key";
import { countsOf, policyOf, resourceOf, synthModule } from "../../support/synth";

const synth = (changes: Partial<EncryptionKeyProps> = {}) =>
  synthModule((scope) => {
    new EncryptionKey(scope, "key", {
      purpose: "topics",
      alias: "example",
      description: "Example",
      region: "eu-west-1",
      accountId: "111111111111",
      ...changes,
    });
  });

test("a key rotates, and its deletion has the longest waiting period", () => {
  expect(resourceOf(synth(), "aws_kms_key")).toMatchObject({
    description: "Example",
    enable_key_rotation: true,
    deletion_window_in_days: 30,
  });
});

test("a key has an alias", () => {
  const stack = synth();
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/example");
  expect(resourceOf(stack, "aws_kms_alias").target_key_id).toMatch(/^\$\{aws_kms_key\..*\.key_id}$/);
});

test("by default only the account's own identities may use a key", () => {
  expect(policyOf(resourceOf(synth(), "aws_kms_key")).Statement).toEqual([
    {
      Sid: "EnableRootAccountAdministration",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
});

test("further statements do not replace the account's own control", () => {
  const further = { Sid: "Further", Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } as const;
  const { Statement } = policyOf(resourceOf(synth({ statements: [further] }), "aws_kms_key"));
  expect(Statement.map(({ Sid }) => Sid)).toEqual(["EnableRootAccountAdministration", "Further"]);
});

test("a key can be destroyed unless that is prevented", () => {
  expect(resourceOf(synth(), "aws_kms_key").lifecycle).toBeUndefined();
  expect(resourceOf(synth({ preventDestroy: false }), "aws_kms_key").lifecycle).toBeUndefined();
  expect(resourceOf(synth({ preventDestroy: true }), "aws_kms_key").lifecycle).toEqual({ prevent_destroy: true });
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({ aws_kms_key: 1, aws_kms_alias: 1 });
});

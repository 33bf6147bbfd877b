import { PLAIN } from "../../lib/naming/own-names";
import { ownBucketParts, ownBuckets } from "../../stacks/names";
import { watchedAccount } from "../../stacks/watched-account";
import { accountNamed } from "../../organization/organization";
import { admits } from "../support/admits";
import { testOrganization } from "../support/organization";
import { named, policyOf, resourceOf, type Policy, type StackJson } from "../support/synth";
import { resourcesOfStacks, synthVariant, variantNamed } from "../support/variants";

const variant = variantNamed("an existing state bucket in another region, deployed by CI");
const organization = variant.organization();
const stacks = synthVariant(variant);
const BUCKET = "arn:aws:s3:::company.states";
const STATE = `${BUCKET}/security/trailwatch/log-archive/terraform.tfstate`;
const KEY = "arn:aws:kms:eu-central-1:333333333333:key/0a1b2c3d";

test("no stack creates or changes the bucket or its key", () => {
  expect(Object.keys(stacks)).not.toContain("state-backend");
  const settings = resourcesOfStacks(stacks).filter(({ type }) => type.startsWith("aws_s3_bucket"));
  expect(JSON.stringify(settings)).not.toContain("company.states");
});

test("every stack keeps its state there, below the prefix and encrypted with the key", () => {
  for (const [id, { terraform }] of Object.entries(stacks)) {
    expect(terraform.backend["s3"]).toMatchObject({
      bucket: "company.states",
      key: `security/${PLAIN.stateKey(id)}`,
      region: "eu-central-1",
      encrypt: true,
      kms_key_id: KEY,
      use_lockfile: true,
      allowed_account_ids: ["333333333333"],
    });
  }
});

test("stacks read each other's states there", () => {
  const read = Object.values(stacks).flatMap(
    ({ data }) => Object.values(data?.["terraform_remote_state"] ?? {}) as { config: object }[],
  );
  expect(read.length).toBeGreaterThan(0);
  for (const { config } of read) {
    expect(config).toMatchObject({
      bucket: "company.states",
      key: expect.stringMatching(/^security\/trailwatch\//) as string,
    });
  }
});

describe("a role of CI", () => {
  const rightsOf = (role: string, stack: StackJson): Policy =>
    policyOf(resourceOf(stack, "aws_iam_role_policy", { name: role }), "policy");
  const owner = named(stacks, "deployment-roles-workloads");
  const context = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };

  test.each<[string, string, string, boolean]>([
    ["plan", "s3:GetObject", STATE, true],
    ["plan", "s3:PutObject", STATE, false],
    ["plan", "kms:Decrypt", KEY, true],
    ["plan", "kms:GenerateDataKey", KEY, false],
    ["audit", "s3:DeleteObject", `${STATE}.tflock`, true],
    ["deploy", "s3:PutObject", STATE, true],
    ["deploy", "s3:PutObject", `${STATE}.tflock`, true],
    ["deploy", "s3:DeleteObject", STATE, false],
    ["deploy", "kms:GenerateDataKey", KEY, true],
    ["deploy", "kms:GenerateDataKey", `${KEY}-2`, false],
    ["deploy", "s3:ListBucket", BUCKET, true],
    ["deploy", "s3:GetObject", `${BUCKET}/trailwatch/log-archive/terraform.tfstate`, false],
    ["deploy", "s3:PutObject", `${BUCKET}/other/terraform.tfstate`, false],
    ["deploy", "s3:PutBucketPolicy", BUCKET, false],
  ])("%s: %s on %s: %s", (role, action, resource, allowed) => {
    expect(admits(rightsOf(role, owner), { action, resource, context })).toBe(allowed);
  });

  test("has nothing to do with the bucket in other accounts", () => {
    const other = named(stacks, "deployment-roles-management");
    expect(admits(rightsOf("deploy", other), { action: "s3:GetObject", resource: STATE, context })).toBe(false);
  });
});

test("the guard watches the bucket, and readers of Trailwatch's states", () => {
  const watched = watchedAccount(organization, accountNamed(organization, "workloads"));
  expect(watched).toMatchObject({ stateBucket: "company.states", stateFolder: "security/trailwatch/" });
  expect(ownBuckets(organization)).toContain("company.states");
  expect(resourceOf(named(stacks, "monitoring-workloads"), "terraform_data", {}).input).toMatchObject({
    aws_s3_bucket: { bucket: "company.states", region: "eu-central-1" },
  });
});

test("trails leave out data events of Trailwatch's states, not of others", () => {
  expect(ownBucketParts(organization)).toContain("company.states/security/trailwatch");
  expect(ownBucketParts(testOrganization())).toEqual(ownBuckets(testOrganization()));
});

test("without a key of its own, the bucket's default encryption is used", () => {
  const bare = testOrganization({ state: { backend: "s3", account: "log-archive", existing: { bucket: "company" } } });
  const found = synthVariant({ name: "", organization: () => bare, accounts: () => [] });
  const { s3 } = named(found, "organization-trail").terraform.backend;
  expect(s3).toMatchObject({ key: "trailwatch/organization-trail/terraform.tfstate", region: "eu-west-1" });
  expect(s3).not.toHaveProperty("encrypt");
  expect(s3).not.toHaveProperty("kms_key_id");
});

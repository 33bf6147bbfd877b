import { ownStateOf } from "../../organization/resolve/state";
import { StateBackendStack } from "../../stacks/state-backend-stack";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { named, policyOf, resourceOf, statementOf, synthApp, testApp } from "../support/synth";

function synth(changes: OrganizationChanges = {}) {
  const app = testApp();
  const organization = testOrganization(changes);
  const state = ownStateOf(organization.state);
  if (state === undefined) throw new Error("expected state in S3");
  new StateBackendStack(app, "state-backend", { organization, state });
  return named(synthApp(app), "state-backend");
}

const S3 = { backend: "s3", account: "log-archive", bucket: "example-state" } as const;
const stack = synth();

test("the bucket is in the configured account", () => {
  expect(stack.provider.aws?.[0]?.allowed_account_ids).toEqual(["222222222222"]);
  expect(synth({ state: { ...S3, account: "management" } }).provider.aws?.[0]?.allowed_account_ids).toEqual([
    "111111111111",
  ]);
});

test("bucket and key are the ones that every backend names", () => {
  const { s3 } = stack.terraform.backend;
  expect(s3?.bucket).toBe(resourceOf(stack, "aws_s3_bucket").bucket);
  expect(s3?.kms_key_id).toBe(`arn:aws:kms:eu-west-1:222222222222:${String(resourceOf(stack, "aws_kms_alias").name)}`);
});

test("only this organization may access it", () => {
  const statement = statementOf(policyOf(resourceOf(stack, "aws_s3_bucket_policy")), "DenyOutsideOrganization");
  expect(statement.Condition).toMatchObject({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" } });
});

test("a role may delete state only if one is configured", () => {
  expect(JSON.stringify(stack)).not.toContain("ArnNotLike");
  expect(JSON.stringify(synth({ state: { ...S3, breakGlassRole: "break-glass" } }))).toContain("role/break-glass");
});

import { PLAIN } from "../../lib/naming/own-names";
import { TerraformStack } from "cdktf";
import { configureBackend } from "../../stacks/backend";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { synthModule, testApp } from "../support/synth";

/** Without a synthesis of the app: that asks a `cloud` backend for the version of the Terraform that is installed. */
const backend = (changes: OrganizationChanges = {}) =>
  synthModule((stack) => {
    configureBackend(stack, testOrganization(changes));
  }).terraform.backend;

const S3 = { backend: "s3", account: "log-archive", bucket: "example-state" } as const;

test("state in S3 is encrypted, locked and accessed with the role of the account that owns the bucket", () => {
  expect(backend()).toEqual({
    s3: {
      bucket: "example-state",
      key: "trailwatch/stack/terraform.tfstate",
      region: "eu-west-1",
      encrypt: true,
      kms_key_id: "arn:aws:kms:eu-west-1:222222222222:alias/trailwatch-state",
      use_lockfile: true,
      assume_role: { role_arn: "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole" },
      allowed_account_ids: ["222222222222"],
    },
  });
});

test("state in S3 of the management account is accessed with the caller's own credentials", () => {
  const { s3 } = backend({ state: { ...S3, account: "management" } });
  expect(s3?.kms_key_id).toBe("arn:aws:kms:eu-west-1:111111111111:alias/trailwatch-state");
  expect(s3).not.toHaveProperty("assume_role");
  expect(s3?.allowed_account_ids).toEqual(["111111111111"]);
});

test("state in a bucket outside the organization is rejected", () => {
  expect(() => backend({ state: { ...S3, account: "nobody" } })).toThrow(
    "'account' must name an account of the organization, got 'nobody'",
  );
});

test("the backend skips unsupported checks only with a local AWS", () => {
  const local = {
    use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
  };
  expect(backend({ localAws: true }).s3).toMatchObject(local);
  expect(backend({ localAws: true }).s3).not.toHaveProperty("allowed_account_ids");
  for (const setting of Object.keys(local)) expect(backend().s3).not.toHaveProperty(setting);
});

test("state in HCP Terraform has its own workspace", () => {
  const { terraform } = synthModule((stack) => {
    configureBackend(stack, testOrganization({ state: { backend: "cloud", organization: "example" } }));
  });
  expect(terraform.backend).toBeUndefined();
  expect(terraform).toMatchObject({
    cloud: { hostname: "app.terraform.io", organization: "example", workspaces: { name: "trailwatch-stack" } },
  });
});

test("state in HCP Terraform uses the given host and project", () => {
  const { terraform } = synthModule((stack) => {
    const state = { backend: "cloud", organization: "example", hostname: "tfe.example.com", project: "audit" } as const;
    configureBackend(stack, testOrganization({ state }));
  });
  expect(terraform).toMatchObject({
    cloud: { hostname: "tfe.example.com", workspaces: { name: "trailwatch-stack", project: "audit" } },
  });
});

test("local state is next to cdktf.out, with a path relative to the stack", () => {
  expect(backend({ state: { backend: "local" } })).toEqual({
    local: { path: "../../../terraform.stack.tfstate" },
  });
});

test.each(["s3", "local"] as const)("two stacks never share a state (%s)", (kind) => {
  const app = testApp();
  const state = kind === "s3" ? S3 : { backend: kind };
  const places = ["one", "two"].map((id) => {
    const stack = new TerraformStack(app, id);
    configureBackend(stack, testOrganization({ state }));
    return JSON.stringify((stack.toTerraform() as { terraform: { backend: unknown } }).terraform.backend);
  });
  expect(places[0]).not.toBe(places[1]);
});

test("a state's key is pinned: a different key would lose the state", () => {
  expect(PLAIN.stateKey("log-archive")).toBe("trailwatch/log-archive/terraform.tfstate");
});

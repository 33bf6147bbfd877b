import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lazy, type App } from "cdktf";
import { accountNamed, type Organization } from "../../organization/organization";
import { AccountStack } from "../../stacks/account-stack";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { named, resourceOf, synthApp, testApp } from "../support/synth";

/** The least that a stack can be, with further regions where asked for. */
class EmptyStack extends AccountStack {
  constructor(app: App, organization: Organization, account: string, regions: readonly string[]) {
    super(app, "example", { organization, account: accountNamed(organization, account) });
    for (const region of regions) this.regionalProvider(region);
  }
}

function synth(changes: OrganizationChanges = {}, account = "workloads", regions: readonly string[] = []) {
  const app = testApp();
  new EmptyStack(app, testOrganization(changes), account, regions);
  return named(synthApp(app), "example");
}

const provider = (changes?: OrganizationChanges, account?: string) => synth(changes, account).provider.aws?.[0];

test("a stack has one provider, for one account in the home region with its deployment role", () => {
  expect(synth().provider).toEqual({
    aws: [
      {
        region: "eu-west-1",
        allowed_account_ids: ["333333333333"],
        assume_role: [
          { role_arn: "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole", session_name: "trailwatch" },
        ],
        default_tags: [{ tags: { "trailwatch:stack": "example" } }],
      },
    ],
  });
});

test("an account's tags are added to the organization's, and replace them by key", () => {
  const changes: OrganizationChanges = {
    tags: { owner: "security", stage: "production" },
    accounts: { workloads: { tags: { owner: "payments", team: "x" } } },
  };
  const own = { owner: "payments", stage: "production", team: "x", "trailwatch:stack": "example" };
  expect(provider(changes)?.default_tags).toEqual([{ tags: own }]);
  expect(provider(changes, "log-archive")?.default_tags).toMatchObject([{ tags: changes.tags }]);
});

test("a provider for a further region uses the same account and role", () => {
  const [home, further] = synth({}, "workloads", ["us-east-1"]).provider.aws ?? [];
  expect(further).toEqual({ ...home, region: "us-east-1", alias: "us-east-1" });
});

describe("in the management account", () => {
  test("no role is assumed: there is none by default", () => {
    expect(provider({}, "management")).not.toHaveProperty("assume_role");
    expect(provider({ deploymentRole: "deploy" }, "management")).not.toHaveProperty("assume_role");
  });

  test("the configured role is assumed", () => {
    const changes = { accounts: { management: { deploymentRole: "deploy" } } };
    expect(provider(changes, "management")?.assume_role).toMatchObject([
      { role_arn: "arn:aws:iam::111111111111:role/deploy" },
    ]);
  });

  test("no other account is allowed either", () => {
    expect(provider({}, "management")?.allowed_account_ids).toEqual(["111111111111"]);
  });
});

test("an account's own role takes precedence over the organization's", () => {
  const changes = { deploymentRole: "organization-wide", accounts: { workloads: { deploymentRole: "own" } } };
  expect(provider(changes)?.assume_role).toMatchObject([{ role_arn: "arn:aws:iam::333333333333:role/own" }]);
});

test("resources carry the organization's tags and the name of their stack", () => {
  expect(provider({ tags: { owner: "security" } })?.default_tags).toEqual([
    { tags: { owner: "security", "trailwatch:stack": "example" } },
  ]);
});

test("the provider skips the metadata service only with a local AWS", () => {
  expect(provider({ localAws: true })).toMatchObject({ s3_use_path_style: true, skip_metadata_api_check: "true" });
  expect(provider()).not.toHaveProperty("s3_use_path_style");
  expect(provider()).not.toHaveProperty("skip_metadata_api_check");
});

test("stacks require Terraform and the provider in the tested range", () => {
  expect(synth().terraform).toMatchObject({
    required_version: ">= 1.11.0",
    required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
  });
});

test("an empty stack has no resources", () => {
  expect(synth().resource).toBeUndefined();
});

test("roles have the path, prefix and boundary of the settings, and elements are rendered once", () => {
  const app = testApp();
  const iam = { path: "/watch/", namePrefix: "acme-", permissionsBoundary: "limits" };
  const stack = new EmptyStack(app, testOrganization({ iam }), "workloads", []);
  const description = jest.fn(() => "made late");
  const assumeRolePolicy = "{}";
  new IamRole(stack, "own", {
    name: "trailwatch-heartbeat",
    assumeRolePolicy,
    description: Lazy.stringValue({ produce: description }),
  });
  new IamRole(stack, "yours", { name: "yours", assumeRolePolicy });

  const written = named(synthApp(app), "example");
  const settings = { path: "/watch/", permissions_boundary: "arn:aws:iam::333333333333:policy/limits" };
  expect(resourceOf(written, "aws_iam_role", { name: "acme-trailwatch-heartbeat" })).toMatchObject(settings);
  expect(resourceOf(written, "aws_iam_role", { name: "yours" })).toMatchObject(settings);
  expect(description).toHaveBeenCalledTimes(1);
});

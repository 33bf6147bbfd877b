import { TerraformStack } from "cdktf";
import { createDeploymentRoles } from "../../stacks/deployment-roles-stack";
import { stackPlanOf } from "../../stacks/stack-plan";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { admits } from "../support/admits";
import {
  addressesOf,
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  synthApp,
  testApp,
  type Policy,
} from "../support/synth";

const GITHUB = "token.actions.githubusercontent.com";
const github = { repository: "acme/watch", ownerId: 1001, repositoryId: 2002 };
const BY_GITHUB: OrganizationChanges = {
  deploymentRole: "trailwatch-deploy",
  deployment: { account: "log-archive", github },
};
const BY_HCP_TERRAFORM: OrganizationChanges = {
  deploymentRole: "trailwatch-deploy",
  deployment: { account: "log-archive", hcpTerraform: true },
  state: { backend: "cloud", organization: "acme", project: "security" },
};

function rolesOf(changes: OrganizationChanges) {
  const app = testApp();
  const organization = testOrganization(changes);
  const { deploymentRoles } = stackPlanOf(organization);
  if (deploymentRoles !== undefined) createDeploymentRoles(app, organization, deploymentRoles);
  return { app, stacks: synthApp(app) };
}

const { app, stacks } = rolesOf(BY_GITHUB);
const entry = named(stacks, "deployment-roles-log-archive");
const workloads = named(stacks, "deployment-roles-workloads");

const trustOf = (name: string, stack = entry) =>
  policyOf(resourceOf(stack, "aws_iam_role", { name }), "assume_role_policy");

/** The policy of a role; roles are identified by the names of their policies. */
const rightsOf = (name: string, stack = workloads) => policyOf(resourceOf(stack, "aws_iam_role_policy", { name }));

const may = (policy: Policy, action: string, resource = "*", context: Record<string, string | string[]> = {}) =>
  admits(policy, { action, resource, context });

test("only administrators deploy unless organization.yaml configures CI", () => {
  expect(rolesOf({}).stacks).toEqual({});
});

test("each account has a stack, which an administrator deploys after the stack of the entry account", () => {
  const dependencies = app.node.children.filter((node) => TerraformStack.isStack(node));
  expect(dependencies.map(({ node, dependencies }) => [node.id, dependencies.map((one) => one.node.id)])).toEqual([
    ["deployment-roles-log-archive", []],
    ["deployment-roles-management", ["deployment-roles-log-archive"]],
    ["deployment-roles-workloads", ["deployment-roles-log-archive"]],
  ]);
  expect(workloads.provider.aws?.[0]?.assume_role).toMatchObject([
    { role_arn: "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole" },
  ]);
  expect(named(stacks, "deployment-roles-management").provider.aws?.[0]).not.toHaveProperty("assume_role");
});

test("the entry roles are in one account only", () => {
  expect(addressesOf(workloads)).toEqual(expect.not.arrayContaining([expect.stringContaining("openid")]));
  const names = (stack: typeof entry) => resourcesOf(stack, "aws_iam_role").map(({ name }) => name);
  expect(names(workloads).sort()).toEqual(["trailwatch-audit", "trailwatch-deploy", "trailwatch-plan"]);
  expect(names(entry).sort()).toEqual([
    ...["trailwatch-audit", "trailwatch-ci-apply", "trailwatch-ci-audit", "trailwatch-ci-plan"],
    ...["trailwatch-deploy", "trailwatch-plan"],
  ]);
});

describe("a GitHub token", () => {
  const admitted = (
    role: string,
    sub: string,
    { aud = "sts.amazonaws.com", repository = "2002", branch = "main" } = {},
  ) =>
    admits(trustOf(role), {
      principal: `arn:aws:iam::222222222222:oidc-provider/${GITHUB}`,
      action: "sts:AssumeRoleWithWebIdentity",
      context: {
        [`${GITHUB}:sub`]: sub,
        [`${GITHUB}:aud`]: aud,
        [`${GITHUB}:repository_id`]: repository,
        [`${GITHUB}:ref`]: sub.endsWith("pull_request") ? "refs/pull/7/merge" : `refs/heads/${branch}`,
      },
    });

  test.each([
    ["trailwatch-ci-plan", "repo:acme/watch:pull_request"],
    ["trailwatch-ci-plan", "repo:acme@1001/watch@2002:pull_request"],
    ["trailwatch-ci-audit", "repo:acme/watch:ref:refs/heads/main"],
    ["trailwatch-ci-audit", "repo:acme@1001/watch@2002:ref:refs/heads/main"],
    ["trailwatch-ci-apply", "repo:acme/watch:environment:production"],
    ["trailwatch-ci-apply", "repo:acme@1001/watch@2002:environment:production"],
  ])("%s admits %s, and it alone", (role, sub) => {
    expect(admitted(role, sub)).toBe(true);
    expect(["plan", "audit", "apply"].filter((one) => admitted(`trailwatch-ci-${one}`, sub))).toHaveLength(1);
  });

  test.each([
    ["another repository", "repo:acme/other:environment:production"],
    ["another owner", "repo:mallory/watch:environment:production"],
    ["the beginning of the name", "repo:acme/watch-evil:environment:production"],
    ["a wildcard", "repo:acme/*:environment:production"],
    ["another owner's number", "repo:acme@6666/watch@2002:environment:production"],
    ["another repository's number", "repo:acme@1001/watch@6666:environment:production"],
    ["another environment", "repo:acme/watch:environment:staging"],
    ["a branch", "repo:acme/watch:ref:refs/heads/main"],
    ["a pull request", "repo:acme/watch:pull_request"],
    ["other capitals", "repo:Acme/watch:environment:production"],
  ])("%s does not deploy", (_what, sub) => {
    expect(admitted("trailwatch-ci-apply", sub)).toBe(false);
  });

  test("another branch cannot use the audit role, and a token for another audience is denied", () => {
    expect(admitted("trailwatch-ci-audit", "repo:acme/watch:ref:refs/heads/evil")).toBe(false);
    const aud = "https://github.com/acme";
    expect(admitted("trailwatch-ci-apply", "repo:acme/watch:environment:production", { aud })).toBe(false);
  });

  test.each([
    ["plan", "pull_request"],
    ["audit", "ref:refs/heads/main"],
    ["apply", "environment:production"],
  ])("%s refuses another repository that took the name", (role, context) => {
    expect(admitted(`trailwatch-ci-${role}`, `repo:acme/watch:${context}`, { repository: "6666" })).toBe(false);
  });

  test("another branch cannot deploy, even if the environment admits it", () => {
    const branch = "evil";
    expect(admitted("trailwatch-ci-apply", "repo:acme/watch:environment:production", { branch })).toBe(false);
  });
});

describe("an HCP Terraform token", () => {
  const ofHcp = named(rolesOf(BY_HCP_TERRAFORM).stacks, "deployment-roles-log-archive");
  const admitted = (sub: string, aud = "aws.workload.identity") =>
    admits(trustOf("trailwatch-ci-hcp-terraform", ofHcp), {
      principal: "arn:aws:iam::222222222222:oidc-provider/app.terraform.io",
      action: "sts:AssumeRoleWithWebIdentity",
      context: { "app.terraform.io:sub": sub, "app.terraform.io:aud": aud },
    });
  const WORKSPACE = "organization:acme:project:security:workspace:trailwatch-log-archive";

  test("is admitted in both phases, from Trailwatch's workspaces of the project", () => {
    expect(admitted(`${WORKSPACE}:run_phase:plan`)).toBe(true);
    expect(admitted(`${WORKSPACE}:run_phase:apply`)).toBe(true);
  });

  test.each([
    "organization:evil:project:security:workspace:trailwatch-log-archive:run_phase:apply",
    "organization:acme:project:other:workspace:trailwatch-log-archive:run_phase:apply",
    "organization:acme:project:security:workspace:other:run_phase:apply",
    `${WORKSPACE}:run_phase:*`,
  ])("is refused as %s", (sub) => {
    expect(admitted(sub)).toBe(false);
  });

  test("is refused for another audience, and there are no roles for GitHub", () => {
    expect(admitted(`${WORKSPACE}:run_phase:plan`, "sts.amazonaws.com")).toBe(false);
    expect(resourcesOf(ofHcp, "aws_iam_role").map(({ name }) => name)).not.toContain("trailwatch-plan");
  });
});

describe("the roles in each account", () => {
  const admitted = (role: string, from: string, organization = "o-exampleorgid") =>
    admits(trustOf(role, workloads), {
      principal: `arn:aws:iam::222222222222:role/${from}`,
      action: "sts:AssumeRole",
      context: { "aws:PrincipalOrgID": organization },
    });

  test.each([
    ["trailwatch-deploy", "trailwatch-ci-apply"],
    ["trailwatch-plan", "trailwatch-ci-plan"],
    ["trailwatch-audit", "trailwatch-ci-audit"],
  ])("%s trusts %s of the organization, and no other", (role, from) => {
    expect(admitted(role, from)).toBe(true);
    expect(admitted(role, from, "o-otherorgid")).toBe(false);
    const others = ["plan", "audit", "apply", "hcp-terraform"].map((one) => `trailwatch-ci-${one}`);
    expect(others.filter((one) => one !== from && admitted(role, one))).toEqual([]);
  });

  test.each([
    ["plan", "trailwatch-plan"],
    ["audit", "trailwatch-audit"],
    ["apply", "trailwatch-deploy"],
  ])("a first role can do nothing but go on to its second (%s)", (entryRole, second) => {
    const role = Object.entries(entry.resource?.aws_iam_role_policy ?? {}).find(([id]) =>
      id.startsWith(`trailwatch-ci-${entryRole}_`),
    )?.[1];
    const policy = policyOf(role ?? {});
    const ours = { "aws:ResourceOrgID": "o-exampleorgid" };
    expect(may(policy, "sts:AssumeRole", `arn:aws:iam::333333333333:role/${second}`, ours)).toBe(true);
    expect(
      may(policy, "sts:AssumeRole", `arn:aws:iam::333333333333:role/${second}`, { "aws:ResourceOrgID": "o-x" }),
    ).toBe(false);
    expect(may(policy, "sts:AssumeRole", "arn:aws:iam::333333333333:role/Administrator", ours)).toBe(false);
    expect(policy.Statement).toHaveLength(1);
  });
});

describe("state", () => {
  const STATE = "arn:aws:s3:::example-state/trailwatch/monitoring-workloads/terraform.tfstate";

  test.each([
    ["plan", "s3:GetObject", STATE, true],
    ["plan", "s3:PutObject", STATE, false],
    ["plan", "s3:DeleteObject", STATE, false],
    ["plan", "s3:PutObject", `${STATE}.tflock`, false],
    ["plan", "s3:DeleteObject", `${STATE}.tflock`, false],
    ["audit", "s3:PutObject", STATE, false],
    ["audit", "s3:PutObject", `${STATE}.tflock`, true],
    ["audit", "s3:DeleteObject", `${STATE}.tflock`, true],
    ["audit", "s3:GetObject", STATE, true],
    ["deploy", "s3:PutObject", STATE, true],
    ["deploy", "s3:DeleteObject", STATE, false],
    ["deploy", "s3:DeleteObject", `${STATE}.tflock`, true],
    ["deploy", "s3:DeleteObjectVersion", `${STATE}.tflock`, false],
    ["deploy", "s3:GetObject", "arn:aws:s3:::example-archive/AWSLogs/o-exampleorgid/a.json.gz", false],
  ])("%s: %s on %s: %s", (role, action, resource, allowed) => {
    expect(may(rightsOf(role, entry), action, resource)).toBe(allowed);
  });

  test.each<[string, boolean]>([
    ["plan", false],
    ["audit", true],
    ["deploy", true],
  ])("%s encrypts for its bucket: %s", (role, encrypts) => {
    const context = {
      "kms:ViaService": "s3.eu-west-1.amazonaws.com",
      "kms:ResourceAliases": ["alias/trailwatch-state"],
    };
    const key = "arn:aws:kms:eu-west-1:222222222222:key/1";
    expect(may(rightsOf(role, entry), "kms:GenerateDataKey", key, context)).toBe(encrypts);
    expect(may(rightsOf(role, entry), "kms:Decrypt", key, context)).toBe(true);
  });

  test("is encrypted with a key that exists, or still with Trailwatch's, which has encrypted older states", () => {
    const state = "arn:aws:kms:eu-west-1:222222222222:key/company";
    const { stacks: own } = rolesOf({ ...BY_GITHUB, keys: { state } });
    const rights = rightsOf("deploy", named(own, "deployment-roles-log-archive"));
    const context = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
    const former = { ...context, "kms:ResourceAliases": ["alias/trailwatch-state"] };
    expect(may(rights, "kms:GenerateDataKey", state, context)).toBe(true);
    expect(may(rights, "kms:GenerateDataKey", state)).toBe(false);
    expect(may(rights, "kms:Decrypt", `${state}-2`, context)).toBe(false);
    expect(may(rights, "kms:Decrypt", "arn:aws:kms:eu-west-1:222222222222:key/1", former)).toBe(true);
  });

  test("cannot be changed by deployments: neither the bucket's policy nor its key", () => {
    const rights = rightsOf("deploy", entry);
    expect(may(rights, "s3:PutBucketPolicy", "arn:aws:s3:::example-state")).toBe(false);
    expect(may(rights, "s3:ListBucket", "arn:aws:s3:::example-state")).toBe(true);
    const ours = (alias: string) => ({
      "aws:ResourceTag/trailwatch:stack": "x",
      "kms:ResourceAliases": [`alias/${alias}`],
    });
    const mayPut = (alias: string) =>
      may(rights, "kms:PutKeyPolicy", "arn:aws:kms:eu-west-1:222222222222:key/1", ours(alias));
    expect([mayPut("trailwatch-state"), mayPut("trailwatch-archive")]).toEqual([false, true]);
  });

  test("cannot be accessed from an account that does not own it", () => {
    expect(may(rightsOf("deploy", workloads), "s3:GetObject", STATE)).toBe(false);
  });
});

describe("the role that plans a pull request", () => {
  test.each([
    ...["secretsmanager:GetSecretValue", "logs:FilterLogEvents", "s3:GetObject", "kms:Decrypt", "iam:CreateRole"],
    ...["cloudtrail:LookupEvents", "cloudtrail:GetQueryResults", "cloudtrail:ListInsightsData"],
    ...["cloudwatch:GetInsightRuleReport", "states:DescribeExecution", "states:GetExecutionHistory"],
  ])("may not %s", (action) => {
    expect(
      may(rightsOf("plan"), action, "*", {
        "aws:ResourceTag/trailwatch:stack": "monitoring-workloads",
        "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
        "kms:ResourceAliases": ["alias/trailwatch-secrets"],
      }),
    ).toBe(false);
  });
});

describe("the deployment role of CI", () => {
  const deploy = rightsOf("deploy");
  const ACCOUNT = "arn:aws:iam::333333333333";
  const BOUNDARY = `${ACCOUNT}:policy/trailwatch-boundary`;

  test.each([
    "cloudtrail:StopLogging",
    "cloudtrail:DeleteTrail",
    "s3:PutBucketObjectLockConfiguration",
    "s3:BypassGovernanceRetention",
    "kms:ScheduleKeyDeletion",
    "kms:DisableKey",
    "organizations:LeaveOrganization",
  ])("may not %s, even if something else allows it", (action) => {
    const everything = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" };
    expect(may({ ...deploy, Statement: [...deploy.Statement, everything] }, action)).toBe(false);
  });

  test("creates roles with the permissions boundary only", () => {
    const role = `${ACCOUNT}:role/trailwatch-heartbeat`;
    for (const action of [
      "iam:CreateRole",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:PutRolePermissionsBoundary",
    ]) {
      expect(may(deploy, action, role, { "iam:PermissionsBoundary": BOUNDARY })).toBe(true);
      expect(may(deploy, action, role, { "iam:PermissionsBoundary": `${ACCOUNT}:policy/wide` })).toBe(false);
      expect(may(deploy, action, role)).toBe(false);
      expect(may(deploy, action, `${ACCOUNT}:role/other`, { "iam:PermissionsBoundary": BOUNDARY })).toBe(false);
    }
  });

  test.each([
    ["iam:DeleteRolePermissionsBoundary", `${ACCOUNT}:role/trailwatch-heartbeat`],
    ["iam:CreatePolicyVersion", BOUNDARY],
    ["iam:SetDefaultPolicyVersion", BOUNDARY],
    ["iam:DeletePolicy", BOUNDARY],
    ["iam:PutRolePolicy", `${ACCOUNT}:role/trailwatch-deploy`],
    ["iam:UpdateAssumeRolePolicy", `${ACCOUNT}:role/trailwatch-deploy`],
    ["iam:UpdateAssumeRolePolicy", `${ACCOUNT}:role/trailwatch-ci-apply`],
    ["iam:AttachRolePolicy", `${ACCOUNT}:role/trailwatch-plan`],
    ["iam:PassRole", `${ACCOUNT}:role/OrganizationAccountAccessRole`],
    ["iam:UpdateOpenIDConnectProviderThumbprint", `${ACCOUNT}:oidc-provider/${GITHUB}`],
  ])("cannot widen its own rights: %s on %s", (action, resource) => {
    const context = { "iam:PermissionsBoundary": BOUNDARY, "iam:PassedToService": "events.amazonaws.com" };
    expect(may(deploy, action, resource, context)).toBe(false);
  });

  test("cannot change the role that may delete state, whatever its name", () => {
    const state = {
      backend: "s3",
      account: "log-archive",
      bucket: "example-state",
      breakGlassRole: "trailwatch-break-glass",
    } as const;
    const ofEntry = named(rolesOf({ ...BY_GITHUB, state }).stacks, "deployment-roles-log-archive");
    const role = "arn:aws:iam::222222222222:role/trailwatch-break-glass";
    expect(may(rightsOf("deploy", ofEntry), "iam:UpdateAssumeRolePolicy", role)).toBe(false);
    expect(may(rightsOf("deploy", ofEntry), "iam:UpdateAssumeRolePolicy", `${role}-x`)).toBe(true);
  });

  test("cannot change the role that may delete the archive's objects", () => {
    const archive = { bucket: "example-archive", breakGlassRole: "trailwatch-break-glass" };
    const roles = rolesOf({ ...BY_GITHUB, archive }).stacks;
    const mayTrust = (account: string, id: string) =>
      may(
        rightsOf("deploy", named(roles, `deployment-roles-${account}`)),
        "iam:UpdateAssumeRolePolicy",
        `arn:aws:iam::${id}:role/trailwatch-break-glass`,
      );
    expect([mayTrust("log-archive", "222222222222"), mayTrust("workloads", "333333333333")]).toEqual([false, true]);
  });

  test("passes roles to services that need one only", () => {
    const pass = (service: string) =>
      may(deploy, "iam:PassRole", `${ACCOUNT}:role/trailwatch-heartbeat`, { "iam:PassedToService": service });
    expect(pass("scheduler.amazonaws.com")).toBe(true);
    expect(pass("ec2.amazonaws.com")).toBe(false);
    expect(pass("lambda.amazonaws.com")).toBe(false);
  });

  const OUR_TAG = { "aws:RequestTag/trailwatch:stack": "x", "aws:ResourceTag/trailwatch:stack": "x" };

  test.each(["GetSecretValue", "CreateSecret", "TagResource", "PutResourcePolicy"])(
    "%s: of secrets that Trailwatch creates only, whatever tag others get",
    (action) => {
      const touch = (name: string, stack = workloads) =>
        may(
          rightsOf("deploy", stack),
          `secretsmanager:${action}`,
          `arn:aws:secretsmanager:eu-west-1:333333333333:secret:${name}`,
          OUR_TAG,
        );
      expect(touch("MyProjectSecrets-a1B2c3")).toBe(true);
      expect(touch("MyProjectSecrets-of-others-a1B2c3")).toBe(false);
      expect(touch("billing-a1B2c3")).toBe(false);
      expect(touch("MyProjectSecrets-a1B2c3", entry)).toBe(false);
    },
  );

  test("twenty-five secrets with long names fit into the role's policy", () => {
    const create = Array.from({ length: 25 }, (_, index) => ({ name: `team/service/${index}/credentials` }));
    expect(() => rolesOf({ ...BY_GITHUB, accounts: { workloads: { secrets: { create } } } })).not.toThrow();
  });

  const KEY = "arn:aws:kms:eu-west-1:333333333333:key/1";
  const NO_VALUE = { "aws:ResourceTag/trailwatch:stack": "" };
  const REQUESTED = { "aws:RequestTag/trailwatch:stack": "x" };
  const OTHER_ALIASES = [
    [],
    ["alias/billing"],
    ["alias/trailwatch-topics"],
    ["alias/trailwatch-topics", "alias/billing"],
  ];

  test("creates a key with its tags, then its rotation and alias, before AWS evaluates either", () => {
    // `CreateKey` evaluates both actions without the ARN of a key, which does not exist yet.
    for (const action of ["kms:CreateKey", "kms:TagResource"]) {
      expect([may(deploy, action, "*", REQUESTED), may(deploy, action)]).toEqual([true, false]);
    }
    for (const [action, resource] of [
      ["kms:EnableKeyRotation", KEY],
      ["kms:CreateAlias", KEY],
      ["kms:CreateAlias", "arn:aws:kms:eu-west-1:333333333333:alias/trailwatch-topics"],
    ] as const) {
      expect(may(deploy, action, resource)).toBe(true);
    }
  });

  test("later changes tags, policy and description of its own key", () => {
    const own = { ...OUR_TAG, "kms:ResourceAliases": ["alias/trailwatch-topics"] };
    for (const action of ["TagResource", "UntagResource", "PutKeyPolicy", "UpdateKeyDescription"]) {
      expect(may(deploy, `kms:${action}`, KEY, own)).toBe(true);
    }
  });

  test.each(OTHER_ALIASES)(
    "neither tags a key without its tag nor replaces its policy (aliases: %s, %s)",
    (...aliases) => {
      const everything = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" };
      for (const policy of [deploy, { ...deploy, Statement: [...deploy.Statement, everything] }]) {
        for (const action of ["kms:TagResource", "kms:PutKeyPolicy"]) {
          for (const tag of [{}, NO_VALUE]) {
            const context: Record<string, string | string[]> = {
              ...REQUESTED,
              ...tag,
              ...(aliases.length === 0 ? {} : { "kms:ResourceAliases": aliases }),
            };
            expect(may(policy, action, KEY, context)).toBe(false);
          }
        }
      }
    },
  );

  test.each(["kms:TagResource", "kms:CreateAlias", "kms:PutKeyPolicy", "kms:EnableKeyRotation"])(
    "%s: of keys that are new or Trailwatch's own, not of those with another's alias",
    (action) => {
      const touch = (...aliases: string[]) =>
        may(deploy, action, "arn:aws:kms:eu-west-1:333333333333:key/1", { ...OUR_TAG, "kms:ResourceAliases": aliases });
      expect([touch(), touch("alias/trailwatch-topics")]).toEqual([true, true]);
      expect([touch("alias/billing"), touch("alias/trailwatch-topics", "alias/billing")]).toEqual([false, false]);
    },
  );

  test("cannot give a key a policy that denies everyone", () => {
    const put = (bypass: string) =>
      may(deploy, "kms:PutKeyPolicy", "arn:aws:kms:eu-west-1:333333333333:key/1", {
        ...OUR_TAG,
        "kms:BypassPolicyLockoutSafetyCheck": bypass,
      });
    expect([put("false"), put("true")]).toEqual([true, false]);
  });

  test("changes Trailwatch's own chat channels only", () => {
    const change = (name: string) =>
      may(
        deploy,
        "chatbot:UpdateSlackChannelConfiguration",
        `arn:aws:chatbot::333333333333:chat-configuration/slack-channel/${name}`,
      );
    expect([change("trailwatch-alert-hub"), change("operations")]).toEqual([true, false]);
    expect(may(deploy, "chatbot:DeleteSlackWorkspaceAuthorization")).toBe(false);
  });

  test("has the archive's buckets in the archive's account, and none elsewhere", () => {
    const lifecycle = (stack: typeof entry) =>
      may(rightsOf("deploy", stack), "s3:PutLifecycleConfiguration", "arn:aws:s3:::example-archive");
    expect([lifecycle(entry), lifecycle(workloads)]).toEqual([true, false]);
  });
});

test("roles that deployments create send events to buses of the organization only", () => {
  const boundary = policyOf(resourceOf(workloads, "aws_iam_policy"));
  const put = (organization: string) =>
    may(boundary, "events:PutEvents", "arn:aws:events:eu-west-1:999999999999:event-bus/x", {
      "aws:ResourceOrgID": organization,
    });
  expect([put("o-exampleorgid"), put("o-otherorgid")]).toEqual([true, false]);
});

test("the policies", () => {
  expect(trustOf("trailwatch-ci-apply")).toMatchSnapshot();
  expect(trustOf("trailwatch-plan", workloads)).toMatchSnapshot();
  expect(rightsOf("plan", entry)).toMatchSnapshot();
  expect(rightsOf("audit", workloads)).toMatchSnapshot();
  expect(rightsOf("deploy", entry)).toMatchSnapshot();
  expect(policyOf(resourceOf(workloads, "aws_iam_policy"))).toMatchSnapshot();
});

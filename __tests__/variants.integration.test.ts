import { ACCEPTED_RISKS } from "../blindspots/accepted";
import { findBlindspots, unaccepted } from "../blindspots/blindspots";
import { readResources } from "../blindspots/path-resource";
import { PLAIN } from "../lib/naming/own-names";
import { QUOTAS } from "../lib/aws/quotas";
import { SCANNERS } from "../scan/checks/scanners";
import { readDeployment } from "../signals";
import { longNames, sharedNames } from "./support/identities";
import { emptyLists, evadedDenials, looseAllows, statementsOf, unboundServices } from "./support/policy-conditions";
import { alarmsUnknownToHub } from "./support/hub-tables";
import { foreignNames } from "./support/foreign-names";
import { REQUIRED_CHECKS, unmetChecks } from "./support/met-checks";
import { misnamedRoles, rolesBeside } from "./support/iam-names";
import { undetectedDrift, unusedExceptions } from "./support/undetected-drift";
import { newestProvider, schemaProblems } from "./support/newest-provider/schema";
import { awsProviderSchema } from "./support/provider-schema";
import { testApp } from "./support/synth";
import { resourcesOfStacks, synthVariant, variantNamed, VARIANTS, type SynthesizedResource } from "./support/variants";

// What must hold for each deployment, whatever is configured.
const synthesized = VARIANTS.map((variant) => {
  const app = testApp();
  return { variant, stacks: synthVariant(variant, app), folder: app.outdir };
});
const variants = synthesized.map(({ variant, stacks }) => [variant.name, resourcesOfStacks(stacks)] as const);

describe("partitions", () => {
  test.each(variants)("%s: nothing names another partition than the home region's", (_name, resources) => {
    expect(foreignNames(resources)).toEqual([]);
  });

  test("an ARN, a console, a region and a domain of another partition are detected", () => {
    const place = { stack: "one", type: "aws_sns_topic", id: "it", account: "111111111111" };
    const names = [
      "arn:aws:sns:*",
      "https://x.console.aws.amazon.com",
      "in eu-west-1",
      "logs.cn-north-1.amazonaws.com.cn",
    ];
    const found = (region: string) =>
      foreignNames(names.map((value): SynthesizedResource => ({ ...place, region, values: { value } }))).length;
    expect([found("us-gov-west-1"), found("eu-west-1"), found("cn-north-1")]).toEqual([5, 2, 3]);
  });
});

describe("the alert hub", () => {
  test.each(variants)("%s: it knows each alarm, with severity and topic of its description", (_name, resources) => {
    expect(alarmsUnknownToHub(resources)).toEqual([]);
  });
});

describe("docs/compliance.md", () => {
  test.each(synthesized.map(({ variant, stacks }) => [variant.name, variant, stacks] as const))(
    "%s: checks that it says are met are met",
    (_name, variant, stacks) => {
      expect(unmetChecks(resourcesOfStacks(stacks), variant.organization())).toEqual([]);
    },
  );

  test("checks whose requirements are tested are listed as met, at most with exceptions", () => {
    const listed = SCANNERS.flatMap(({ checks }) => checks);
    const met = listed.filter(({ waiver }) => waiver === undefined || waiver.resources !== undefined);
    expect(REQUIRED_CHECKS.filter((id) => !met.some((check) => check.id === id))).toEqual([]);
  });
});

describe("the newest AWS provider", () => {
  const newest = newestProvider();

  test.each(synthesized.map(({ variant, stacks }) => [variant.name, stacks] as const))(
    "%s: has all types and arguments, and requires no other",
    (_name, stacks) => {
      expect(Object.values(stacks).flatMap((stack) => schemaProblems(stack, newest))).toEqual([]);
    },
  );

  test("what it does not have is detected", () => {
    const topic = { nmae: "x", tags: { a: 1 }, name: ["x"], policy: "${aws_sqs_queue.it.arm}" };
    const stack = {
      terraform: { backend: {}, required_providers: {} },
      provider: {},
      resource: {
        aws_sns_topic: { it: topic },
        aws_sns_topic_policy: { it: { arn: "${aws_sns_topic.it.arn}", lifecycle: {} } },
        aws_gone: { it: {} },
        aws_s3_bucket_versioning: {
          it: { bucket: "b", versioning_configuration: [{ status: "Enabled" }, { mfa: "x", status: true }] },
        },
        other_topic: { it: { nmae: "x" } },
      },
    };
    expect(schemaProblems(stack, newest)).toEqual([
      "aws_sns_topic.nmae does not exist",
      'aws_sns_topic.tags must be a map of string, got {"a":1}',
      'aws_sns_topic.name must be a string, got ["x"]',
      "aws_sns_topic_policy.policy is required",
      "aws_gone is not recorded: run 'npm run schema:provider'",
      "aws_s3_bucket_versioning.versioning_configuration must be one block, got 2",
      "aws_sqs_queue has no attribute 'arm'",
    ]);
  });
});

describe("names", () => {
  test.each(variants)("%s: no two resources share one", (_name, resources) => {
    expect(sharedNames(resources)).toEqual([]);
  });

  test.each(variants)("%s: none is too long", (_name, resources) => {
    expect(longNames(resources)).toEqual([]);
  });

  test("roles with fixed names are the reserved role names", () => {
    const names = synthesized.flatMap(({ variant, stacks }) => {
      const { namePrefix } = variant.organization().iam;
      return resourcesOfStacks(stacks)
        .filter(({ stack, type }) => type === "aws_iam_role" && !stack.startsWith("deployment-roles-"))
        .map(({ values }) => String(values.name).replace(namePrefix, ""));
    });
    expect([...new Set(names)].sort()).toEqual(PLAIN.roles);
  });

  test("two stacks of one account must not create the same role, stacks of two accounts may", () => {
    const role: SynthesizedResource = {
      stack: "one",
      type: "aws_iam_role",
      id: "role",
      account: "111111111111",
      region: "eu-west-1",
      values: { name: "trailwatch-Hub" },
    };
    const other = { ...role, stack: "two", region: "us-east-1", values: { name: "trailwatch-hub" } };
    expect(sharedNames([role, other])).toHaveLength(1);
    expect(sharedNames([role, { ...other, account: "222222222222" }])).toEqual([]);
  });

  test("a metric alarm and a composite alarm must not have the same name", () => {
    const place = { stack: "one", account: "111111111111", region: "eu-west-1", values: { alarm_name: "x" } };
    const alarm = (type: string): SynthesizedResource => ({ ...place, type, id: type });
    expect(sharedNames(["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].map(alarm))).toHaveLength(1);
  });

  test.each(variants)("%s: statements of one policy have ids of their own", (_name, resources) => {
    const repeated = resources.flatMap(({ stack, type, id, values }) =>
      Object.values(values).flatMap((value) => {
        const ids = statementIds(value);
        return new Set(ids).size === ids.length ? [] : [`${stack}: ${type}.${id}: ${ids.join(", ")}`];
      }),
    );
    expect(repeated).toEqual([]);
  });
});

describe("settings of iam", () => {
  const cases = synthesized.map((one) => [one.variant.name, one] as const);

  test.each(cases)("%s: each role and policy follows them", (_name, { variant, stacks }) => {
    expect(rolesBeside(variant.organization(), resourcesOfStacks(stacks))).toEqual([]);
  });

  test.each(cases)("%s: no text names a role or policy of another path or name", (_name, { variant, stacks }) => {
    expect(misnamedRoles(variant.organization(), stacks)).toEqual([]);
  });

  test("a role without them, and texts that name one, are detected", () => {
    const variant = variantNamed("deployment roles");
    const whole = variant.organization();
    const stacks = synthesized.find((one) => one.variant === variant)?.stacks ?? {};
    const other = { ...whole, iam: { path: "/x/", namePrefix: "y-", permissionsBoundary: "Z" } };
    const beside = rolesBeside(other, resourcesOfStacks(stacks));
    for (const part of ["path /", "name trailwatch-alert-forwarding", "boundary arn:"]) {
      expect(beside).toContainEqual(expect.stringContaining(part));
    }
    const misnamed = misnamedRoles(other, stacks);
    for (const part of [
      "roleName trailwatch-",
      "userName trailwatch-heartbeat",
      "trailwatch-ci-apply",
      "-alert-details",
    ]) {
      expect(misnamed).toContainEqual(expect.stringContaining(part));
    }
  });
});

describe("OpenTofu", () => {
  const cases = synthesized.map(({ variant, stacks }) => [variant.name, Object.values(stacks)] as const);

  test.each(cases)("%s: the JSON has nothing that Terraform and OpenTofu read differently", (_name, stacks) => {
    const text = JSON.stringify(stacks);
    expect(text).not.toContain("provider::");
    for (const stack of stacks) {
      const { required_providers } = stack.terraform;
      expect(stack).not.toHaveProperty("import");
      // A host would be the registry of one of them; only Terraform has a default host for state.
      for (const { source } of Object.values(required_providers)) expect(source).toMatch(/^[a-z]+\/[a-z]+$/);
      const { cloud } = stack.terraform as { readonly cloud?: { readonly hostname?: string } };
      if (cloud !== undefined) expect(cloud.hostname).toBeDefined();
    }
  });
});

describe("policies", () => {
  test.each(variants)(
    "%s: no request evades a denial, or gets a permission, by leaving out a key",
    (_name, resources) => {
      const statements = statementsOf(resources);
      expect(statements.length).toBeGreaterThan(0);
      expect([...evadedDenials(statements), ...looseAllows(statements)]).toEqual([]);
    },
  );

  test.each(variants)("%s: services act for Trailwatch's own sources only", (_name, resources) => {
    expect(unboundServices(statementsOf(resources))).toEqual([]);
  });

  test.each(variants)("%s: no list of a statement is empty", (_name, resources) => {
    expect(emptyLists(statementsOf(resources))).toEqual([]);
  });

  test("conditions that a missing key evades, and empty lists, are detected", () => {
    const statements = (Effect: string, Condition: object) => [
      { where: "it", statement: { Sid: "It", Effect, Principal: { Service: "s3.amazonaws.com" }, Condition } as never },
    ];
    const tag = { "aws:ResourceTag/x": "y" };
    expect(evadedDenials(statements("Deny", { StringEquals: tag }))).toHaveLength(1);
    expect(evadedDenials(statements("Deny", { "ForAnyValue:StringNotLike": tag }))).toHaveLength(1);
    expect(evadedDenials(statements("Deny", { StringNotLike: tag }))).toEqual([]);
    for (const operator of ["StringNotLike", "StringEqualsIfExists", "Null", "ForAllValues:StringEquals"]) {
      expect(looseAllows(statements("Allow", { [operator]: tag }))).toHaveLength(1);
    }
    expect(looseAllows(statements("Allow", { StringEquals: tag }))).toEqual([]);
    expect(unboundServices(statements("Allow", { StringEquals: tag }))).toHaveLength(1);
    expect(unboundServices(statements("Allow", { StringEquals: { "aws:SourceAccount": "1" } }))).toEqual([]);
    expect(emptyLists(statements("Allow", { StringEquals: { "aws:SourceArn": [] } }))).toEqual(["it: It"]);
    expect(emptyLists(statements("Allow", { StringEquals: { "aws:SourceArn": ["a"] } }))).toEqual([]);
  });
});

describe("drift", () => {
  const schema = awsProviderSchema();

  test.each(variants)("%s: a plan shows manual changes, except for listed exceptions", (_name, resources) => {
    expect(undetectedDrift(resources, schema)).toEqual([]);
  });

  test("each exception belongs to an existing resource", () => {
    expect(unusedExceptions(variants.flatMap(([, resources]) => resources))).toEqual([]);
  });

  test("a rule without a state and a role without an exclusive policy list are detected", () => {
    const place = { stack: "one", id: "it", account: "111111111111", region: "eu-west-1" };
    const rule = { ...place, type: "aws_cloudwatch_event_rule", values: { name: "x" } };
    const role = { ...place, type: "aws_iam_role", values: { name: "x" } };
    expect(undetectedDrift([rule, role], schema)).toEqual([
      "one: aws_cloudwatch_event_rule.it: state",
      "one: aws_iam_role.it: inline_policy is managed by no aws_iam_role_policies_exclusive",
      "one: aws_iam_role.it: managed_policy_arns is managed by no aws_iam_role_policy_attachments_exclusive",
    ]);
  });
});

describe("calls that weaken the monitoring", () => {
  /** Variants whose accounts have pack `guard`, without which no call is detected. */
  const WATCHED = [
    "the shipped example with chat channels, and deployed by CI",
    "alert hub in a member, with change windows",
    "alert hub and its chat in the management account",
    "change windows without a hub",
    "every pack that each feed carries, in every account",
    "several regions",
    "data events with alarms, beside others of the same type",
    "an existing trail and archive, as Control Tower has them",
    "HCP Terraform workspaces",
  ];
  const used = new Set<string>();

  test.each(WATCHED)("%s: none is silent", async (name) => {
    const folder = synthesized.find(({ variant }) => variant === variantNamed(name))?.folder ?? "";
    const found = await findBlindspots(readDeployment(folder), readResources(folder));
    expect(found.unknownTypes).toEqual([]);
    expect(found.calls.length).toBeGreaterThan(1000);
    const silent = unaccepted(found).map(
      ({ call, type, effect, account }) => `${account}: ${call} (${type}): ${effect}`,
    );
    expect([...new Set(silent)]).toEqual([]);
    for (const { call, type, accepted } of found.calls) if (accepted !== undefined) used.add(`${call} ${type}`);
  });

  test("every accepted risk is one", () => {
    expect(ACCEPTED_RISKS.map(({ call, type }) => `${call} ${type}`).filter((risk) => !used.has(risk))).toEqual([]);
  });
});

function statementIds(value: unknown): string[] {
  if (typeof value !== "string" || !value.startsWith('{"Version"')) return [];
  const { Statement = [] } = JSON.parse(value) as { readonly Statement?: readonly { readonly Sid?: string }[] };
  return Statement.flatMap(({ Sid }) => Sid ?? []);
}

test("the metric filters of every feed fit into its log group", () => {
  const counts = variants.flatMap(([variant, resources]) => {
    const groups = resources
      .filter(({ type }) => type === "aws_cloudwatch_log_metric_filter")
      .map(({ account, values }) => `${variant}: account ${account}, ${String(values.log_group_name)}`);
    return [...new Set(groups)].map((group) => ({ group, filters: groups.filter((one) => one === group).length }));
  });
  const [nearest] = counts.sort((one, other) => other.filters - one.filters);
  process.stdout.write(`Most metric filters: ${JSON.stringify(nearest)}\n`);
  expect(counts.filter(({ filters }) => filters > QUOTAS.metricFilters.limit)).toEqual([]);
});

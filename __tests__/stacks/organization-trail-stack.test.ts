import { LogArchiveStack } from "../../stacks/log-archive-stack";
import { OrganizationTrailStack } from "../../stacks/organization-trail-stack";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import {
  countsOf,
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthApp,
  testApp,
  type StackJson,
} from "../support/synth";

function synth(changes: OrganizationChanges = {}) {
  const app = testApp();
  new OrganizationTrailStack(app, "organization-trail", {
    organization: testOrganization(changes),
    archiveKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/1",
  });
  return withoutWitness(named(synthApp(app), "organization-trail"));
}

/** The stack without its witness, which has tests of its own (modules/witness/witness.test.ts). */
function withoutWitness(stack: StackJson): StackJson {
  const resource = Object.entries(stack.resource ?? {}).map(([type, all]) => [
    type,
    Object.fromEntries(Object.entries(all).filter(([id]) => !id.startsWith("witness_"))),
  ]);
  const { pending_witness_subscriptions: witness, ...others } = stack.output ?? {};
  expect(witness).toBeDefined();
  const { output, ...rest } = stack;
  expect(output).toBeDefined();
  return {
    ...rest,
    resource: Object.fromEntries(
      resource.filter(([, all]) => Object.keys(all ?? {}).length > 0),
    ) as StackJson["resource"],
    ...(Object.keys(others).length === 0 ? {} : { output: others }),
  };
}

const stack = synth();
const S3_OBJECTS = { trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }] } };

test("the trail is in the management account, with the caller's own credentials", () => {
  const management = {
    allowed_account_ids: ["111111111111"],
    default_tags: [{ tags: { "trailwatch:stack": "organization-trail" } }],
  };
  // The witness forwards the events of IAM and Organizations from us-east-1.
  expect(stack.provider.aws).toEqual([
    { region: "eu-west-1", ...management },
    { region: "us-east-1", alias: "us-east-1", ...management },
  ]);
});

test("the trail goes to the archive, encrypted by the archive's key", () => {
  expect(resourceOf(stack, "aws_cloudtrail")).toMatchObject({
    name: "trailwatch-organization",
    s3_bucket_name: "example-archive",
    kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
  });
});

test("log group and key cannot be destroyed, and events are kept for a year or the given retention", () => {
  const group = { retention_in_days: 365, lifecycle: { prevent_destroy: true } };
  expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/trailwatch/management/organization-trail",
    ...group,
  });
  const longer = synth({ trail: { logRetentionDays: 731 } });
  expect(resourceOf(longer, "aws_cloudwatch_log_group").retention_in_days).toBe(731);
});

test("the role is for this trail and writes the organization's streams", () => {
  const [trust] = policyOf(resourceOf(stack, "aws_iam_role"), "assume_role_policy").Statement;
  expect(trust?.Condition?.StringEquals?.["aws:SourceArn"]).toBe(
    "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization",
  );
  expect(JSON.stringify(policyOf(resourceOf(stack, "aws_iam_role_policy")))).toContain(":log-stream:o-exampleorgid_*");
});

test("a second trail exists only for data events", () => {
  expect(resourcesOf(stack, "aws_cloudtrail")).toHaveLength(1);
  expect(resourcesOf(synth(S3_OBJECTS), "aws_cloudtrail").map(({ name }) => name)).toEqual(
    expect.arrayContaining(["trailwatch-organization", "trailwatch-organization-data"]),
  );
});

test("Trailwatch's own buckets are excluded from S3's data events, and from those only", () => {
  const dataEvents = [{ resourceType: "AWS::S3::Object" }, { resourceType: "AWS::Lambda::Function" }];
  const trail = resourceOf(synth({ trail: { dataEvents } }), "aws_cloudtrail", {
    name: "trailwatch-organization-data",
  });
  const [objects, functions] = trail.advanced_event_selector as { field_selector: object[] }[];
  expect(objects?.field_selector).toContainEqual({
    field: "resources.ARN",
    not_starts_with: ["example-archive", "example-archive-access-logs", "example-state"].map(
      (bucket) => `arn:aws:s3:::${bucket}/`,
    ),
  });
  expect(functions?.field_selector).not.toContainEqual(expect.objectContaining({ field: "resources.ARN" }));
});

test("Insights are of the kinds that are given", () => {
  const insights = resourceOf(
    synth({ trail: { insights: ["ApiCallRateInsight"] } }),
    "aws_cloudtrail",
  ).insight_selector;
  expect(insights).toEqual([{ insight_type: "ApiCallRateInsight" }]);
});

describe("messages for delivered log files", () => {
  const subscribers = { email: ["log-files@example.com"] };
  const announcing = synth({ trail: { ...S3_OBJECTS.trail, logFileNotifications: { enabled: true, subscribers } } });

  test("are off by default, even with subscribers: no topic, no subscription, no output", () => {
    const off = synth({ trail: { logFileNotifications: { subscribers } } });
    for (const each of [stack, off]) {
      expect(resourcesOf(each, "aws_sns_topic")).toEqual([]);
      expect(resourcesOf(each, "aws_sns_topic_subscription")).toEqual([]);
      expect(each.output).toBeUndefined();
      expect(resourceOf(each, "aws_cloudtrail").sns_topic_name).toBeUndefined();
    }
  });

  test("go to their own topic, not to the subscribers of alerts", () => {
    expect(resourceOf(announcing, "aws_sns_topic").name).toBe("trailwatch-log-files");
    expect(resourcesOf(announcing, "aws_sns_topic_subscription").map(({ endpoint }) => endpoint)).toEqual([
      "log-files@example.com",
    ]);
  });

  test("are sent once CloudTrail may publish, for the organization's trails only", () => {
    for (const { sns_topic_name: topic } of resourcesOf(announcing, "aws_cloudtrail")) {
      expect(topic).toMatch(/^\$\{element\(split\(":", aws_sns_topic_policy\..*\.arn\), 5\)}$/);
    }
    const statement = statementOf(policyOf(resourceOf(announcing, "aws_sns_topic_policy")), "AllowPublisher");
    const trail = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization";
    expect(statement.Principal).toEqual({ Service: "cloudtrail.amazonaws.com" });
    expect(statement.Condition?.ArnLike).toEqual({ "aws:SourceArn": [trail, `${trail}-data`] });
  });

  test("have an output with the subscribers that have not confirmed", () => {
    expect(announcing.output?.pending_subscriptions?.value).toContain("if s.pending_confirmation");
  });
});

describe("the archive's key, whose ARN AWS generates, is read from the state of the archive's stack", () => {
  const S3 = { backend: "s3", account: "log-archive", bucket: "example-state" } as const;
  const remoteState = (state: typeof S3 | { backend: "local" }) => {
    const app = testApp();
    const organization = testOrganization({ state });
    const { archiveKeyArn } = new LogArchiveStack(app, "log-archive", { organization });
    new OrganizationTrailStack(app, "organization-trail", { organization, archiveKeyArn });
    const trail = named(synthApp(app), "organization-trail");
    expect(resourceOf(trail, "aws_cloudtrail").kms_key_id).toMatch(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-log-archive\.outputs\.[\w-]+}$/,
    );
    return Object.values(trail.data?.terraform_remote_state ?? {});
  };

  test("in S3, by the role of the account that owns the bucket", () => {
    expect(remoteState(S3)).toMatchObject([
      {
        backend: "s3",
        config: {
          bucket: "example-state",
          key: "trailwatch/log-archive/terraform.tfstate",
          assume_role: { role_arn: "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole" },
        },
      },
    ]);
  });

  test("on this machine, by a path that is the same on each", () => {
    expect(remoteState({ backend: "local" })).toMatchObject([
      { backend: "local", config: { path: "../../../terraform.log-archive.tfstate" } },
    ]);
  });
});

test("nothing else is created", () => {
  expect(countsOf(stack)).toEqual({
    aws_cloudtrail: 1,
    aws_cloudwatch_log_group: 1,
    aws_iam_role: 1,
    aws_iam_role_policies_exclusive: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachments_exclusive: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
  });
});

describe("data events with alarms", () => {
  const RECORDS = { resourceType: "AWS::S3::Object", includeArns: ["arn:aws:s3:::records/"], alarms: true };
  const both = synth({ trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }, RECORDS] } });

  test("have a third trail", () => {
    const names = (one: StackJson) => resourcesOf(one, "aws_cloudtrail").map(({ name }) => name);
    expect(names(both).sort()).toEqual([
      "trailwatch-organization",
      "trailwatch-organization-data",
      "trailwatch-organization-data-alarms",
    ]);
    expect(names(synth({ trail: { dataEvents: [RECORDS] } }))).not.toContain("trailwatch-organization-data");
  });

  test("have a log group of their own: encrypted, kept, and never destroyed", () => {
    expect(resourceOf(both, "aws_cloudwatch_log_group", { name: "/trailwatch/management/data-events" })).toMatchObject({
      retention_in_days: 365,
      kms_key_id: expect.any(String) as string,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("reach it by a role for that trail, which writes only there", () => {
    const role = resourceOf(both, "aws_iam_role", { name: "trailwatch-organization-data-alarms" });
    const [trust] = policyOf(role, "assume_role_policy").Statement;
    expect(trust?.Condition?.StringEquals?.["aws:SourceArn"]).toBe(
      "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization-data-alarms",
    );
    const policies = resourcesOf(both, "aws_iam_role_policy").map((policy) => policyOf(policy).Statement);
    const written = policies.flatMap((statements) => statements.flatMap(({ Resource }) => Resource));
    const ofGroup = written.filter((resource) => String(resource).includes("/trailwatch/management/data-events:"));
    expect(ofGroup).toHaveLength(2);
    expect(policies).toHaveLength(2);
  });

  test("are admitted to the archive", () => {
    const app = testApp();
    new LogArchiveStack(app, "log-archive", {
      organization: testOrganization({ trail: { dataEvents: [RECORDS] } }),
    });
    const archive = JSON.stringify(named(synthApp(app), "log-archive"));
    expect(archive).toContain("trail/trailwatch-organization-data-alarms");
    expect(archive).not.toContain('trail/trailwatch-organization-data\\"');
  });
});

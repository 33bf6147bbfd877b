import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { all, equals, type Condition } from "../../detections/condition";
import { accountNamed } from "../../organization/organization";
import { createFeed } from "../../stacks/account-feed";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { countsOf, resourceOf, resourcesOf, synthModule } from "../support/synth";

function feedOf(name: string, changes: OrganizationChanges = {}, conditions: readonly Condition[] = []) {
  const organization = testOrganization(changes);
  const asked: string[] = [];
  let logGroupName = "";
  const stack = synthModule((scope) => {
    ({ logGroupName } = createFeed(scope, {
      organization,
      account: accountNamed(organization, name),
      archiveKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/1",
      conditions,
      regionalProvider: (region) => {
        asked.push(region);
        return new AwsProvider(scope, region, { region, alias: region });
      },
    }));
  });
  return { stack, logGroupName, asked };
}

const KMS = equals("eventSource", "kms.amazonaws.com");

test("with the organization trail's log group nothing is created", () => {
  const { stack, logGroupName, asked } = feedOf("management", {}, [KMS]);
  expect(logGroupName).toBe("/trailwatch/management/organization-trail");
  expect(countsOf(stack)).toEqual({});
  expect(asked).toEqual([]);
});

test("an account trail has a log group, and needs no provider for further regions", () => {
  const accounts = { workloads: { feed: "account-trail", logRetentionDays: 731 } } as const;
  const { stack, logGroupName, asked } = feedOf("workloads", { accounts, furtherRegions: ["eu-central-1"] }, [KMS]);
  expect(logGroupName).not.toBe("");
  expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/trailwatch/workloads/account-trail",
    retention_in_days: 731,
  });
  expect(resourceOf(stack, "aws_cloudtrail")).toMatchObject({
    name: "trailwatch-account",
    s3_bucket_name: "example-archive",
    kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
  });
  expect(resourcesOf(stack, "aws_cloudwatch_event_rule")).toEqual([]);
  expect(asked).toEqual([]);
});

describe("an event bus", () => {
  const patterns = (conditions: readonly Condition[]) =>
    resourcesOf(feedOf("workloads", { homeRegion: "us-east-1" }, conditions).stack, "aws_cloudwatch_event_rule").map(
      ({ event_pattern: pattern }) => JSON.parse(String(pattern)) as object,
    );

  test("passes the events of the conditions, with one rule if they fit", () => {
    expect(patterns([KMS, equals("eventSource", "iam.amazonaws.com")])).toEqual([
      expect.objectContaining({ detail: { eventSource: ["iam.amazonaws.com", "kms.amazonaws.com"] } }),
    ]);
  });

  test("passes nothing without conditions", () => {
    expect(patterns([])).toEqual([]);
  });

  test("names the detection whose events do not fit into a rule", () => {
    const long = all(KMS, equals("eventName", "x".repeat(2048)));
    expect(() => feedOf("workloads", {}, [long])).toThrow(
      "feed 'event-bus' of account 'workloads': an event pattern must be at most 2048 characters, " +
        'and what is asked of "kms.amazonaws.com" alone is longer',
    );
  });

  test("has a log group with the account's retention", () => {
    const { stack } = feedOf("workloads", { accounts: { workloads: { logRetentionDays: 30 } } });
    expect(resourceOf(stack, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/events/trailwatch",
      retention_in_days: 30,
    });
  });

  test.each<[OrganizationChanges, string[]]>([
    [{}, ["us-east-1"]],
    [{ furtherRegions: ["eu-central-1", "us-east-1"] }, ["eu-central-1", "us-east-1"]],
    [{ homeRegion: "us-east-1" }, []],
    [{ omittedRegions: [{ region: "us-east-1", reason: "denied" }] }, []],
  ])("asks for the providers of the regions that it forwards, once each: %j", (changes, regions) => {
    expect(feedOf("workloads", changes, [KMS]).asked).toEqual(regions);
  });
});

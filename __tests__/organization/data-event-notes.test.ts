import { dataEventCostNotes, dataEventGaps } from "../../organization/data-event-notes";
import { testOrganization, type OrganizationChanges } from "../support/organization";

type Entries = NonNullable<NonNullable<OrganizationChanges["trail"]>["dataEvents"]>;

const of = (dataEvents: Entries) => {
  const organization = testOrganization({ trail: { dataEvents } });
  return { costs: dataEventCostNotes(organization), gaps: dataEventGaps(organization) };
};

const OBJECTS = { resourceType: "AWS::S3::Object" };

test("entries with alarms are listed with what they cost", () => {
  const { costs, gaps } = of([
    OBJECTS,
    {
      ...OBJECTS,
      includeArns: ["arn:aws:s3:::a/", "arn:aws:s3:::b/"],
      excludeArns: ["arn:aws:s3:::a/tmp/"],
      alarms: true,
    },
    { resourceType: "AWS::DynamoDB::Table", alarms: true },
  ]);
  expect(costs).toEqual([
    "data events with alarms: AWS::S3::Object, arn:aws:s3:::a/, arn:aws:s3:::b/, without arn:aws:s3:::a/tmp/",
    "data events with alarms: AWS::DynamoDB::Table, all resources of all accounts",
    "data events with alarms cost about $2.00 per million events: $1.00 CloudTrail, $1.00 CloudWatch Logs at 2000 bytes " +
      "each; and up to $4.60 a month for alarms, metrics and a key",
  ]);
  expect(gaps).toEqual([]);
});

test.each<[string, Entries, RegExp]>([
  ["recorded without alarms", [OBJECTS], /raise no alarm, and are visible in Athena only: trail\.dataEvents/],
  ["not recorded", [], /raise no alarm, and are not recorded: trail\.dataEvents/],
  ["alarms of another type", [{ resourceType: "AWS::Lambda::Function", alarms: true }], /and are not recorded/],
])("what no alarm sees: %s", (_what, dataEvents, gap) => {
  expect(of(dataEvents).gaps).toEqual([expect.stringMatching(gap)]);
});

test("nothing is printed about costs without alarms", () => {
  expect(of([OBJECTS]).costs).toEqual([]);
});

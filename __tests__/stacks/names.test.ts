import { accountTrails, organizationTrails, ownBuckets } from "../../stacks/names";
import { testOrganization } from "../support/organization";

const organization = testOrganization();

test("the archive, its access logs and the state are our own buckets", () => {
  expect(ownBuckets(organization)).toEqual(["example-archive", "example-archive-access-logs", "example-state"]);
});

test("without a state bucket there are only the other two", () => {
  expect(ownBuckets(testOrganization({ state: { backend: "local" } }))).toEqual([
    "example-archive",
    "example-archive-access-logs",
  ]);
});

test("the organization has a trail for data events only when there are some", () => {
  const names = (dataEvents: { resourceType: string }[]) =>
    organizationTrails(testOrganization({ trail: { dataEvents } })).map(({ arn, accountId }) => [accountId, arn]);
  const arn = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization";
  expect(names([])).toEqual([["111111111111", arn]]);
  expect(names([{ resourceType: "AWS::S3::Object" }])).toEqual([
    ["111111111111", arn],
    ["111111111111", `${arn}-data`],
  ]);
});

test("accounts with feed account-trail have a trail, and no others", () => {
  expect(accountTrails(organization)).toEqual([]);
  expect(accountTrails(testOrganization({ accounts: { workloads: { feed: "account-trail" } } }))).toEqual([
    {
      accountId: "333333333333",
      arn: "arn:aws:cloudtrail:eu-west-1:333333333333:trail/trailwatch-account",
    },
  ]);
});

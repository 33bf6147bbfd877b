import { omittedRegionsOf, omittedRegionText } from "../../../organization/resolve/omitted-regions";
import { testOrganization, type OrganizationChanges } from "../../support/organization";

const REASON = "Denied by policy region-deny";
const limitsOf = (changes: OrganizationChanges = {}, region: "us-east-1" | "us-gov-west-1" = "us-east-1") =>
  omittedRegionsOf(testOrganization({ omittedRegions: [{ region, reason: REASON }], ...changes }));

test("there is no limit without an omitted region", () => {
  expect(limitsOf({ omittedRegions: [] })).toEqual([]);
});

test("a limit names what is not seen, in which accounts, and what sees it instead", () => {
  const [limit] = limitsOf();
  expect(limit).toMatchObject({
    region: "us-east-1",
    reason: REASON,
    accounts: ["log-archive", "workloads"],
    organizationTrailIn: "management",
    reportedBy: "management",
  });
  expect(limit?.services).toContain("iam");
  // Calls to IAM only; by root or any principal in any service; no global service.
  expect(limit?.blind).toContain("watcher-role-changed");
  expect(limit?.partlyBlind).toContain("root-use");
  expect([...(limit?.blind ?? []), ...(limit?.partlyBlind ?? [])]).not.toContain("secret-deleted");
});

test("accounts whose trail delivers the events of all regions are not blind", () => {
  const feed = "account-trail";
  const [limit] = limitsOf({ accounts: { workloads: { feed }, "log-archive": { feed } } });
  expect(limit).toMatchObject({ accounts: [], blind: [], partlyBlind: [], reportedBy: undefined });
});

test("without the organization trail's log group, the archive remains", () => {
  const [limit] = limitsOf({ accounts: { management: { feed: "event-bus" } } });
  expect(limit).toMatchObject({ organizationTrailIn: undefined, reportedBy: undefined });
  expect(limit && omittedRegionText(limit).at(-1)).toBe("  still seen: the archive; accounts with feed account-trail");
});

test("in another partition, its own region of global services is omitted", () => {
  const [limit] = limitsOf({ homeRegion: "us-gov-east-1" }, "us-gov-west-1");
  expect(limit).toMatchObject({ region: "us-gov-west-1", services: expect.arrayContaining(["iam"]) as string[] });
});

test("China has two: IAM's events are in the second one", () => {
  const inChina = (homeRegion: "cn-north-1" | "cn-northwest-1", region: "cn-north-1" | "cn-northwest-1") =>
    omittedRegionsOf(testOrganization({ homeRegion, omittedRegions: [{ region, reason: REASON }] }))[0]?.services;
  expect(inChina("cn-northwest-1", "cn-north-1")).toEqual(["iam"]);
  expect(inChina("cn-north-1", "cn-northwest-1")).not.toContain("iam");
});

test("the text is safe to print", () => {
  const [limit] = limitsOf({ omittedRegions: [{ region: "us-east-1", reason: "\u001b[31mred" }] });
  expect(limit && omittedRegionText(limit).join("\n")).not.toContain("\u001b");
});

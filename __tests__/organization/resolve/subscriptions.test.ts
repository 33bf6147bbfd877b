import { PACKS } from "../../../detections/catalogue";
import { accountNamed } from "../../../organization/organization";
import { subscriptionsOf } from "../../../organization/resolve/subscriptions";
import { named } from "../../support/synth";
import { MEMBER, ORGANIZATION, load } from "../accounts-folder";

/** Subscriptions of an account, by the id of their detection. */
function subscriptions(changes: { organization?: string; member?: string } = {}, name = "workloads") {
  const organization = load({
    "organization.yaml": `${ORGANIZATION}${changes.organization ?? ""}\n`,
    "workloads.yaml": `${MEMBER}${changes.member ?? ""}\n`,
  });
  const list = subscriptionsOf(organization, accountNamed(organization, name));
  return Object.fromEntries(list.map((subscription) => [subscription.detection.id, subscription]));
}

const idsOf = (...packs: string[]) =>
  PACKS.filter(({ id }) => packs.includes(id)).flatMap(({ detections }) => detections);

test("the management account has every pack but those of workloads, in the order of the catalogue", () => {
  const left = ["data", "compute", "operations", "data-events"];
  const packs = PACKS.map(({ id }) => id).filter((id) => !left.includes(id));
  expect(Object.keys(subscriptions({}, "management"))).toEqual(idsOf(...packs).map(({ id }) => id));
});

test("pack data-events is on in the management account exactly when data events raise alarms", () => {
  const ids = idsOf("data-events").map(({ id }) => id);
  const of = (organization: string, name: string) =>
    Object.keys(subscriptions({ organization }, name)).filter((id) => ids.includes(id));
  const entry = (alarms: boolean) =>
    `trail: { dataEvents: [{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/'], alarms: ${alarms} }] }`;
  expect(of(entry(true), "management")).toEqual(ids);
  expect(of(`${entry(true)}\npacks: { management: [] }`, "management")).toEqual(ids);
  expect(of(`${entry(true)}\ndetections: { object-read-burst: { enabled: false } }`, "management")).toEqual(
    ids.filter((id) => id !== "object-read-burst"),
  );
  expect(of(entry(false), "management")).toEqual([]);
  expect(of(entry(true), "workloads")).toEqual([]);
});

test("a member has the packs of its role, but for what only the organization's trail shows", () => {
  const packs = PACKS.map(({ id }) => id).filter((id) => !["operations", "organization", "cis"].includes(id));
  const expected = idsOf(...packs).filter(({ scope }) => scope === "account");
  expect(Object.keys(subscriptions())).toEqual(expected.map(({ id }) => id));
});

test("an account's packs go before those of organization.yaml, which go before those of the role", () => {
  const organization = "packs: { member: [access] }";
  const access = idsOf("access").map(({ id }) => id);
  expect(Object.keys(subscriptions({ organization }))).toEqual(access);
  expect(Object.keys(subscriptions({ organization, member: "packs: []" }))).toEqual([]);
});

test("unset values are the detection's defaults", () => {
  for (const { detection, ...subscription } of Object.values(subscriptions())) {
    const { severity, threshold, periodSeconds, evaluationPeriods } = detection;
    expect(subscription).toMatchObject({ severity, threshold, periodSeconds, evaluationPeriods, ignore: [] });
  }
});

test("settings fall through one by one, from the account to organization.yaml to the default", () => {
  const organization = "detections: { heartbeat: { severity: critical, threshold: 2, periodSeconds: 7200 } }";
  const member = "detections: { heartbeat: { threshold: 3, periodSeconds: 60 } }";
  const both = { severity: "critical", threshold: 3, periodSeconds: 60, evaluationPeriods: 2 };
  expect(named(subscriptions({ organization, member }), "heartbeat")).toMatchObject(both);
});

test.each([
  [undefined, undefined, true],
  ["false", undefined, false],
  ["false", "true", true],
  [undefined, "false", false],
])("enabled %s for all and %s here is on: %s", (all, here, on) => {
  const setting = (enabled?: string) => enabled && `detections: { root-use: { enabled: ${enabled} } }`;
  const found = subscriptions({ organization: setting(all), member: setting(here) });
  expect("root-use" in found).toBe(on);
});

test("what to ignore adds up, the organization's entries first", () => {
  const ignoring = (text: string) =>
    `detections: { root-use: { ignore: [{ field: userAgent, equals: ${text}, reason: r }] } }`;
  const { ignore } = named(subscriptions({ organization: ignoring("a"), member: ignoring("b") }), "root-use");
  expect(ignore).toEqual([
    { field: "userAgent", equals: "a", reason: "r" },
    { field: "userAgent", equals: "b", reason: "r" },
  ]);
});

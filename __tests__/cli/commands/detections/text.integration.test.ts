import { accountText, detectionsSummaryText } from "../../../../cli/commands/detections/text";
import { access } from "../../../../detections/packs/access";
import { cis } from "../../../../detections/packs/cis";
import { dataEvents } from "../../../../detections/packs/data-events";
import type { ExplainedAccount, ExplainedDetection } from "../../../../organization/resolve/explain";
import type { AccountUsage } from "../../../../stacks/account-usage";

const byDefault = <T>(value: T) => ({ value, from: "default" });

const detection = (id: string, changes: Partial<ExplainedDetection> = {}): ExplainedDetection => ({
  id,
  pack: "access",
  title: id,
  on: true,
  from: "default",
  settings: {
    severity: byDefault("high"),
    threshold: byDefault(1),
    periodSeconds: byDefault(300),
    evaluationPeriods: byDefault(1),
  },
  ignore: [],
  ...changes,
});

const settings = { ...detection("any").settings, threshold: { value: 20, from: "accounts/payments.yaml:31" } };
const twice = { ...settings, evaluationPeriods: byDefault(2) };
const reason = "It is harmless.";
const ignore: ExplainedDetection["ignore"] = [
  { field: "userAgent", equals: "a", reason, from: "accounts/organization.yaml:12" },
  { field: "sourceIPAddress", matches: "10.*", reason, until: "2027-01-31", from: "accounts/payments.yaml:32" },
  { ipAddress: "10.20.0.0/16", reason, from: "accounts/payments.yaml:33" },
  {
    all: [{ field: "errorCode", matches: "a*" }, { field: "userAgent", equals: "b" }, { ipAddress: "10.1.0.0/16" }],
    reason,
    from: "accounts/payments.yaml:34",
  },
];

const account: ExplainedAccount & { usage: AccountUsage } = {
  usage: { metricFilters: 2, alarms: 2, monthlyDollars: 0.8 },
  name: "payments",
  id: "444455556666",
  role: "member",
  organizationalUnit: "Workloads/Production",
  feed: { value: "event-bus", from: "accounts/organization.yaml:40" },
  packs: { value: ["access"], from: "accounts/payments.yaml:9" },
  regions: { watched: ["eu-west-1", "us-east-1"], unwatched: ["eu-west-2", "us-west-2"], reportedBy: "management" },
  detections: [
    detection("root-use"),
    detection("tuned-one", { settings: twice, ignore }),
    detection("turned-off", { on: false, off: "enabled", from: "accounts/payments.yaml:40" }),
    detection("elsewhere", { on: false, off: "feed" }),
    detection("elsewhere-too", { on: false, off: "feed" }),
    detection("idle-one", { on: false, off: "idle" }),
    detection("covered", { on: false, off: "covered", coveredBy: "member-x" }),
    detection("frozen", { pack: "cis", on: false, off: "pack", from: "accounts/payments.yaml:9" }),
    detection("read-burst", { pack: "data-events", on: false, off: "data events" }),
  ],
};

test("an account: each detection with its values and their locations, disabled ones dimmed", () => {
  expect(accountText(account)).toEqual([
    "payments  444455556666  member  Workloads/Production",
    "feed: event-bus  (accounts/organization.yaml:40)",
    "packs: access  (accounts/payments.yaml:9)",
    "regions: eu-west-1, us-east-1; not the others (2): management reports changes there (unwatched-region-used)",
    "metric filters: 2 of 100  alarms: 2, $0.80 a month with their metrics",
    "",
    { dim: "DETECTION    SEVERITY  ALARM AT" },
    "access",
    { dim: `  ${access.description}` },
    ["  root-use  ", { bad: " high " }, "     1 in 300 s"],
    ["  tuned-one ", { bad: " high " }, "     20 in 300 s"],
    "    alarms after 2 such periods in a row",
    { dim: "    threshold set in accounts/payments.yaml:31" },
    "    ignores userAgent = 'a'  (accounts/organization.yaml:12)",
    { dim: "      It is harmless." },
    "    ignores sourceIPAddress like '10.*'  (accounts/payments.yaml:32)",
    { dim: "      until 2027-01-31: It is harmless." },
    "    ignores sourceIPAddress in 10.20.0.0/16  (accounts/payments.yaml:33)",
    { dim: "      It is harmless." },
    "    ignores errorCode like 'a*' and userAgent = 'b' and sourceIPAddress in 10.1.0.0/16  (accounts/payments.yaml:34)",
    { dim: "      It is harmless." },
    { dim: "  off: turned-off: turned off (accounts/payments.yaml:40)" },
    { dim: "  off: elsewhere, elsewhere-too: needs feed organization-trail" },
    { dim: "  off: idle-one: nothing to watch here" },
    { dim: "  off: covered: covered by member-x" },
    { dim: "cis: off, 1 detection" },
    { dim: `  ${cis.description}` },
    { dim: "data-events: off, 1 detection" },
    { dim: `  ${dataEvents.description}` },
    "",
    { dim: "Settings without 'set in' are the detection's defaults." },
  ]);
});

test("all accounts: a line each", () => {
  expect(detectionsSummaryText([account])).toEqual([
    { dim: "ACCOUNT   ROLE    FEED       ON  TUNED  IGNORES   FILTERS  ALARMS  A MONTH" },
    "payments  member  event-bus   2      2        4  2 of 100       2    $0.80",
    "",
    { dim: "PACK         DETECTIONS  ON IN" },
    "access       2 of 7      payments",
    "cis          1 off       no account",
    "data-events  1 off       no account",
    "",
    "Accounts with feed event-bus watch eu-west-1, us-east-1; not the others (2): management reports changes there (unwatched-region-used).",
    { dim: "trailwatch detections <account> shows every setting and where it is set." },
  ]);
});

test("accounts whose regions are all watched need no line about them", () => {
  const all = { ...account, regions: { watched: account.regions.watched, unwatched: [] } };
  expect(detectionsSummaryText([all]).filter((line) => typeof line === "string" && line.includes("watch"))).toEqual([]);
  expect(accountText(all)[3]).toBe("regions: all");
});

test("an account without packs says so", () => {
  expect(accountText({ ...account, packs: { value: [], from: "accounts/payments.yaml:9" } })[2]).toBe(
    "packs: none  (accounts/payments.yaml:9)",
  );
});

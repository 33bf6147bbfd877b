import { ownNames, PLAIN } from "../lib/naming/own-names";
import type { Organization } from "../organization/organization";
import { sharedNames } from "./support/identities";
import { testOrganization, type OrganizationChanges } from "./support/organization";
import { resourcesOfStacks, synthVariant, type SynthesizedResource } from "./support/variants";

const SECOND = "secwatch";

/** Everything that adds resources, in the same accounts. */
const COMMON: OrganizationChanges = {
  furtherRegions: ["eu-central-1"],
  changeWindows: true,
  deploymentRole: "trailwatch-deploy",
  deployment: { account: "log-archive", github: { repository: "acme/watch", ownerId: 1001, repositoryId: 2002 } },
  alertHub: {
    account: "log-archive",
    chat: { slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" } },
    noticesDigest: "07:00",
    webhooks: [{ name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty" }],
  },
  trail: {
    dataEvents: [
      { resourceType: "AWS::S3::Object" },
      { resourceType: "AWS::S3::Object", includeArns: ["arn:aws:s3:::example-records/"], alarms: true },
    ],
    logFileNotifications: { enabled: true, subscribers: { email: ["files@example.com"] } },
  },
  accounts: {
    management: { deploymentRole: "trailwatch-deploy" },
    payments: { id: "444444444444", role: "member", feed: "account-trail", packs: ["cis", "guard", "secrets"] },
  },
};

const first = testOrganization(COMMON);
const second = testOrganization({
  ...COMMON,
  names: { prefix: SECOND },
  // What you name yourself must differ, too.
  archive: { bucket: "second-archive" },
  state: { backend: "s3", account: "log-archive", bucket: "second-state" },
  deploymentRole: "second-deploy",
  accounts: {
    ...COMMON.accounts,
    management: { deploymentRole: "second-deploy" },
    workloads: { secrets: { create: [{ name: "SecondSecret" }] } },
  },
});

const stacksOf = (organization: Organization) => synthVariant({ name: "", organization: () => organization });
const ofSecond = stacksOf(second);
const resourcesOf = (stacks: ReturnType<typeof stacksOf>, installation: string): SynthesizedResource[] =>
  resourcesOfStacks(stacks).map((resource) => ({ ...resource, stack: `${installation} ${resource.stack}` }));
const [ours, theirs] = [resourcesOf(stacksOf(first), "first"), resourcesOf(ofSecond, "second")];

test("two installations in the same accounts share no name, except the identity provider of CI", () => {
  // IAM takes one provider of an address for each account: docs/landing-zones.md.
  expect(sharedNames([...ours, ...theirs]).map((line) => line.replace(/_[0-9A-F]{8}/g, ""))).toEqual([
    expect.stringMatching(/aws_iam_openid_connect_provider.*token\.actions\.githubusercontent\.com$/),
  ]);
});

test("two installations count no metric in common", () => {
  const metricsOf = (resources: readonly SynthesizedResource[]): string[] =>
    resources.flatMap(({ type, values }) =>
      type === "aws_cloudwatch_log_metric_filter" ? [JSON.stringify(values.metric_transformation)] : [],
    );
  const counted = new Set(metricsOf(ours));
  expect(counted.size).toBeGreaterThan(50);
  expect(metricsOf(theirs).filter((metric) => counted.has(metric))).toEqual([]);
});

/** What keeps the product's name: its command, the forms of its messages and the sources of its own events. */
const OF_PRODUCT = [
  /`(npx )?trailwatch [a-z]/g,
  /\btrailwatch\.(alert|heartbeat|digest)\b/g,
  /TRAILWATCH_PLACEHOLDER/g,
  // The class of an event of PagerDuty.
  /"class\\": \\"trailwatch /g,
  // The product, in descriptions.
  /\bTrailwatch\b(?!\/|")/g,
];

test("no text of an installation holds another prefix", () => {
  const texts = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => (key === "//" ? [] : [key, ...texts(part)]));
  };
  const foreign = new Set(
    texts(ofSecond).flatMap((text) => {
      const rest = OF_PRODUCT.reduce((left, pattern) => left.replaceAll(pattern, ""), text);
      return rest.match(/.{0,40}trailwatch.{0,40}/gi) ?? [];
    }),
  );
  expect([...foreign]).toEqual([]);
});

test("names of one prefix have no other one in them, and patterns of one match none of the other", () => {
  const own = ownNames({ prefix: SECOND });
  expect(own.alarmName("payments", "root-use")).toBe("secwatch-payments-root-use");
  expect(own.detectionOfAlarm("payments", PLAIN.alarmName("payments", "root-use"))).toBeUndefined();
  expect(own.archiveDatabase).toBe("secwatch");
  expect(ownNames({ prefix: "sec-watch" }).arns.tables).toBe("table/sec_watch/*");
  expect(JSON.stringify(own)).not.toMatch(/trailwatch/i);
});

import { PLAIN } from "../../lib/naming/own-names";
import type { Detection } from "../../detections/detection";
import { accountNamed, type Organization } from "../../organization/organization";
import { describeAlarm } from "../../stacks/alarm-description";
import { compileSubscription, type CompiledDetection } from "../../stacks/compiled-detection";
import { watchedAccount } from "../../stacks/watched-account";
import { only, tunedDetection } from "../support/detections";
import { testOrganization } from "../support/organization";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";

const RUNBOOKS = "https://example.com/runbooks";

interface Changes extends Partial<CompiledDetection> {
  readonly query?: string;
}

function describeIn(organization: Organization, { query, ...changes }: Changes = {}): string {
  const account = accountNamed(organization, "workloads");
  const watched = watchedAccount(organization, account);
  const [subscription] = subscriptionsOf(organization, account);
  const compiled = subscription && compileSubscription(subscription, account, watched);
  if (compiled === undefined) throw new Error("nothing is on");
  const { homeRegion, omittedRegions } = organization;
  return describeAlarm({
    own: PLAIN,
    compiled: { ...compiled, ...changes },
    queries: { ...compiled.queries(), ...(query === undefined ? {} : { query }) },
    account,
    organization: { homeRegion, omittedRegions, runbooks: RUNBOOKS },
  });
}

const organization = testOrganization({ accounts: { workloads: only("secret-deleted") } });
const describeWith = (changes: Changes = {}) => describeIn(organization, changes);
const withMeaning = (meaning: string): { detection: Detection } => ({
  detection: { ...tunedDetection("secret-deleted"), meaning },
});

const { title, meaning } = tunedDetection("secret-deleted");
const HEAD = [
  `${title} (low notice)`,
  meaning,
  "Raised by: 3 events or more in 300 s.",
  "Account: workloads (333333333333)",
  `Runbook: ${RUNBOOKS}/secret-deleted.md`,
  "Who did it: Logs Insights, saved query trailwatch/workloads/secret-deleted",
].join("\n");
const OFTEN = { severity: "low", threshold: 3, periodSeconds: 300, evaluationPeriods: 1 } as const;

test("the description says what happened, how often, where, what to do, and has a query that shows who did it", () => {
  expect(describeWith({ ...OFTEN, query: "fields eventName" })).toBe(`${HEAD}\nfields eventName`);
});

test.each<[string, Partial<CompiledDetection>, string]>([
  ["once is said as once", { threshold: 1, periodSeconds: 60, evaluationPeriods: 1 }, "1 event or more in 60 s."],
  [
    "several periods are said",
    { threshold: 2, periodSeconds: 60, evaluationPeriods: 2 },
    "2 events or more in 60 s, 2 periods in a row.",
  ],
  [
    "what must not stop is said to be too little",
    {
      detection: { ...tunedDetection("secret-deleted"), alarmWhen: "missed" },
      threshold: 1,
      periodSeconds: 3600,
      evaluationPeriods: 2,
    },
    "fewer than 1 event in 3600 s, 2 periods in a row.",
  ],
])("%s", (_what, changes, words) => {
  expect(describeWith(changes)).toContain(`Raised by: ${words}\n`);
});

test("an alarm on a missing signal says what its second message means, and no other does", () => {
  const line = "A message for the state OK means that it has recovered.\n";
  expect(describeWith({ detection: { ...tunedDetection("secret-deleted"), alarmWhen: "missed" } })).toContain(line);
  expect(describeWith({})).not.toContain(line);
});

test("a single period is not described as 'in a row'", () => {
  expect(describeWith(OFTEN)).not.toContain("in a row");
});

describe("the query", () => {
  const room = 1024 - HEAD.length - "\n".length;

  test("is complete if it fits", () => {
    expect(describeWith({ ...OFTEN, query: "x".repeat(room) })).toHaveLength(1024);
  });

  test("has only the event names if it does not fit, below the feed's root", () => {
    const text = describeWith({ ...OFTEN, query: "x".repeat(room + 1) });
    expect(text).not.toContain("xx");
    expect(text).toContain('| filter detail.eventName = "DeleteSecret"');
  });

  test("is left out if that is too long as well", () => {
    const text = describeWith({ ...withMeaning("y".repeat(700)), query: "x".repeat(1024) });
    expect(text.split("\n").at(-1)).toBe("Who did it: Logs Insights, saved query trailwatch/workloads/secret-deleted");
  });
});

test("text that is too long for CloudWatch is truncated, not rejected", () => {
  expect(describeWith(withMeaning("y".repeat(2000)))).toHaveLength(1024);
});

test("the query reads the fields where the feed puts them", () => {
  const own = testOrganization({ accounts: { workloads: { ...only("secret-deleted"), feed: "account-trail" } } });
  expect(describeIn(own)).toContain("\n| filter eventSource = ");
  expect(describeIn(own)).not.toContain("detail.");
});

import type { AccountFacts, FilterFacts, OwnNamed, TrailFacts } from "../../adoption/facts";
import { logGroupFindings } from "../../adoption/findings/log-group";

const REGION = "eu-west-1";
const TRAIL: TrailFacts = {
  ...{ name: "company", arn: "", homeRegion: REGION, owner: "111122223333", bucket: "logs", prefix: undefined },
  ...{ isOrganizationTrail: true, isMultiRegion: true, keyArn: undefined, details: undefined },
  logGroupArn: `arn:aws:logs:${REGION}:111122223333:log-group:company/trail:*`,
};

function filters(count: number, prefix: string): FilterFacts[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${prefix}-${index}`;
    return { name, logGroup: "company/trail", region: REGION, pattern: "", metrics: [{ namespace: "N", name }] };
  });
}

/** The management account, with so many filters of others and of Trailwatch on the trail's log group. */
function management(others: number, own: number): AccountFacts {
  const ofOwn = filters(own, "trailwatch-own");
  const ownNamed = ofOwn.map(({ name }): OwnNamed => ({ kind: "alarm", name, isOwn: true }));
  return {
    ...{ name: "management", id: "111122223333", role: "management", trails: [TRAIL], rules: undefined, ownNamed },
    ...{ subscriptions: new Map(), resourcePolicies: undefined, controlTowerRole: undefined },
    filters: [...filters(others, "company"), ...ofOwn],
    alarms: ofOwn.map(({ name, region }) => ({ name, region, namespace: "N", metric: name, actions: [] })),
  };
}

const collisions = (...facts: Parameters<typeof management>) =>
  logGroupFindings(management(...facts), TRAIL, 90)
    .filter(({ verdict }) => verdict === "collides")
    .map(({ sentence }) => sentence);

test("filters of others and those to deploy must fit on the log group", () => {
  expect(collisions(10, 0)).toEqual([]);
  expect(collisions(11, 0)).toEqual([
    "It has 11 metric filters of others and Trailwatch has 90, but AWS allows 100 a log group and does not raise it: " +
      "remove duplicates, or turn packs off.",
  ]);
});

test("filters that are deployed already do not count twice", () => {
  expect(collisions(10, 90)).toEqual([]);
});

import { checkAccounts, checkOnlyAccount, SCENARIOS } from "../../../sandbox/scenarios";
import { testOrganization } from "../../support/organization";

const NO_SECRET = { accounts: { workloads: { secrets: { create: [] } } } };

function check(id: string, organization = testOrganization()): void {
  for (const scenario of SCENARIOS.filter((one) => one.id === id)) checkAccounts(scenario, organization);
}

test.each(["read-secret", "unconfirmed"])("%s requires a watched secret", (id) => {
  expect(() => {
    check(id);
  }).not.toThrow();
  expect(() => {
    check(id, testOrganization(NO_SECRET));
  }).toThrow(
    /^this scenario requires an account with a secret in 'secrets\.create' and detection 'watched-secret-reads' enabled/,
  );
});

test.each([
  [50, true],
  [51, false],
])("accepts a threshold of %d reads: %s", (threshold, isAccepted) => {
  const detections = { "watched-secret-reads": { threshold } };
  const organization = testOrganization({ accounts: { workloads: { detections } } });
  const rejection = expect(() => {
    check("read-secret", organization);
  });
  if (isAccepted) rejection.not.toThrow();
  else rejection.toThrow("the organization has none");
});

test("the error names the missing account", () => {
  expect(() => {
    check("noise");
  }).toThrow(
    /^scenario 'noise' requires an account 'workloads-production', but the organization has only 'log-archive', /,
  );
});

test("compare requires a trail of Trailwatch's own", () => {
  const workloads = { "workloads-production": { id: "444444444444", role: "member" as const } };
  const existing = { name: "theirs", logGroup: "group" };
  expect(() => {
    check("compare", testOrganization({ accounts: workloads }));
  }).not.toThrow();
  expect(() => {
    check("compare", testOrganization({ accounts: workloads, trail: { existing } }));
  }).toThrow(/got the existing trail 'theirs': leave out --landing-zone$/);
});

test("a scenario whose detection is off in an account is rejected", () => {
  const workloads = { "workloads-production": { id: "444444444444", role: "member" as const } };
  const accounts = { ...workloads, management: { packs: [] } };
  expect(() => {
    check("tamper", testOrganization({ accounts: workloads }));
  }).not.toThrow();
  expect(() => {
    check("tamper", testOrganization({ accounts }));
  }).toThrow("scenario 'tamper' requires detection 'trail-changed' in account 'management', where it is off.");
});

test("only scenarios of one account run where only one is watched", () => {
  const rejected = SCENARIOS.filter((scenario) => {
    try {
      checkOnlyAccount(scenario, "workloads-production");
      return false;
    } catch (error) {
      expect(String(error)).toMatch(/requires alarms in '[\w-]+'.*: leave out --account$/);
      return true;
    }
  });
  expect(rejected.map(({ id }) => id)).toEqual(["noise", "tamper", "compare"]);
});

import { checkAccounts, SCENARIOS } from "../../../sandbox/scenarios";
import { testOrganization } from "../../support/organization";

const NO_SECRET = { accounts: { workloads: { secrets: { create: [] } } } };

function check(id: string, organization = testOrganization()): void {
  for (const scenario of SCENARIOS.filter((one) => one.id === id)) checkAccounts(scenario, organization);
}

test.each(["read-secret", "unconfirmed"])("%s needs a watched secret", (id) => {
  expect(() => {
    check(id);
  }).not.toThrow();
  expect(() => {
    check(id, testOrganization(NO_SECRET));
  }).toThrow(/^'secrets\.create' must name a secret in some account where 'watched-secret-reads' is on, got none/);
});

test.each([
  [50, true],
  [51, false],
])("a threshold of %d reads is worth waiting for: %s", (threshold, isWorthIt) => {
  const detections = { "watched-secret-reads": { threshold } };
  const organization = testOrganization({ accounts: { workloads: { detections } } });
  const refusal = expect(() => {
    check("read-secret", organization);
  });
  if (isWorthIt) refusal.not.toThrow();
  else refusal.toThrow("got none");
});

test("a story names the account that it lacks", () => {
  expect(() => {
    check("noise");
  }).toThrow(/^'--scenario noise' must find an account 'workloads-production', got 'log-archive', /);
});

import { NO_SCENARIO, scenarioNamed, SCENARIOS, stacksOf } from "../../../sandbox/scenarios";
import { testOrganization } from "../../support/organization";

const HUB = { alertHub: { account: "log-archive" } };
const readSecret = scenarioNamed("read-secret");

test.each([
  ["the account's", testOrganization(), ["monitoring-workloads"]],
  ["the account's and the alert hub's", testOrganization(HUB), ["alert-hub", "monitoring-workloads"]],
])("read-secret needs %s stack", (_name, organization, stacks) => {
  expect(readSecret && stacksOf(readSecret, organization)).toEqual(stacks);
});

test("other scenarios need all stacks, unless they say otherwise", () => {
  const needing = SCENARIOS.filter((scenario) => stacksOf(scenario, testOrganization(HUB)) === undefined);
  expect(needing.map(({ id }) => id)).toEqual(["noise", "tamper", "compare"]);
  expect(scenarioNamed(NO_SCENARIO)).toBeUndefined();
});

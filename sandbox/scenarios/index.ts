import type { Organization } from "../../organization/organization";
import { ALERT_HUB_STACK, monitoringStackId } from "../../lib/naming/stack-ids";
import { compareScenario } from "./compare";
import { subscriptionTo } from "./expected-alarm";
import { noiseScenario } from "./noise";
import { readSecretScenario } from "./read-secret";
import type { Scenario } from "./scenario";
import { tamperScenario } from "./tamper";
import { unconfirmedScenario } from "./unconfirmed";

/** Every scenario; the first is the default. */
export const SCENARIOS: readonly [Scenario, ...Scenario[]] = [
  readSecretScenario,
  unconfirmedScenario,
  noiseScenario,
  tamperScenario,
  compareScenario,
];

/** Deploys only. */
export const NO_SCENARIO = "none";

/** The scenario of an id; undefined for none. */
export function scenarioNamed(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

/** Ids of the stacks that a scenario needs, besides those that they depend on; undefined: all. */
export function stacksOf({ isInItsAccounts, expects }: Scenario, organization: Organization): string[] | undefined {
  if (isInItsAccounts !== true) return undefined;
  const hub = organization.alertHub === undefined ? [] : [ALERT_HUB_STACK];
  return [...hub, ...new Set(expects(organization).map(({ account }) => monitoringStackId(account.name)))];
}

/**
 * Rejects a scenario that needs other accounts than the only one that is watched.
 *
 * @throws Error that names them
 */
export function checkOnlyAccount({ id, accounts }: Scenario, only: string): void {
  const others = accounts.filter((name) => name !== only);
  if (others.length === 0) return;
  const names = others.map((name) => `'${name}'`).join(" and ");
  throw new Error(`scenario '${id}' requires alarms in ${names}: leave out --account`);
}

/**
 * Rejects a scenario that the organization cannot run, before anything is deployed.
 *
 * @throws Error that names what it lacks
 */
export function checkAccounts(scenario: Scenario, organization: Organization): void {
  const { id, accounts, check, expects, prepare } = scenario;
  const missing = accounts.find((name) => !organization.accounts.some((account) => account.name === name));
  if (missing !== undefined) {
    throw new Error(
      `scenario '${id}' requires an account '${missing}', but the organization has only ` +
        `${organization.accounts.map(({ name }) => `'${name}'`).join(", ")}. The scenario is written for the example accounts.`,
    );
  }
  check?.(organization);
  // Its own settings may turn it on.
  if (prepare !== undefined) return;
  const off = expects(organization).find((alarm) => subscriptionTo(alarm, organization) === undefined);
  if (off !== undefined) {
    throw new Error(
      `scenario '${id}' requires detection '${off.detection}' in account '${off.account.name}', where it is off.`,
    );
  }
}

import { ownNames } from "../../lib/naming/own-names";
import { ADOPT_READS } from "../aws/calls";
import type { AccountFacts } from "../facts";
import { recognizedControl } from "../filters/recognize";
import type { Account, Organization } from "../../organization/organization";
import { readAlarmFacts, readFilterFacts, readRuleFacts, readSubscriptions } from "./monitoring-facts";
import { readOwnNamed } from "./own-named";
import type { Reading } from "./reading";
import { readTrailFacts } from "./trail-facts";

/** Role of AWS Control Tower in each account that it manages. Source: Control Tower User Guide, roles. */
export const CONTROL_TOWER_ROLE = "AWSControlTowerExecution";

/** Reads one account: the home region, and the filters and alarms in the regions of its own trails. */
export async function readAccount(
  reading: Reading,
  account: Account,
  { homeRegion, iam, names }: Pick<Organization, "homeRegion" | "iam" | "names">,
): Promise<AccountFacts> {
  const trails = await readTrailFacts(reading, account.id, homeRegion);
  const own = (trails ?? []).filter(({ owner }) => owner === account.id);
  const regions = [...new Set([homeRegion, ...own.map((trail) => trail.homeRegion)])];

  const filters = joined(await Promise.all(regions.map((region) => readFilterFacts(reading, region))));
  const alarms = joined(await Promise.all(regions.map((region) => readAlarmFacts(reading, region))));
  const metrics = new Set(
    (filters ?? [])
      .filter(({ pattern }) => recognizedControl(pattern) !== undefined)
      .flatMap((filter) => filter.metrics.map(({ namespace, name }) => `${namespace}\n${name}`)),
  );
  const topics = (alarms ?? [])
    .filter(({ namespace, metric }) => metrics.has(`${namespace}\n${metric}`))
    .flatMap(({ actions }) => actions.filter((arn) => /^arn:[^:]+:sns:/.test(arn)));

  const policies = await reading.attempt(`CloudWatch Logs resource policies in ${homeRegion}`, () =>
    reading.list(
      ADOPT_READS.resourcePolicies,
      { region: homeRegion, input: (nextToken) => ({ nextToken }) },
      (answer) => ({
        items: answer.resourcePolicies,
        next: answer.nextToken,
      }),
    ),
  );
  return {
    name: account.name,
    id: account.id,
    names,
    role: account.role,
    trails,
    filters,
    alarms,
    subscriptions: await readSubscriptions(reading, [...new Set(topics)].sort()),
    rules: await readRuleFacts(reading, homeRegion),
    resourcePolicies: policies?.length,
    // It does not exist in the management account.
    controlTowerRole:
      account.role === "management"
        ? undefined
        : await reading.attempt(`role ${CONTROL_TOWER_ROLE}`, async () => {
            const role = await reading.query(ADOPT_READS.role, { RoleName: CONTROL_TOWER_ROLE }, homeRegion);
            return role !== undefined;
          }),
    ownNamed: await readOwnNamed(reading, homeRegion, ownNames(names), iam.namePrefix),
  };
}

/** Undefined where one of the parts was not read. */
function joined<T>(parts: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  const read = parts.filter((part) => part !== undefined);
  return read.length < parts.length ? undefined : read.flat();
}

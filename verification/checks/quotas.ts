import { QUOTAS, quotaText, type QuotaId } from "../../lib/aws/quotas";
import type { Hop } from "../../signals";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import type { ExpectedAccount, ExpectedTrail } from "../expected/expected-account";
import { proven } from "../result";
import type { Check, Subject } from "./check";

/**
 * Usage of the quotas that are shared with other users of the account. These checks depend on no other: an exhausted
 * quota also stops the first deployment, when nothing exists yet.
 */
export function quotaChecks({ deployed, logGroups, trails }: ExpectedAccount): Check[] {
  const written = logGroups.filter(({ name }) => deployed.rules.some((rule) => rule.logGroups.includes(name)));
  return [
    ...regionsOf(written).map(resourcePolicies),
    ...trailQuotaChecks(trails.filter((trail) => !trail.isOrganizationTrail)),
    ...[...new Set(deployed.filters.map(({ logGroup }) => logGroup))].map(metricFilters),
  ];
}

/** The same for trails: organization trails are checked separately from accounts. */
export function trailQuotaChecks(trails: readonly ExpectedTrail[]): Check[] {
  return regionsOf(trails).map((region) =>
    quotaCheck("CloudTrail", "trails", region, async ({ session }) => {
      const answer = await session.query(READS.trails, { includeShadowTrails: true }, region);
      return answer?.trailList;
    }),
  );
}

function resourcePolicies(region: string): Check {
  return quotaCheck("feed", "logResourcePolicies", region, ({ session }) =>
    pages(
      (nextToken) => session.query(READS.resourcePolicies, { nextToken }, region),
      (answer) => ({ items: answer.resourcePolicies, next: answer.nextToken }),
    ),
  );
}

function metricFilters(logGroupName: string): Check {
  return quotaCheck("metric filter", "metricFilters", logGroupName, ({ session, expected }) =>
    pages(
      (nextToken) => session.query(READS.metricFilters, { logGroupName, nextToken }, expected.homeRegion),
      (answer) => ({ items: answer.metricFilters, next: answer.nextToken }),
    ),
  );
}

/** @param place the scope of the quota, such as a region */
function quotaCheck(
  hop: Hop,
  id: QuotaId,
  place: string,
  stored: (subject: Subject) => Promise<readonly unknown[] | undefined>,
): Check {
  const quota = QUOTAS[id];
  return {
    hop,
    name: `quota of ${quota.what} in ${place}`,
    run: async (subject) => {
      const count = (await stored(subject))?.length ?? 0;
      const used = `${count} of ${quota.limit}`;
      const found = proven(`${used} ${quota.what}`);
      if (count < quota.limit) return found;
      return { ...found, warning: `${used} are used in ${place}: no more can be deployed. ${quotaText(quota)}` };
    },
  };
}

function regionsOf(places: readonly { readonly region: string }[]): string[] {
  return [...new Set(places.map(({ region }) => region))];
}

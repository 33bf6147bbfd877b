import { ownNames } from "../../lib/naming/own-names";
import { QUOTAS, type QuotaId } from "../../lib/aws/quotas";
import { counted } from "../../lib/support/counted";
import type { Account } from "../../organization/organization";
import type { AccountFacts } from "../facts";
import type { AdoptFinding } from "./finding";

/** Names of an account that a deployment wants too. */
export function nameFindings({ name: account, names, ownNamed }: AccountFacts): AdoptFinding[] {
  const own = ownNamed.filter(({ isOwn }) => isOwn === true);
  const collisions = ownNamed
    .filter(({ isOwn }) => isOwn === false)
    .map(({ kind, name }): AdoptFinding => ({
      verdict: "collides",
      subject: kind,
      account,
      name,
      sentence: `It has a name as Trailwatch gives, without the tag ${ownNames(names).stackTag}: rename or remove it, or the deployment fails.`,
    }));
  if (own.length === 0) return collisions;
  const kinds = [...new Set(own.map(({ kind }) => kind))].sort().join(", ");
  return [
    ...collisions,
    {
      verdict: "found",
      subject: "deployment",
      account,
      name: counted(own.length, "resource"),
      sentence: `Trailwatch is deployed here already: tag ${ownNames(names).stackTag} (${kinds}).`,
    },
  ];
}

/** EventBridge rules of others for CloudTrail's events. */
export function ruleFindings({ name: account, rules, ownNamed }: AccountFacts): AdoptFinding[] {
  const own = new Set(ownNamed.map(({ name }) => name));
  return (rules?.ofCloudTrail ?? [])
    .filter((name) => !own.has(name))
    .map((name) => ({
      verdict: "found",
      subject: "EventBridge rule",
      account,
      name,
      sentence: "It also reacts to CloudTrail's events; Trailwatch's rules do not change it.",
    }));
}

/**
 * Quotas that a deployment would exceed.
 *
 * @param newTrails trails that the deployment creates in the account
 */
export function quotaFindings(
  { name: account, trails, resourcePolicies, rules, ownNamed }: AccountFacts,
  { feed }: Pick<Account, "feed">,
  newTrails: number,
): AdoptFinding[] {
  // What is deployed already counts among what is there.
  if (ownNamed.some(({ isOwn }) => isOwn === true)) return [];
  const used: Partial<Record<QuotaId, readonly [present: number | undefined, added: number]>> = {
    trails: [trails?.length, newTrails],
    logResourcePolicies: [resourcePolicies, feed === "event-bus" ? 1 : 0],
    rules: [rules?.count, feed === "event-bus" ? 1 : 0],
  };
  return (Object.keys(used) as QuotaId[]).flatMap((id): AdoptFinding[] => {
    const [present = 0, added = 0] = used[id] ?? [];
    const { what, limit, per, remedy } = QUOTAS[id];
    if (added === 0 || present + added <= limit) return [];
    return [
      {
        verdict: "collides",
        subject: "quota",
        account,
        name: what,
        sentence: `${present} of ${limit} in ${per} are used, and Trailwatch adds ${added}: ${remedy}.`,
      },
    ];
  });
}

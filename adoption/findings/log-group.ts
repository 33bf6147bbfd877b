import { QUOTAS } from "../../lib/aws/quotas";
import type { AccountFacts, TrailFacts } from "../facts";
import { filtersOfOthers } from "../filters/duplicates";
import type { AdoptFinding } from "./finding";

/** Name of the log group in its ARN, which ends in `:*` where CloudTrail shows it. */
export function trailLogGroupOf({ logGroupArn }: Pick<TrailFacts, "logGroupArn">): string | undefined {
  return logGroupArn === undefined ? undefined : /:log-group:([^:]+)/.exec(logGroupArn)?.[1];
}

/**
 * The log group of the trail to reuse, and the room on it.
 *
 * @param needed metric filters of the management account's detections
 */
export function logGroupFindings(management: AccountFacts, trail: TrailFacts, needed: number): AdoptFinding[] {
  const { name: account, filters } = management;
  const group = trailLogGroupOf(trail);
  if (group === undefined) {
    return [
      {
        verdict: "create",
        subject: "log group",
        account,
        name: trail.name,
        sentence:
          "The trail writes to no log group, which the feed organization-trail needs: add one to the trail, " +
          "or set feed: event-bus for this account.",
      },
    ];
  }
  const reuse: AdoptFinding = {
    verdict: "reuse",
    subject: "log group",
    account,
    name: group,
    sentence: "The metric filters of the management account are attached to it.",
  };
  if (filters === undefined) return [reuse];
  const present = filtersOfOthers(management).filter(
    ({ logGroup, region }) => logGroup === group && region === trail.homeRegion,
  ).length;
  const { limit } = QUOTAS.metricFilters;
  if (present + needed <= limit) return [reuse];
  return [
    reuse,
    {
      verdict: "collides",
      subject: "quota",
      account,
      name: group,
      sentence:
        `It has ${present} metric filters of others and Trailwatch has ${needed}, but AWS allows ${limit} a log group and does ` +
        "not raise it: remove duplicates, or turn packs off.",
    },
  ];
}

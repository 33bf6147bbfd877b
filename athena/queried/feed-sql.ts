import { globalRegions } from "../../lib/aws/partitions";
import { literal } from "../../detections/athena/literal";
import { sqlCondition } from "../../detections/athena/sql-condition";
import type { DeployedRule, DeployedTrail, Deployment, DeployedFeed } from "../../signals";
import { eventPatternForm } from "./event-pattern-form";
import { CATEGORY, READ_ONLY, furtherCategories, trailSql } from "./trail-sql";

/**
 * Which of the records that a feed receives it lets through: SQL that is true for these.
 *
 * EventBridge has data events only where a trail records them. So has the archive: a data event in the archive counts
 * as recorded if any trail records events of its category now.
 *
 * @throws NotQueryable for what SQL cannot express
 */
export function feedSql({ source, account }: DeployedFeed, { accounts }: Deployment): string {
  if (source.kind === "trail") return trailSql(source.trail);
  const trails = accounts
    .flatMap((each) => each.trails.map((trail) => ({ trail, own: each === account })))
    .filter(({ trail, own }) => own || trail.isOrganizationTrail)
    .map(({ trail }) => trail);
  const { rule, forwarding } = source;
  return [recordedSql(trails), `(${ruleSql(rule, account.id)})`, `(${regionSql(rule, forwarding, account.id)})`].join(
    " AND ",
  );
}

/** The regions whose records may come through; undefined: any. */
export function regionsOf({ source }: DeployedFeed): string[] | undefined {
  if (source.kind === "rule") return [source.rule.region, ...source.forwarding.map(({ region }) => region)];
  const { isMultiRegion, region } = source.trail;
  return isMultiRegion ? undefined : [region, ...globalRegions(region)];
}

function recordedSql(trails: readonly DeployedTrail[]): string {
  const categories = ["Management", ...furtherCategories(trails)].map((category) => literal(category));
  return `${CATEGORY} IN (${categories.join(", ")})`;
}

function ruleSql({ state, pattern }: DeployedRule, accountId: string): string {
  if (state === "DISABLED") return "false";
  const form = eventPatternForm(pattern);
  const matches = form === undefined ? [] : [`(${sqlCondition(form, accountId)})`];
  const written = state === "ENABLED" ? [`(${READ_ONLY} = 'false' OR ${CATEGORY} <> 'Management')`] : [];
  return [...matches, ...written].join(" AND ") || "true";
}

/** Where a rule of another region has the same pattern as the one in the home region, adding its region is enough. */
function regionSql(home: DeployedRule, forwarding: readonly DeployedRule[], accountId: string): string {
  const isSame = ({ pattern, state }: DeployedRule): boolean => pattern === home.pattern && state === home.state;
  const same = new Set([home.region, ...forwarding.filter(isSame).map(({ region }) => region)]);
  const others = forwarding.filter(({ region }) => !same.has(region));
  return [
    `awsregion IN (${[...same].map((region) => literal(region)).join(", ")})`,
    ...others.map((rule) => `(awsregion = ${literal(rule.region)} AND ${ruleSql(rule, accountId)})`),
  ].join(" OR ");
}

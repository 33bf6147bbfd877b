import { ownNames } from "../../../lib/naming/own-names";
import { arn } from "../../../lib/aws/partitions";
import { trailArn } from "../../../lib/naming/trails";
import { equals, matches, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

// An organization trail that Trailwatch did not create, and its log group, have names of their own. Their beginnings are
// known: a filter pattern may hold three '*' only, and five regular expressions are all that a log group takes.

/** The call names the account's existing trail by its ARN; none where Trailwatch created the trail. */
export function existingTrailByArn(field: "requestParameters.resourceId", account: WatchedAccount): Condition[] {
  const { existingTrail, id } = account;
  if (existingTrail === undefined) return [];
  return [equals(field, trailArn(existingTrail.region, id, existingTrail.name))];
}

/** The call names the log group of the account's existing trail; none where Trailwatch's own name is in it. */
export function existingLogGroupByName(field: "requestParameters.logGroupName", account: WatchedAccount): Condition[] {
  const group = existingLogGroup(account);
  return group === undefined ? [] : [equals(field, group)];
}

/** The same where the call takes the ARN of the log group, which may end in `:*`, or its name. Takes one `*`. */
export function existingLogGroupByIdentifier(
  field: "requestParameters.logGroupIdentifier" | "requestParameters.resourceIdentifier",
  account: WatchedAccount,
): Condition[] {
  const group = existingLogGroup(account);
  if (group === undefined) return [];
  const region = account.existingTrail?.region ?? account.homeRegion;
  return [equals(field, group), matches(field, arn(region, "logs", account.id, `log-group:${group}*`))];
}

function existingLogGroup({ existingTrail, names }: WatchedAccount): string | undefined {
  const group = existingTrail?.logGroup;
  return group?.includes(ownNames(names).name) === true ? undefined : group;
}

import { arn } from "../aws/partitions";
import { OWN_FOLDER, OWN_PREFIX } from "./own-resources";

/** Trail of management and Insights events of the whole organization, its role, and the alias of its log group's key. */
export const ORGANIZATION_TRAIL = `${OWN_PREFIX}organization`;
/** Trail of data events of the whole organization. */
export const DATA_TRAIL = `${ORGANIZATION_TRAIL}-data`;
/**
 * Trail of the data events that raise alarms, its role, and the alias of its log group's key: a trail sends all that it
 * records to its log group.
 */
export const DATA_ALARMS_TRAIL = `${DATA_TRAIL}-alarms`;
/** Trail of an account that has one of its own, its role, and the alias of its log group's key. */
export const ACCOUNT_TRAIL = `${OWN_PREFIX}account`;

/** Log group of a trail: by the setting `feed` of its account, or that of the data events of the organization. */
export function trailLogGroup(
  accountName: string,
  events: "organization-trail" | "account-trail" | "data-events",
): string {
  return `/${OWN_FOLDER}${accountName}/${events}`;
}

/** ARN of a trail; the same in every account that sees the trail. */
export function trailArn(region: string, accountId: string, name: string): string {
  return arn(region, "cloudtrail", accountId, `trail/${name}`);
}

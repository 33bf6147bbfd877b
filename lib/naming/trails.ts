import { arn } from "../aws/partitions";
import type { NamesSettings } from "./own-resources";

/** Names of an installation's trails and their log groups. */
export function trailNames({ prefix }: NamesSettings) {
  const organizationTrail = `${prefix}-organization`;
  const dataTrail = `${organizationTrail}-data`;
  return {
    /** Trail of management and Insights events of the whole organization, its role, and the alias of its log group's key. */
    organizationTrail,
    /** Trail of data events of the whole organization. */
    dataTrail,
    /**
     * Trail of the data events that raise alarms, its role, and the alias of its log group's key: a trail sends all
     * that it records to its log group.
     */
    dataAlarmsTrail: `${dataTrail}-alarms`,
    /** Trail of an account that has one of its own, its role, and the alias of its log group's key. */
    accountTrail: `${prefix}-account`,
    /** Alias of the key of an account trail's own bucket. */
    trailFilesKeyAlias: `${prefix}-account-files`,
    /** Log group of a trail: by the setting `feed` of its account, or that of the data events of the organization. */
    trailLogGroup: (accountName: string, events: "organization-trail" | "account-trail" | "data-events"): string =>
      `/${prefix}/${accountName}/${events}`,
  };
}

/** ARN of a trail; the same in every account that sees the trail. */
export function trailArn(region: string, accountId: string, name: string): string {
  return arn(region, "cloudtrail", accountId, `trail/${name}`);
}

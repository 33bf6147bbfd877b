import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { Condition } from "../detections/condition";
import { eventPatterns, type EventPattern } from "../detections/event-pattern";
import { ConditionError } from "../detections/normal-form";
import { EVENTS_LOG_GROUP } from "../lib/naming/own-resources";
import { ACCOUNT_TRAIL, trailLogGroup } from "../lib/naming/trails";
import { AccountTrailFeed } from "../modules/feed/account-trail-feed";
import { EventBusFeed } from "../modules/feed/event-bus-feed";
import { forwardedRegions, type Account, type Organization } from "../organization/organization";
import { memoized } from "./synthesis/memoized";

export interface AccountFeedProps {
  readonly organization: Organization;
  readonly account: Account;
  /** ARN of the archive's key, for an account with its own trail. */
  readonly archiveKeyArn: string;
  /** The events that detections need: an event bus admits no others. */
  readonly conditions: readonly Condition[];
  /** Returns the account's provider for a further region. */
  readonly regionalProvider: (region: string) => AwsProvider;
}

/**
 * The account's feed.
 *
 * @returns the name of the log group in which its events can be evaluated
 */
export function createFeed(scope: Construct, props: AccountFeedProps): string {
  const { account, organization } = props;
  const common = {
    accountId: account.id,
    region: organization.homeRegion,
    retentionDays: account.logRetentionDays,
  };

  switch (account.feed) {
    case "organization-trail":
      // The trail's own stack creates it.
      return trailLogGroup(account.name, "organization-trail");
    case "account-trail":
      return new AccountTrailFeed(scope, "feed", {
        ...common,
        trailName: ACCOUNT_TRAIL,
        logGroupName: trailLogGroup(account.name, "account-trail"),
        archiveBucket: organization.archive.bucket,
        archiveKeyArn: props.archiveKeyArn,
      }).logGroupName;
    case "event-bus": {
      const regions = forwardedRegions(organization);
      return new EventBusFeed(scope, "feed", {
        ...common,
        logGroupName: EVENTS_LOG_GROUP,
        eventPatterns: rules(organization, account, props.conditions),
        furtherRegions: new Map(regions.map((region) => [region, props.regionalProvider(region)])),
      }).logGroupName;
    }
  }
}

const texts = new WeakMap<Condition, string>();

/** Accounts share most conditions: serialize each once. */
function textOf(condition: Condition): string {
  const text = texts.get(condition) ?? JSON.stringify(condition);
  texts.set(condition, text);
  return text;
}

const patternsOf = memoized(
  (_organization: Organization, conditions: readonly Condition[]) => eventPatterns(conditions),
  (conditions) => conditions.map(textOf).join(),
);

function rules(organization: Organization, account: Account, conditions: readonly Condition[]): EventPattern[] {
  try {
    return patternsOf(organization, conditions, account.id);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    throw new Error(`feed 'event-bus' of account '${account.name}': ${error.message}`, { cause: error });
  }
}

import { ownNames } from "../lib/naming/own-names";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { Condition } from "../detections/condition";
import { eventPatterns, type EventPattern } from "../detections/event-pattern";
import { ConditionError } from "../detections/normal-form";
import { AccountTrailFeed, type AccountTrailFeedProps } from "../modules/feed/account-trail-feed";
import { EventBusFeed } from "../modules/feed/event-bus-feed";
import { archiveBucketOf } from "../organization/resolve/archive";
import { forwardedRegions, type Account, type Organization } from "../organization/organization";
import { organizationLogGroup, trailFilesBucket } from "./names";
import { memoized } from "./synthesis/memoized";

export interface AccountFeedProps {
  readonly organization: Organization;
  readonly account: Account;
  /** ARN of the archive's key, for an account with its own trail; undefined: Trailwatch creates no archive. */
  readonly archiveKeyArn: string | undefined;
  /** The events that detections need: an event bus admits no others. */
  readonly conditions: readonly Condition[];
  /** Returns the account's provider for a further region. */
  readonly regionalProvider: (region: string) => AwsProvider;
}

/** What an account's feed consists of. */
export interface DeployedFeedParts {
  /** Name of the log group in which its events can be evaluated; a reference to it depends on the log group. */
  readonly logGroupName: string;
  /** The same name as plain text. */
  readonly logGroup: string;
  /** The EventBridge rules of the home region that send events there. */
  readonly rules: readonly { readonly name: string; readonly pattern: EventPattern }[];
}

/** Creates the account's feed. */
export function createFeed(scope: Construct, props: AccountFeedProps): DeployedFeedParts {
  const { account, organization } = props;
  const common = {
    accountId: account.id,
    region: organization.homeRegion,
    retentionDays: account.logRetentionDays,
  };

  switch (account.feed) {
    case "organization-trail": {
      // The trail's own stack creates it, unless it exists already.
      const logGroup = organizationLogGroup(organization, account);
      return { logGroupName: logGroup, logGroup, rules: [] };
    }
    case "account-trail": {
      const logGroup = ownNames(organization.names).trailLogGroup(account.name, "account-trail");
      const { logGroupName } = new AccountTrailFeed(scope, "feed", {
        ...common,
        trailName: ownNames(organization.names).accountTrail,
        logGroupName: logGroup,
        files: trailFiles(props),
      });
      return { logGroupName, logGroup, rules: [] };
    }
    case "event-bus": {
      const regions = forwardedRegions(organization);
      const patterns = patternsFor(organization, account, props.conditions);
      const { logGroupName } = new EventBusFeed(scope, "feed", {
        ...common,
        logGroupName: ownNames(organization.names).eventsLogGroup,
        eventPatterns: patterns,
        furtherRegions: new Map(regions.map((region) => [region, props.regionalProvider(region)])),
      });
      const rules = patterns.map((pattern, index) => ({
        name: ownNames(organization.names).eventRuleName(index),
        pattern,
      }));
      return { logGroupName, logGroup: ownNames(organization.names).eventsLogGroup, rules };
    }
  }
}

/** Policies of an existing archive and its key are not Trailwatch's to change, so that they do not admit the trail. */
function trailFiles({ account, archiveKeyArn, organization }: AccountFeedProps): AccountTrailFeedProps["files"] {
  const bucketName = trailFilesBucket(organization, account);
  if (bucketName !== undefined) {
    return { bucketName, keyAlias: ownNames(organization.names).trailFilesKeyAlias, organizationId: organization.id };
  }
  return { archiveBucket: archiveBucketOf(organization).bucket, archiveKeyArn };
}

const texts = new WeakMap<Condition, string>();

/**
 * Accounts share most conditions: serialize each once. Event patterns have no regular expressions, and those that
 * describe other accounts differ for each account.
 */
function textOf(condition: Condition): string {
  const text =
    texts.get(condition) ?? JSON.stringify(condition, (key, value: unknown) => (key === "regex" ? 0 : value));
  texts.set(condition, text);
  return text;
}

const patternsOf = memoized(
  (_organization: Organization, conditions: readonly Condition[]) => eventPatterns(conditions),
  (conditions) => conditions.map(textOf).join(),
);

function patternsFor(organization: Organization, account: Account, conditions: readonly Condition[]): EventPattern[] {
  try {
    return patternsOf(organization, conditions, account.id);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    throw new Error(`feed 'event-bus' of account '${account.name}': ${error.message}`, { cause: error });
  }
}

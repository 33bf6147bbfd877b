import { ownNames } from "../lib/naming/own-names";
import { globalArn } from "../lib/aws/partitions";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { FEEDS } from "../lib/naming/feeds";
import { roleNameOf } from "../lib/naming/role-names";
import { Witness } from "../modules/witness/witness";
import { forwardedByDefault, omittedRegions, type Account, type Organization } from "../organization/organization";
import { deploymentRole } from "../organization/resolve/access";
import { ownRoleNames } from "./role-boundary";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import { existingTopicsIn, witnessedBy } from "../organization/resolve/topics";

/** The witness of the management account or the hub's account. */
export function createWitness(
  scope: Construct,
  organization: Organization,
  account: Account,
  regionalProvider: (region: string) => AwsProvider,
): Witness {
  const role = deploymentRole(organization, account);
  const session = role && `assumed-role/${roleNameOf(role)}/${ownNames(organization.names).deploymentSession}`;
  const { homeRegion } = organization;
  const notifies = witnessedBy(organization, account);
  // No partition has two besides the home region.
  const globalRegion = forwardedByDefault(homeRegion).find((region) => !omittedRegions(organization).includes(region));
  const needsForwarding = globalRegion !== undefined && !forwardsGlobalEvents(organization, account);
  return new Witness(scope, "witness", {
    accountId: account.id,
    accountName: account.name,
    region: homeRegion,
    ...ownRoleNames(organization),
    existingTrail: account.role === "management" ? organization.trail.existing : undefined,
    existingTopics: existingTopicsIn(organization, account),
    existingTopicArn: notifies.existing?.topicArn,
    subscribers: notifies,
    deploymentSession: session && globalArn(homeRegion, "sts", account.id, session),
    globalProvider: needsForwarding ? regionalProvider(globalRegion) : undefined,
  });
}

/** Whether the account's feed forwards the events of global services, those of the guard's detections included. */
function forwardsGlobalEvents(organization: Organization, account: Account): boolean {
  const isForwarded = subscriptionsOf(organization, account).some(
    ({ detection }) => detection.id === "watcher-role-changed",
  );
  return FEEDS[account.feed].trail === "none" && isForwarded;
}

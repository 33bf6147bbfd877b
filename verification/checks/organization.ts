import { READS } from "../aws/calls";
import type { Organization } from "../../organization/organization";
import { archiveBucketOf } from "../../organization/resolve/archive";
import { failed, proven, type Finding } from "../result";
import { redeploy, type Check, type Subject } from "./check";
import { LOG_ARCHIVE_STACK } from "../../lib/naming/stack-ids";

const SERVICE = "cloudtrail.amazonaws.com";

/** Without it, CloudTrail reaches no member account. Called in the management account. */
export const trustedAccess: Check = {
  hop: "CloudTrail",
  name: "trusted access to the organization",
  run: async ({ session, expected }) => {
    let NextToken: string | undefined;
    do {
      const answer = await session.query(READS.serviceAccess, { NextToken }, expected.homeRegion);
      const found = answer?.EnabledServicePrincipals?.find(({ ServicePrincipal }) => ServicePrincipal === SERVICE);
      if (found !== undefined) return proven(`${SERVICE} has trusted access`);
      NextToken = answer?.NextToken;
    } while (NextToken !== undefined);
    return failed(
      `${SERVICE} has no trusted access`,
      "new accounts of the organization are not recorded",
      `aws organizations enable-aws-service-access --service-principal ${SERVICE}`,
    );
  },
};

/** Called in the log-archive account. */
export function archiveChecks({ archive }: Pick<Organization, "archive">): readonly Check[] {
  const check = { hop: "CloudTrail", name: "archive is reachable", run: reachable } as const;
  // The owner of an existing bucket decides about its lock.
  if (archive.existing !== undefined) return [check];
  return [check, { hop: "CloudTrail", name: "archive is locked", follows: [check.name], run: locked }];
}

async function reachable({ session, organization }: Subject): Promise<Finding> {
  const { bucket, region } = archiveBucketOf(organization);
  const answer = await session.query(READS.bucket, { Bucket: bucket }, region);
  if (answer !== undefined) return proven(bucket);
  const { existing } = organization.archive;
  const remedy =
    existing === undefined
      ? redeploy(LOG_ARCHIVE_STACK)
      : "correct archive.existing.bucket in accounts/organization.yaml";
  return failed(`no bucket ${bucket}`, "CloudTrail has no bucket to deliver to", remedy);
}

async function locked({ session, organization }: Subject): Promise<Finding> {
  const { objectLock } = organization.archive;
  const { bucket, region } = archiveBucketOf(organization);
  const answer = await session.query(READS.objectLock, { Bucket: bucket }, region);
  const retention = answer?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  const seen = retention === undefined ? "no lock" : `${retention.Mode ?? ""} for ${retention.Days ?? 0} days`;
  return retention?.Mode === objectLock.mode && retention.Days === objectLock.retentionDays
    ? proven(seen)
    : failed(
        seen,
        `objects must be locked in ${objectLock.mode} mode for ${objectLock.retentionDays} days: they can be deleted too early`,
        redeploy(LOG_ARCHIVE_STACK),
      );
}

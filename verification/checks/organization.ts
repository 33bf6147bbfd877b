import { READS } from "../aws/calls";
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
export const archiveChecks: readonly Check[] = [
  { hop: "CloudTrail", name: "archive is reachable", run: reachable },
  { hop: "CloudTrail", name: "archive is locked", follows: ["archive is reachable"], run: locked },
];

async function reachable({ session, organization, expected }: Subject): Promise<Finding> {
  const { bucket } = organization.archive;
  const answer = await session.query(READS.bucket, { Bucket: bucket }, expected.homeRegion);
  return answer === undefined
    ? failed(`no bucket ${bucket}`, "CloudTrail has no bucket to deliver to", redeploy(LOG_ARCHIVE_STACK))
    : proven(bucket);
}

async function locked({ session, organization, expected }: Subject): Promise<Finding> {
  const { bucket, objectLock } = organization.archive;
  const answer = await session.query(READS.objectLock, { Bucket: bucket }, expected.homeRegion);
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

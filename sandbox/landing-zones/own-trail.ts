import { bucketArn } from "../../lib/aws/partitions";
import { trailArn } from "../../lib/naming/trails";
import type { LandingZone } from "./landing-zone";
import { createLogBucket } from "./log-bucket";
import { createOrganizationTrail, trailWrites } from "./organization-trail";
import { createOwnAlarms } from "./own-alarms";
import { createTrailKey } from "./trail-key";

const TRAIL = "company-trail";
const LOG_GROUP = "company/cloudtrail";
const EXPIRY_DAYS = 730;
const LOG_RETENTION_DAYS = 90;

/** An organization trail that a company created by itself, with the alarms of the CIS benchmark. */
export const ownTrail: LandingZone = {
  id: "own-trail",
  title: "an organization trail with its own bucket, key, CIS alarms, topic and rule",
  create: async (site) => {
    const { region, organizationId, management, logArchive } = site;
    const arn = trailArn(region, management.id, TRAIL);
    const archive = site.of(logArchive);
    const keyArn = await createTrailKey(archive.kms, { alias: TRAIL, owner: logArchive.id, trailArn: arn });
    const bucket = `company-cloudtrail-${logArchive.id}`;
    // CloudTrail writes an organization trail's first file below the management account's id.
    const folders = [`AWSLogs/${management.id}`, `AWSLogs/${organizationId}`];
    const onlyThisTrail = { StringEquals: { "aws:SourceArn": arn } };
    await createLogBucket(archive.s3, {
      ...{ name: bucket, region, keyArn, expiryDays: EXPIRY_DAYS },
      policy: trailWrites(bucketArn(region, bucket), folders, onlyThisTrail),
    });
    await createOrganizationTrail(site.of(management), {
      ...{ name: TRAIL, region, account: management.id, bucket, keyArn, logGroup: LOG_GROUP },
      logRetentionDays: LOG_RETENTION_DAYS,
      role: { name: "company-trail-logs", path: "/" },
    });
    await createOwnAlarms(site, LOG_GROUP);
    return {
      trail: { name: TRAIL, region, logGroup: LOG_GROUP },
      archive: { bucket, region, keyArn, retentionDays: EXPIRY_DAYS },
      hasCisFilters: true,
    };
  },
};

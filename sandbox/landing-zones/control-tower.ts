import { randomInt } from "node:crypto";
import { bucketArn } from "../../lib/aws/partitions";
import { trailArn } from "../../lib/naming/trails";
import { EXECUTION_ROLE } from "./control-tower-controls";
import { enrollAccounts } from "./control-tower-units";
import type { LandingZone } from "./landing-zone";
import { createLogBucket } from "./log-bucket";
import { createOrganizationTrail, trailWrites } from "./organization-trail";
import type { Statement } from "./policy-document";
import { createTrailKey } from "./trail-key";
import type { ZoneSite } from "./zone-site";

const TRAIL = "aws-controltower-BaselineCloudTrail";
const CONFIG = "config.amazonaws.com";
/** Source: Control Tower User Guide, log retention: its defaults. */
const EXPIRY_DAYS = { logs: 365, accessLogs: 3650 };
const LOG_RETENTION_DAYS = 14;
const SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const SUFFIX_LENGTH = 12;

/** AWS Control Tower, landing zone 4.0, with its trail and a key configured. */
export const controlTower: LandingZone = {
  id: "control-tower",
  title: "AWS Control Tower with its organization trail, archive, controls and roles",
  create: async (site) => {
    const { region, organizationId, management } = site;
    await enrollAccounts(site);
    const keyArn = await createTrailKey(site.of(management).kms, {
      alias: "aws-controltower",
      owner: management.id,
      trailArn: trailArn(region, management.id, TRAIL),
      statements: [
        {
          Sid: "AllowConfigToEncrypt",
          Effect: "Allow",
          Principal: { Service: CONFIG },
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        },
      ],
    });
    const bucket = await createBuckets(site, keyArn);
    const suffix = Array.from({ length: SUFFIX_LENGTH }, () => SUFFIX_CHARACTERS[randomInt(SUFFIX_CHARACTERS.length)]);
    const logGroup = `aws-controltower/CloudTrailLogs-${suffix.join("")}`;
    await createOrganizationTrail(site.of(management), {
      ...{ name: TRAIL, region, account: management.id, bucket, prefix: organizationId, keyArn, logGroup },
      logRetentionDays: LOG_RETENTION_DAYS,
      role: { name: "AWSControlTowerCloudTrailRole", path: "/service-role/" },
    });
    return {
      trail: { name: TRAIL, region, logGroup },
      archive: { bucket, region, keyArn, prefix: organizationId, retentionDays: EXPIRY_DAYS.logs },
      deploymentRole: EXECUTION_ROLE,
    };
  },
};

/** The bucket of the logs and the one of its access logs. Returns the name of the first. */
async function createBuckets(site: ZoneSite, keyArn: string): Promise<string> {
  const { region, organizationId, logArchive } = site;
  const { s3 } = site.of(logArchive);
  const logs = `aws-controltower-logs-${logArchive.id}-${region}`;
  const accessLogs = `aws-controltower-s3-access-logs-${logArchive.id}-${region}`;
  await createLogBucket(s3, {
    ...{ name: accessLogs, region, expiryDays: EXPIRY_DAYS.accessLogs },
    policy: [
      {
        Sid: "AWSS3AccessLogging",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: bucketArn(region, `${accessLogs}/*`),
        Condition: { StringEquals: { "aws:SourceAccount": logArchive.id } },
      },
    ],
  });
  const sameOrganization = { StringEquals: { "aws:SourceOrgID": organizationId } };
  const folders = [`${organizationId}/AWSLogs/${organizationId}`];
  await createLogBucket(s3, {
    ...{ name: logs, region, keyArn, accessLogs, expiryDays: EXPIRY_DAYS.logs },
    policy: [
      ...trailWrites(bucketArn(region, logs), folders, sameOrganization),
      ...configWrites(bucketArn(region, logs), organizationId, sameOrganization),
    ],
  });
  return logs;
}

function configWrites(arn: string, organizationId: string, Condition: Statement["Condition"]): Statement[] {
  const grant = { Effect: "Allow", Principal: { Service: CONFIG }, Condition } as const;
  return [
    { Sid: "AWSConfigBucketExistenceCheck", ...grant, Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: arn },
    { Sid: "AWSConfigDelivery", ...grant, Action: "s3:PutObject", Resource: `${arn}/${organizationId}/AWSLogs/*/*` },
  ];
}

import { CreateTrailCommand, StartLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { arn, roleArn } from "../../lib/aws/partitions";
import type { ServiceClients } from "../../lib/aws/service-clients";
import { policyDocument, type Statement, trust } from "./policy-document";

/** CloudTrail's service principal. */
export const CLOUDTRAIL = "cloudtrail.amazonaws.com";

/** An organization trail with a log group. */
export interface ZoneTrail {
  readonly name: string;
  readonly region: string;
  /** The management account, which owns it. */
  readonly account: string;
  readonly bucket: string;
  readonly prefix?: string;
  readonly keyArn: string;
  readonly logGroup: string;
  readonly logRetentionDays: number;
  /** Role with which CloudTrail writes to the log group. */
  readonly role: { readonly name: string; readonly path: string };
}

/** Creates the log group, the role and the trail, of all regions and with log file validation, and starts it. */
export async function createOrganizationTrail(clients: ServiceClients, trail: ZoneTrail): Promise<void> {
  const { name: Name, region, account, logGroup, role } = trail;
  const { iam, logs, cloudTrail } = clients;
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: logGroup, retentionInDays: trail.logRetentionDays }));
  const groupArn = arn(region, "logs", account, `log-group:${logGroup}:*`);
  await iam.send(
    new CreateRoleCommand({
      RoleName: role.name,
      Path: role.path,
      AssumeRolePolicyDocument: trust({ Service: CLOUDTRAIL }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: role.name,
      PolicyName: `${role.name}Policy`,
      PolicyDocument: policyDocument({
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: groupArn,
      }),
    }),
  );
  await cloudTrail.send(
    new CreateTrailCommand({
      Name,
      S3BucketName: trail.bucket,
      S3KeyPrefix: trail.prefix,
      KmsKeyId: trail.keyArn,
      IsOrganizationTrail: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      CloudWatchLogsLogGroupArn: groupArn,
      CloudWatchLogsRoleArn: roleArn(region, account, `${role.path.slice(1)}${role.name}`),
    }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name }));
}

/**
 * Statements of a bucket's policy that let a trail write below prefixes, such as `AWSLogs/o-exampleorgid`. Source:
 * CloudTrail User Guide, bucket policy for an organization trail.
 */
export function trailWrites(
  bucketArn: string,
  folders: readonly string[],
  condition: Statement["Condition"],
): Statement[] {
  const Principal = { Service: CLOUDTRAIL };
  return [
    {
      Sid: "AWSBucketPermissionsCheck",
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: condition,
    },
    {
      Sid: "AWSBucketDelivery",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: folders.map((folder) => `${bucketArn}/${folder}/*`),
      Condition: condition,
    },
  ];
}

import { bucketArn, partitionRegions } from "../lib/aws/partitions";
import type { Construct } from "constructs";
import { accessLogBucketOf, queryResultsBucketOf } from "../lib/naming/archive-buckets";
import { ATHENA_WORKGROUP } from "../lib/naming/resource-names";
import { Archive, EXPIRE_DAYS_AFTER_LOCK } from "../modules/archive/archive";
import { ArchiveQueries } from "../modules/archive-queries/archive-queries";
import { accountWithRole, type Organization } from "../organization/organization";
import { AccountStack } from "./account-stack";
import { accountTrails, organizationTrails } from "./names";
import { savedQueries } from "./saved-queries";

export interface LogArchiveStackProps {
  /** The organization; its archive settings and the account with role `log-archive` matter here. */
  readonly organization: Organization;
}

/** The central, locked archive in the log-archive account, and the resources for querying it. */
export class LogArchiveStack extends AccountStack {
  /** ARN of the archive's key, which AWS generates: stacks that need it read this stack's state. */
  public readonly archiveKeyArn: string;

  constructor(scope: Construct, id: string, props: LogArchiveStackProps) {
    const { organization } = props;
    super(scope, id, { organization, account: accountWithRole(organization, "log-archive") });
    const { archive, athena } = organization;
    const resultsBucketName = queryResultsBucketOf(archive.bucket);

    const { keyArn, accessLogs } = new Archive(this, "archive", {
      bucketName: archive.bucket,
      accessLogBucketName: accessLogBucketOf(archive.bucket),
      accountId: this.account.id,
      region: organization.homeRegion,
      organizationId: organization.id,
      organizationTrails: organizationTrails(organization),
      accountTrails: accountTrails(organization),
      objectLock: archive.objectLock,
      colderStorageAfterDays: archive.colderStorageAfterDays,
      readerRoleArns: archive.readerRoleArns,
      queryResultsBucketArn: athena.enabled ? bucketArn(organization.homeRegion, resultsBucketName) : undefined,
      denyWritesNotFromCloudTrail: archive.denyWritesNotFromCloudTrail,
      breakGlassRole: archive.breakGlassRole,
    });
    this.archiveKeyArn = keyArn;

    if (!athena.enabled) return;
    const queries = new ArchiveQueries(this, "archive-queries", {
      region: organization.homeRegion,
      workgroupName: ATHENA_WORKGROUP,
      archiveBucket: archive.bucket,
      archiveKeyArn: this.archiveKeyArn,
      accountId: this.account.id,
      resultsBucketName,
      organizationId: organization.id,
      regions: partitionRegions(organization.homeRegion),
      archiveDays: archive.objectLock.retentionDays + EXPIRE_DAYS_AFTER_LOCK,
      resultRetentionDays: athena.resultRetentionDays,
      scanLimitGigabytes: athena.scanLimitGigabytes,
      savedQueries: savedQueries(organization),
    });
    accessLogs.logAccessesTo(queries, queries.resultsBucket, resultsBucketName);
  }
}

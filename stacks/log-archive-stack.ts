import { bucketArn, partitionRegions } from "../lib/aws/partitions";
import type { Construct } from "constructs";
import { accessLogBucketOf, queryResultsBucketOf } from "../lib/naming/archive-buckets";
import { AccessLogBucket } from "../modules/archive/access-log-bucket";
import { Archive, EXPIRE_DAYS_AFTER_LOCK } from "../modules/archive/archive";
import { ArchiveQueries } from "../modules/archive-queries/archive-queries";
import { EncryptionKey } from "../modules/encryption-key/encryption-key";
import {
  archiveBucketOf,
  archiveFamilyOf,
  archiveKeyPrefixOf,
  ownArchiveOf,
  type OwnArchive,
} from "../organization/resolve/archive";
import { accountWithRole, type Organization } from "../organization/organization";
import { AccountStack } from "./account-stack";
import { accountTrails, organizationTrails } from "./names";
import { savedQueries } from "./saved-queries";

export interface LogArchiveStackProps {
  /** The organization; its archive settings and the account with role `log-archive` matter here. */
  readonly organization: Organization;
}

/**
 * The central, locked archive in the log-archive account, and the resources for querying it; with an existing archive, only
 * those.
 */
export class LogArchiveStack extends AccountStack {
  /**
   * ARN of the archive's key, which AWS generates: stacks that need it read this stack's state. Undefined: the archive is
   * not created here.
   */
  public readonly archiveKeyArn: string | undefined;

  constructor(scope: Construct, id: string, props: LogArchiveStackProps) {
    const { organization } = props;
    super(scope, id, { organization, account: accountWithRole(organization, "log-archive") });
    const { archive, athena } = organization;
    const family = archiveFamilyOf(organization);
    const own = ownArchiveOf(archive);
    const created = own === undefined ? undefined : this.createArchive(own, family);
    this.archiveKeyArn = created?.keyArn;

    if (athena.enabled) this.createQueries(family, created ?? this.createResultsStorage(family));
  }

  private createArchive(archive: OwnArchive, family: string): Archive {
    const { organization } = this;
    return new Archive(this, "archive", {
      bucketName: archive.bucket,
      accessLogBucketName: accessLogBucketOf(family),
      accountId: this.account.id,
      region: organization.homeRegion,
      organizationId: organization.id,
      organizationTrails: organizationTrails(organization),
      accountTrails: accountTrails(organization),
      objectLock: archive.objectLock,
      colderStorageAfterDays: archive.colderStorageAfterDays,
      readerRoleArns: archive.readerRoleArns,
      queryResultsBucketArn: organization.athena.enabled
        ? bucketArn(organization.homeRegion, queryResultsBucketOf(family))
        : undefined,
      denyWritesNotFromCloudTrail: archive.denyWritesNotFromCloudTrail,
      breakGlassRole: archive.breakGlassRole,
    });
  }

  /** Results of queries on an existing archive, whose key and access logs belong to others. */
  private createResultsStorage(family: string): QueryStorage {
    const { account } = this;
    const key = new EncryptionKey(this, "results-key", {
      purpose: "archive",
      alias: this.own.archiveKeyAlias,
      description: "Trailwatch: results of queries on CloudTrail's log archive",
      accountId: account.id,
      region: this.organization.homeRegion,
    });
    const accessLogs = new AccessLogBucket(this, "access-logs", {
      bucketName: accessLogBucketOf(family),
      sourceBucketArns: [bucketArn(this.organization.homeRegion, queryResultsBucketOf(family))],
      region: this.organization.homeRegion,
      accountId: account.id,
    });
    return { keyArn: key.arn, accessLogs };
  }

  private createQueries(family: string, { keyArn, accessLogs }: QueryStorage): void {
    const { organization } = this;
    const { archive, athena } = organization;
    const resultsBucketName = queryResultsBucketOf(family);
    const queries = new ArchiveQueries(this, "archive-queries", {
      region: organization.homeRegion,
      workgroupName: this.own.athenaWorkgroup,
      archiveBucket: archiveBucketOf(organization).bucket,
      keyPrefix: archiveKeyPrefixOf(organization),
      resultsKeyArn: keyArn,
      accountId: this.account.id,
      resultsBucketName,
      organizationId: organization.id,
      regions: partitionRegions(organization.homeRegion),
      archiveDays: archive.existing?.retentionDays ?? archive.objectLock.retentionDays + EXPIRE_DAYS_AFTER_LOCK,
      resultRetentionDays: athena.resultRetentionDays,
      scanLimitGigabytes: athena.scanLimitGigabytes,
      savedQueries: savedQueries(organization),
    });
    accessLogs.logAccessesTo(queries, queries.resultsBucket, resultsBucketName);
  }
}

/** What encrypts the results of queries, and where accesses to them are logged. */
type QueryStorage = Pick<Archive, "keyArn" | "accessLogs">;

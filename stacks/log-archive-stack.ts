import type { Construct } from "constructs";
import { Archive } from "../modules/archive/archive";
import { accountWithRole, type Organization } from "../organization/organization";
import { AccountStack } from "./account-stack";
import { accessLogBucket, accountTrails, organizationTrails } from "./names";

export interface LogArchiveStackProps {
  /** The organization; its archive settings and the account with role `log-archive` matter here. */
  readonly organization: Organization;
}

/** The central, locked archive in the log-archive account. */
export class LogArchiveStack extends AccountStack {
  /** ARN of the archive's key, which AWS invents: stacks that need it read this stack's state. */
  public readonly archiveKeyArn: string;

  constructor(scope: Construct, id: string, props: LogArchiveStackProps) {
    const { organization } = props;
    super(scope, id, { organization, account: accountWithRole(organization, "log-archive") });
    const { archive } = organization;

    this.archiveKeyArn = new Archive(this, "archive", {
      bucketName: archive.bucket,
      accessLogBucketName: accessLogBucket(organization),
      accountId: this.account.id,
      region: organization.homeRegion,
      organizationId: organization.id,
      organizationTrails: organizationTrails(organization),
      accountTrails: accountTrails(organization),
      objectLock: archive.objectLock,
      colderStorageAfterDays: archive.colderStorageAfterDays,
      readerRoleArns: archive.readerRoleArns,
      denyWritesNotFromCloudTrail: archive.denyWritesNotFromCloudTrail,
    }).keyArn;
  }
}

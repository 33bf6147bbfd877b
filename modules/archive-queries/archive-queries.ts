import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { Construct } from "constructs";
import type { SavedQuery } from "../../detections/athena/saved-query";
import { QueryResults } from "./query-results";
import { TrailTable } from "./trail-table";

export interface ArchiveQueriesProps {
  /** Name of the workgroup. */
  readonly workgroupName: string;

  /** Name of the archive's bucket. */
  readonly archiveBucket: string;

  /** ARN of the archive's key, which encrypts what queries find too. */
  readonly archiveKeyArn: string;

  /** The 12-digit id of the account that owns the archive. */
  readonly accountId: string;

  /** Name of the bucket of what queries find. */
  readonly resultsBucketName: string;

  /** `o-…`; nobody outside may read what was found. */
  readonly organizationId: string;

  /** Regions that the organization's trail may record. */
  readonly regions: readonly string[];

  /** Days that the archive shows its objects. */
  readonly archiveDays: number;

  /** Days until what queries found is deleted. */
  readonly resultRetentionDays: number;

  /** The most that one query may read, in gigabytes of 10^9 bytes; AWS stops it there. */
  readonly scanLimitGigabytes: number;

  /** Queries that people find in the workgroup. */
  readonly savedQueries: readonly SavedQuery[];
}

/** Source: Athena API, CreateNamedQuery; service quotas, length of a query string. */
const LIMITS = { name: 128, description: 1024, bytes: 262_144 } as const;
const GIGABYTE = 1_000_000_000;

/** The archive, asked where it lies: a table over it, and a workgroup of Athena's whose settings nobody can go round. */
export class ArchiveQueries extends Construct {
  constructor(scope: Construct, id: string, props: ArchiveQueriesProps) {
    super(scope, id);

    const table = new TrailTable(this, "table", { ...props, retentionDays: props.archiveDays });
    const results = new QueryResults(this, "results", {
      bucketName: props.resultsBucketName,
      encryptionKeyArn: props.archiveKeyArn,
      organizationId: props.organizationId,
      retentionDays: props.resultRetentionDays,
    });

    const workgroup = new AthenaWorkgroup(this, "workgroup", {
      name: props.workgroupName,
      description: "Trailwatch: asks the archive",
      // AWS deletes no workgroup in which anybody has asked; what was asked is in CloudTrail too.
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.scanLimitGigabytes * GIGABYTE,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${results.bucketName}/`,
          // A bucket of that name which another account made first gets nothing.
          expectedBucketOwner: props.accountId,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: props.archiveKeyArn },
        },
      },
    });

    const queries = new Construct(this, "queries");
    for (const query of props.savedQueries) {
      checkQuery(query, this.node.path);
      new AthenaNamedQuery(queries, query.id, {
        name: query.name,
        description: query.description,
        query: query.sql,
        database: table.databaseName,
        workgroup: workgroup.name,
      });
    }
  }
}

function checkQuery({ id, name, description, sql }: SavedQuery, path: string): void {
  const tooLong = [
    ["name", name.length, LIMITS.name, "characters"],
    ["description", description.length, LIMITS.description, "characters"],
    ["sql", Buffer.byteLength(sql), LIMITS.bytes, "bytes"],
  ] as const;
  for (const [property, length, limit, unit] of tooLong) {
    if (length > limit) {
      throw new Error(
        `'${property}' of query '${id}' must be at most ${limit} ${unit}, as Athena takes, got '${length}' (at ${path})`,
      );
    }
  }
}

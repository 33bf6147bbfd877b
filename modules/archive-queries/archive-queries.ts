import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { Construct } from "constructs";
import type { SavedQuery } from "../../detections/athena/saved-query";
import type { PrivateBucket } from "../private-bucket/private-bucket";
import { QueryResults } from "./query-results";
import { TrailTable } from "./trail-table";

export interface ArchiveQueriesProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** Name of the workgroup. */
  readonly workgroupName: string;

  /** Name of the archive's bucket. */
  readonly archiveBucket: string;

  /** What the keys of the organization's log files begin with, such as `AWSLogs/o-exampleorgid/`. */
  readonly keyPrefix: string;

  /** ARN of the key that encrypts query results: the archive's, if Trailwatch creates it. */
  readonly resultsKeyArn: string | undefined;

  /** The 12-digit id of the account that owns the archive. */
  readonly accountId: string;

  /** Name of the bucket for query results. */
  readonly resultsBucketName: string;

  /** `o-…`; only this organization may read query results. */
  readonly organizationId: string;

  /** Regions that the organization's trail may record. */
  readonly regions: readonly string[];

  /** Days of the archive that the table covers. */
  readonly archiveDays: number;

  /** Days until query results are deleted. */
  readonly resultRetentionDays: number;

  /** Maximum gigabytes (10^9 bytes) that one query may read; AWS stops it there. */
  readonly scanLimitGigabytes: number;

  /** Saved queries of the workgroup. */
  readonly savedQueries: readonly SavedQuery[];
}

/** Source: Athena API, CreateNamedQuery; service quotas, length of a query string. */
const LIMITS = { name: 128, description: 1024, bytes: 262_144 } as const;
const GIGABYTE = 1_000_000_000;

/** Queries the archive in place: a table over it, and an Athena workgroup whose settings cannot be overridden. */
export class ArchiveQueries extends Construct {
  /** The bucket for query results. */
  public readonly resultsBucket: PrivateBucket;

  constructor(scope: Construct, id: string, props: ArchiveQueriesProps) {
    super(scope, id);

    const table = new TrailTable(this, "table", { ...props, retentionDays: props.archiveDays });
    const results = new QueryResults(this, "results", {
      region: props.region,
      bucketName: props.resultsBucketName,
      encryptionKeyArn: props.resultsKeyArn,
      organizationId: props.organizationId,
      retentionDays: props.resultRetentionDays,
    });

    this.resultsBucket = results.bucket;

    const workgroup = new AthenaWorkgroup(this, "workgroup", {
      name: props.workgroupName,
      description: "Trailwatch: asks the archive",
      // AWS does not delete a workgroup that has query history; CloudTrail also records the queries.
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.scanLimitGigabytes * GIGABYTE,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${results.bucket.bucketName}/`,
          // Protects against a bucket of that name in another account: nothing is written to it.
          expectedBucketOwner: props.accountId,
          encryptionConfiguration:
            props.resultsKeyArn === undefined
              ? { encryptionOption: "SSE_S3" }
              : { encryptionOption: "SSE_KMS", kmsKeyArn: props.resultsKeyArn },
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

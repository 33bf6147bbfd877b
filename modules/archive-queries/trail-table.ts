import { ownNamesOf } from "../own-names-of";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import { TRAIL_FORMAT, TRAIL_PARTITIONS, TRAIL_TABLE, trailColumns } from "../../detections/athena/trail-table";

export interface TrailTableProps {
  /** Name of the archive's bucket. */
  readonly archiveBucket: string;

  /** What the keys of the organization's log files begin with: an organization trail writes below it. */
  readonly keyPrefix: string;

  /** Regions that the trail may record: a query without a region looks in all of them. */
  readonly regions: readonly string[];

  /** Days of the archive that the table covers: a query without a day looks no further back. */
  readonly retentionDays: number;
}

/**
 * The organization's trails as an Athena table. Accounts, regions and days alone determine which files a query reads
 * (partition projection): no crawler runs, and nothing changes when an account is added or removed.
 * Source: Athena User Guide, "Set up partition projection", "Supported types for partition projection".
 */
export class TrailTable extends Construct {
  /** Name of the table's database; a reference to it depends on the table. */
  public readonly databaseName: string;

  constructor(scope: Construct, id: string, props: TrailTableProps) {
    super(scope, id);

    const database = new GlueCatalogDatabase(this, "database", {
      name: ownNamesOf(this).archiveDatabase,
      description: "Trailwatch: CloudTrail's records, where the archive keeps them",
    });

    const location = `s3://${props.archiveBucket}/${props.keyPrefix}`;
    const table = new GlueCatalogTable(this, "Resource", {
      name: TRAIL_TABLE,
      databaseName: database.name,
      description: "Records of the organization's trails. Every query must name its accounts.",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        "projection.enabled": "true",
        // Injected from the query: a list of values is not meant for thousands of accounts.
        "projection.account.type": "injected",
        "projection.region.type": "enum",
        "projection.region.values": props.regions.join(","),
        "projection.day.type": "date",
        "projection.day.format": "yyyy/MM/dd",
        "projection.day.range": `NOW-${props.retentionDays}DAYS,NOW`,
        // Athena's own placeholders, not Terraform's: `writeTextAsText` escapes them.
        "storage.location.template": `${location}\${account}/CloudTrail/\${region}/\${day}`,
      },
      partitionKeys: TRAIL_PARTITIONS.map(({ name, type }) => ({ name, type })),
      storageDescriptor: {
        location,
        columns: trailColumns(),
        inputFormat: TRAIL_FORMAT.inputFormat,
        outputFormat: TRAIL_FORMAT.outputFormat,
        serDeInfo: { serializationLibrary: TRAIL_FORMAT.serde },
      },
    });
    this.databaseName = table.databaseName;
  }
}

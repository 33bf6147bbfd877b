import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { REPEATS_EXPIRY, REPEATS_KEY } from "./repeats";

export interface RepeatsTableProps {
  /** Name of the table. */
  readonly name: string;

  /** ARN of the customer managed key that encrypts it: items contain names of principals and resources. */
  readonly keyArn: string | undefined;
}

/** The table in which the alert hub counts repeated alarms; items expire after two hours. */
export class RepeatsTable extends Construct {
  /** ARN of the table. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: RepeatsTableProps) {
    super(scope, id);
    this.arn = new DynamodbTable(this, "Resource", {
      name: props.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: REPEATS_KEY,
      attribute: [{ name: REPEATS_KEY, type: "S" }],
      ttl: { attributeName: REPEATS_EXPIRY, enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      // Without it, a key that DynamoDB owns.
      ...(props.keyArn === undefined ? {} : { serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn } }),
    }).arn;
  }
}

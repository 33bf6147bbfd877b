import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { FAILED, tableCall } from "./example-data-event";
import { onType } from "./resource-types";

export const tableDeletionBurst: Detection = {
  id: "table-deletion-burst",
  title: "Many items deleted from DynamoDB tables",
  meaning:
    "Items of watched tables were deleted, or written in batches or transactions, 100 times within five minutes.",
  why: "A table can be emptied item by item, without the call that deletes the table.",
  severity: "medium",
  threshold: 100,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1485"] },
  condition: onType(
    "AWS::DynamoDB::Table",
    all(call("dynamodb", "DeleteItem", "BatchWriteItem", "TransactWriteItems"), succeeded()),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the principal and the tables with the saved query. The keys of deleted items are in `requestParameters.key`.",
      "If your team did not start it, revoke the principal's sessions and keys.",
      "Restore the table to a time before it, beside the present one: `aws dynamodb restore-table-to-point-in-time`.",
    ],
    falsePositives: [
      "An application that removes items by design. Items that expire (TTL) are deleted without an event.",
    ],
    tuning:
      "A batch may delete 25 items and a transaction 100, or write new ones: the record does not say how many. Ignore the roles of applications that write in batches.",
  },
  examples: {
    matches: [
      tableCall("DeleteItem", { requestParameters: { tableName: "customers", key: { id: "1" } } }),
      tableCall("BatchWriteItem", { requestParameters: { requestItems: { customers: [{}] } } }),
      tableCall("TransactWriteItems", {
        requestParameters: { transactItems: [{ delete: { tableName: "customers" } }] },
      }),
    ],
    nearMisses: [
      tableCall("TransactGetItems"),
      tableCall("PutItem", { requestParameters: { tableName: "customers", key: { id: "1" } } }),
      tableCall("DeleteItem", FAILED),
    ],
  },
};

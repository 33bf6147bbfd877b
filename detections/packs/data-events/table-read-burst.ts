import { notByService } from "../../by-service";
import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { FAILED, tableCall } from "./example-data-event";
import { onType } from "./resource-types";

export const tableReadBurst: Detection = {
  id: "table-read-burst",
  title: "DynamoDB table scanned",
  meaning: "Watched tables were scanned, or read by PartiQL statements, 20 times within five minutes.",
  why: "Applications read by key. A scan returns the whole table, one megabyte a call.",
  severity: "medium",
  threshold: 20,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1213"] },
  condition: onType(
    "AWS::DynamoDB::Table",
    all(
      call("dynamodb", "Scan", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"),
      notByService(),
      succeeded(),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the principal and the tables with the saved query.",
      "If it is not an application that scans by design, revoke its sessions and keys.",
      "Check for exports of the same tables: `ExportTableToPointInTime` in the archive.",
    ],
    falsePositives: ["The console's item explorer, which scans for each page.", "A report or a migration."],
    tuning: "Let `trailwatch tune` propose a threshold, and ignore the roles of applications that scan by design.",
  },
  examples: {
    matches: [
      tableCall("Scan"),
      tableCall("ExecuteStatement", {
        requestParameters: { statement: "SELECT * FROM customers WHERE country = ***(Redacted)" },
        readOnly: false,
      }),
    ],
    nearMisses: [
      tableCall("GetItem", { requestParameters: { tableName: "customers", key: { id: "1" } } }),
      tableCall("Scan", FAILED),
    ],
  },
};

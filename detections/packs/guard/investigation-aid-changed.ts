import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, any, call, equals, matches, type Condition } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

const TABLE_CALLS = ["UpdateTable", "DeleteTable", "BatchDeleteTable"];
const DATABASE_CALLS = ["UpdateDatabase", "DeleteDatabase"];
const WORKGROUP_CALLS = ["UpdateWorkGroup", "DeleteWorkGroup"];

/** No alarm depends on these, but what a person looks at after one. */
export const investigationAidChanged: Detection = {
  id: "investigation-aid-changed",
  title: "Dashboard, saved query or archive table changed",
  meaning:
    "A principal other than Trailwatch's deployment changed or deleted Trailwatch's dashboard, one of its saved queries, " +
    "or the table or workgroup by which Athena reads the archive; or tried to. A deleted query may be any of the account.",
  why: "Changed queries and tables show an investigation other events than happened.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.006", "T1565"] },
  // Dashboards by pattern: with the account's name in it, the saved query of all accounts would grow with their number.
  condition: (account) => {
    const own = ownNames(account.names);
    return [
      byOthers(account, [
        ...(account.archiveBuckets.length === 0 ? [] : [ofArchive(own.archiveDatabase)]),
        any(
          all(
            call("monitoring", "DeleteDashboards"),
            possiblyOurs(matches("requestParameters.dashboardNames[*]", own.pattern)),
          ),
          // CloudTrail names a deleted query by its id only.
          call("logs", "DeleteQueryDefinition"),
        ),
        all(
          any(
            call("monitoring", "PutDashboard"),
            call("logs", "PutQueryDefinition"),
            call("athena", ...WORKGROUP_CALLS),
          ),
          possiblyOurs(
            matches("requestParameters.dashboardName", own.pattern),
            matches("requestParameters.name", `${own.folder}*`),
            equals("requestParameters.workGroup", own.athenaWorkgroup),
          ),
        ),
      ]),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Do not rely on the saved queries and the dashboard until they are restored: `npx cdktf deploy monitoring-<account>`, and `log-archive` for Athena.",
      "Check where the table reads: `aws glue get-table --database-name trailwatch --name <table> --query Table.StorageDescriptor.Location` must be the archive.",
      "Check where results go: `aws athena get-work-group --work-group trailwatch`.",
    ],
    falsePositives: [
      "A colleague who deletes a saved query of their own.",
      "A colleague who edits the dashboard in the console.",
    ],
    tuning: "Ignore a team that saves many queries by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("monitoring", "DeleteDashboards", {
        requestParameters: { dashboardNames: ["trailwatch-workloads-production"] },
      }),
      apiCall("monitoring", "PutDashboard", {
        requestParameters: { dashboardName: "trailwatch-workloads-production", dashboardBody: '{"widgets":[]}' },
      }),
      apiCall("logs", "PutQueryDefinition", {
        requestParameters: { name: "trailwatch/workloads-production/root-use", queryString: "limit 0" },
      }),
      apiCall("logs", "DeleteQueryDefinition", { requestParameters: { queryDefinitionId: "0a1b" } }),
      apiCall("glue", "UpdateTable", {
        requestParameters: { databaseName: PLAIN.archiveDatabase, tableInput: { name: "events" } },
      }),
      apiCall("athena", "UpdateWorkGroup", { requestParameters: { workGroup: PLAIN.athenaWorkgroup } }),
    ],
    nearMisses: [
      apiCall("monitoring", "PutDashboard", { requestParameters: { dashboardName: "checkout" } }),
      apiCall("logs", "PutQueryDefinition", { requestParameters: { name: "errors", queryString: "limit 10" } }),
      apiCall("glue", "UpdateTable", { requestParameters: { databaseName: "sales", tableInput: { name: "orders" } } }),
      apiCall("monitoring", "PutDashboard", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { dashboardName: "trailwatch-workloads-production" },
      }),
    ],
  },
};

function ofArchive(database: string): Condition {
  return all(
    call("glue", ...TABLE_CALLS, ...DATABASE_CALLS),
    possiblyOurs(equals("requestParameters.databaseName", database), equals("requestParameters.name", database)),
  );
}

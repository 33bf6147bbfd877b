import { all, any, call, matches, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";
import { EXAMPLE_SECRET, EXAMPLE_SECRET_ARN } from "./example-secret";

/** Parameter Store passes the read on, and then calls Secrets Manager as a service. */
const THROUGH_PARAMETER_STORE = all(
  call("ssm", "GetParameter"),
  matches("requestParameters.name", "/aws/reference/secretsmanager/*"),
);

/** A batch read counts too: CloudTrail records a GetSecretValue for each of its secrets. */
export const secretReadBurst: Detection = {
  id: "secret-read-burst",
  title: "Many secrets read within minutes",
  meaning:
    "The values of secrets were read 20 times within five minutes, whichever secrets they are, also one by one through Parameter Store. Reads that AWS services make for " +
    "themselves are not counted; a watched secret that they read still is, by `watched-secret-reads`.",
  why: "An intruder reads all secrets of an account at once. Workloads read few secrets, when they start.",
  severity: "medium",
  threshold: 20,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: all(
    any(
      all(call("secretsmanager", "GetSecretValue"), not(matches("sourceIPAddress", "*.amazonaws.com"))),
      THROUGH_PARAMETER_STORE,
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "In the query below, put `| stats count(*), count_distinct(requestParameters.secretId) by userIdentity.arn` in " +
        "place of the last two lines: one caller with many secrets is suspicious, many reads of one are a restart.",
      REVOKE_ACCESS,
      "List what the caller read, and replace each credential at its source, the most powerful first.",
    ],
    falsePositives: [
      "A deployment or scale-out: every new task reads its secrets once.",
      "`terraform plan`: it reads the value of every secret version that it manages.",
      "A controller that polls, such as External Secrets or the Secrets Manager agent.",
    ],
    tuning:
      "Ignore a polling controller, and the pipeline that runs `terraform plan`, by their roles. Otherwise `trailwatch tune` " +
      "shows the account's usual peak: set `threshold` above it. The more secrets it lets through, the more can be stolen " +
      "without an alarm.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET } }),
      apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: EXAMPLE_SECRET_ARN } }),
      apiCall("ssm", "GetParameter", {
        requestParameters: { name: `/aws/reference/secretsmanager/${EXAMPLE_SECRET}`, withDecryption: true },
      }),
    ],
    nearMisses: [
      deniedCall("secretsmanager", "GetSecretValue"),
      apiCall("secretsmanager", "GetSecretValue", {
        requestParameters: { secretId: EXAMPLE_SECRET_ARN },
        sourceIPAddress: "kafka.amazonaws.com",
        userAgent: "kafka.amazonaws.com",
      }),
      apiCall("secretsmanager", "BatchGetSecretValue", { requestParameters: { secretIdList: [EXAMPLE_SECRET] } }),
      apiCall("ssm", "GetParameter", { requestParameters: { name: "/app/region" } }),
    ],
  },
};

import { all, call, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";

const WITH_DECRYPTION = { withDecryption: true };

/** GetParameterHistory counts too: it also returns the values of SecureString parameters. */
export const parameterReadBurst: Detection = {
  id: "parameter-read-burst",
  title: "Many decrypted parameters read within minutes",
  meaning:
    "Parameter Store was asked unusually often for decrypted values, of parameters that are encrypted or not. A call is " +
    "counted, not a parameter; calls that return ten at once are in `parameter-batch-read`.",
  why: "An intruder reads all secrets in Parameter Store. Workloads read a few parameters when they start.",
  severity: "medium",
  threshold: 50,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: all(
    call("ssm", "GetParameter", "GetParameters", "GetParametersByPath", "GetParameterHistory"),
    isTrue("requestParameters.withDecryption"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "In the query below, put `| stats count(*) by userIdentity.arn, eventName` in place of the last two lines: does one " +
        "caller make most of the calls?",
      "`requestParameters.name`, `.names` or `.path` contains the requested parameters. A path of `/` means everything.",
      REVOKE_ACCESS,
      "Replace the values that were read, at their source.",
    ],
    falsePositives: [
      "A deployment or scale-out of tasks that take their environment from Parameter Store.",
      "`terraform plan`: it reads every parameter that it manages.",
    ],
    tuning:
      "`trailwatch tune` shows the account's usual peak: set `threshold` to twice that. Where few parameters are used, " +
      "lower it: `terraform plan` reads each parameter that it manages once, so 50 is above a stack of 40.",
  },
  examples: {
    matches: [
      apiCall("ssm", "GetParameter", { requestParameters: { name: "/app/db/password", ...WITH_DECRYPTION } }),
      apiCall("ssm", "GetParametersByPath", { requestParameters: { path: "/", recursive: true, ...WITH_DECRYPTION } }),
      apiCall("ssm", "GetParameterHistory", { requestParameters: { name: "/app/db/password", ...WITH_DECRYPTION } }),
    ],
    nearMisses: [
      apiCall("ssm", "GetParameter", { requestParameters: { name: "/app/region", withDecryption: false } }),
      apiCall("ssm", "GetParameters", { requestParameters: { names: ["/aws/service/ami-amazon-linux-latest"] } }),
      deniedCall("ssm", "GetParameter"),
    ],
  },
};

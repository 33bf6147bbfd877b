import { all, any, call, equals, exists, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { REVOKE_ACCESS } from "./revoke-access";

const WITH_DECRYPTION = { withDecryption: true };
const names = (count: number) => Array.from({ length: count }, (_none, index) => `/app/${index}`);
const batch = (count: number) => ({ requestParameters: { names: names(count), ...WITH_DECRYPTION } });
const byPath = (changes: object) => ({ requestParameters: { recursive: true, ...WITH_DECRYPTION, ...changes } });

/** Three of them make 20 parameters, where `secret-read-burst` alarms at as many secrets. */
const LARGE_BATCH = 7;

/**
 * Parameter Store returns at most ten parameters in a call. CloudTrail does not record how many a path has, but the
 * request for the next page shows that the page before it was full.
 */
export const parameterBatchRead: Detection = {
  id: "parameter-batch-read",
  title: "Decrypted parameters read in large batches",
  meaning:
    "Three times within five minutes, many decrypted parameters were read with one call: by seven to ten names, by " +
    "another page of a path, or from the path `/`, which means everything. That is more than 20 parameters, where " +
    "`parameter-read-burst` counts three calls.",
  why: "An intruder empties Parameter Store with a few calls, far below any threshold for calls.",
  severity: "medium",
  threshold: 3,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006"] },
  condition: all(
    call("ssm", "GetParameters", "GetParametersByPath"),
    isTrue("requestParameters.withDecryption"),
    any(
      exists(`requestParameters.names[${LARGE_BATCH - 1}]`),
      exists("requestParameters.nextToken"),
      equals("requestParameters.path", "/"),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Run the query below: is the caller a workload that starts, from its usual address, and are the parameters its own? " +
        "`requestParameters.names` or `.path` contains them.",
      REVOKE_ACCESS,
      "Replace the values that were read, at their source.",
    ],
    falsePositives: [
      "A workload with more than 20 parameters that starts.",
      "A scale-out of tasks that take seven parameters or more from Parameter Store.",
    ],
    tuning: "Ignore the workload's role, or set `threshold` above what one deployment of it reads.",
  },
  examples: {
    matches: [
      apiCall("ssm", "GetParameters", batch(10)),
      apiCall("ssm", "GetParameters", batch(7)),
      apiCall("ssm", "GetParametersByPath", byPath({ path: "/app", nextToken: "AAEAAexample" })),
      apiCall("ssm", "GetParametersByPath", byPath({ path: "/" })),
    ],
    nearMisses: [
      apiCall("ssm", "GetParameters", batch(6)),
      apiCall("ssm", "GetParametersByPath", byPath({ path: "/app" })),
      apiCall("ssm", "GetParameters", { requestParameters: { names: names(10), withDecryption: false } }),
      deniedCall("ssm", "GetParameters", batch(10)),
    ],
  },
};

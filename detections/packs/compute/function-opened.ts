import { globalArn } from "../../../lib/aws/partitions";
import { all, any, equals, matches, not, oneOf, succeeded, type Field } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const PRINCIPAL: Field = "requestParameters.principal";

// CloudTrail appends the version of Lambda's API to most names. Source: Lambda Developer Guide, "Logging Lambda API
// calls using CloudTrail"; URL configurations have plain names in real records.
const GRANTS = ["AddPermission20150331", "AddPermission20150331v2", "AddLayerVersionPermission20181031"];
const URLS = ["CreateFunctionUrlConfig", "UpdateFunctionUrlConfig"].flatMap((name) => [name, `${name}20211031`]);

const grant = (principal: string, more: object = {}) => ({
  requestParameters: { functionName: "orders", statementId: "1", action: "lambda:InvokeFunction", principal, ...more },
});
const layer = (principal: string) => ({
  requestParameters: {
    layerName: "tools",
    versionNumber: 3,
    statementId: "1",
    action: "lambda:GetLayerVersion",
    principal,
  },
});
const url = (authType: string) => ({ requestParameters: { functionName: "orders", authType } });

export const functionOpened: Detection = {
  id: "function-opened",
  title: "Lambda function or layer opened to outsiders",
  meaning:
    "Another account, or everyone, may invoke or change a Lambda function or read a layer; or a function has a URL " +
    "without authentication. Grants to AWS services and to the own account are left out.",
  why: "A grant on the function itself needs no role in the account: it is a back door that changes of IAM do not close.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098", "T1648"] },
  condition: ({ id, homeRegion }) => [
    all(
      equals("eventSource", "lambda.amazonaws.com"),
      any(
        all(
          oneOf("eventName", GRANTS),
          not(matches(PRINCIPAL, "*.amazonaws.com")),
          not(equals(PRINCIPAL, id)),
          not(matches(PRINCIPAL, globalArn(homeRegion, "iam", id, "*"))),
        ),
        all(oneOf("eventName", URLS), equals("requestParameters.authType", "NONE")),
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Read the policy: `aws lambda get-policy --function-name <function>`; for a layer, `aws lambda get-layer-version-policy`. Does the account in `principal` belong to the organization?",
      "Close it: `aws lambda remove-permission --function-name <function> --statement-id <statement>`, `aws lambda remove-layer-version-permission`, or `aws lambda update-function-url-config --auth-type AWS_IAM`.",
      "What may the function do (`aws lambda get-function-configuration`, its role), and was it invoked since? See the metric `Invocations`.",
    ],
    falsePositives: [
      "A function, layer or webhook that is meant to be shared or public.",
      "A grant to the own organization (`principalOrgID`).",
      "The trigger of an Alexa skill.",
    ],
    tuning: "Ignore the function by `requestParameters.functionName`, not the person.",
  },
  examples: {
    matches: [
      apiCall("lambda", "AddPermission20150331v2", grant("*")),
      apiCall("lambda", "AddPermission20150331", grant(`${EXAMPLE_ARN}:iam::444455556666:root`)),
      apiCall("lambda", "AddPermission20150331v2", grant("444455556666")),
      apiCall("lambda", "AddPermission20150331v2", grant("*", { principalOrgID: "o-foreign0000" })),
      apiCall("lambda", "AddLayerVersionPermission20181031", layer("*")),
      apiCall("lambda", "CreateFunctionUrlConfig", url("NONE")),
      apiCall("lambda", "UpdateFunctionUrlConfig20211031", url("NONE")),
    ],
    nearMisses: [
      apiCall("lambda", "AddPermission20150331v2", grant("s3.amazonaws.com", { sourceAccount: "111122223333" })),
      apiCall("lambda", "AddPermission20150331v2", grant("111122223333")),
      apiCall("lambda", "AddPermission20150331v2", grant(`${EXAMPLE_ARN}:iam::111122223333:role/Scheduler`)),
      apiCall("lambda", "CreateFunctionUrlConfig", url("AWS_IAM")),
      deniedCall("lambda", "AddPermission20150331v2", grant("*")),
    ],
  },
};

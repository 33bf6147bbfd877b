import { notByService } from "../../by-service";
import { all, any, exists, equals, isTrue, not, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, deniedCall } from "../../example-record";

// CloudTrail appends the version of Lambda's API to the names of its operations.
const CODE = ["UpdateFunctionCode20150331", "UpdateFunctionCode20150331v2", "PublishLayerVersion20181031"];
const CONFIGURATION = ["UpdateFunctionConfiguration20150331", "UpdateFunctionConfiguration20150331v2"];

const code = (more: object = {}) => ({ requestParameters: { functionName: "orders", publish: true, ...more } });
const configuration = (more: object) => ({ requestParameters: { functionName: "orders", environment: {}, ...more } });
const layers = [`${EXAMPLE_ARN}:lambda:eu-west-1:111122223333:layer:tools:1`];
const cloudFormation = {
  userIdentity: { ...assumedRole("Deployment", "AWSCloudFormation"), invokedBy: "cloudformation.amazonaws.com" },
};

export const functionCodeChanged: Detection = {
  id: "function-code-changed",
  title: "Lambda code or layers changed",
  meaning:
    "The code of a Lambda function was replaced, layers were set on it, or a version of a layer was published. What " +
    "CloudFormation does is left out.",
  why: "New code runs with the function's role and data at the next call; a layer adds code that the function's own code does not show.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1648"] },
  condition: all(
    equals("eventSource", "lambda.amazonaws.com"),
    any(
      all(oneOf("eventName", CODE), not(isTrue("requestParameters.dryRun"))),
      all(oneOf("eventName", CONFIGURATION), exists("requestParameters.layers[0]")),
    ),
    succeeded(),
    notByService(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Is it a deployment? Compare `userIdentity.arn` and the time with the pipeline's runs.",
      "If not: read the code (`aws lambda get-function --function-name <function>`) and the layers, and put back the last known version.",
      "What may the function's role do, and what did it do since? Revoke its sessions, and disable the caller's key or sessions.",
    ],
    falsePositives: ["A deployment by Terraform or a pipeline.", "A developer who edits a function in the console."],
    tuning:
      "Ignore the roles that deploy functions, by `userIdentity.sessionContext.sessionIssuer.arn`; then set severity high.",
  },
  examples: {
    matches: [
      apiCall("lambda", "UpdateFunctionCode20150331v2", code({ dryRun: false })),
      apiCall("lambda", "UpdateFunctionCode20150331", code()),
      apiCall("lambda", "UpdateFunctionConfiguration20150331v2", configuration({ layers })),
      apiCall("lambda", "PublishLayerVersion20181031", { requestParameters: { layerName: "tools" } }),
    ],
    nearMisses: [
      apiCall("lambda", "UpdateFunctionConfiguration20150331v2", configuration({ memorySize: 512 })),
      apiCall("lambda", "UpdateFunctionConfiguration20150331v2", configuration({ layers: [] })),
      apiCall("lambda", "UpdateFunctionCode20150331v2", code({ dryRun: true })),
      apiCall("lambda", "UpdateFunctionCode20150331v2", { ...code(), ...cloudFormation }),
      deniedCall("lambda", "UpdateFunctionCode20150331v2", code()),
    ],
  },
};

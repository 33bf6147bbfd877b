import { all, any, call, equals, matches, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, assumedRole, iamUser } from "../../example-record";
import { FAILED, functionCall } from "./example-data-event";
import { onType } from "./resource-types";

/** Roles of IAM Identity Center, by which people sign in. */
const PERSON = "AWSReservedSSO_*";

export const functionInvokedByPerson: Detection = {
  id: "function-invoked-by-person",
  title: "Function invoked by a person",
  meaning: "A watched Lambda function was invoked by an IAM user, the root user, or a user of IAM Identity Center.",
  why: "Applications and AWS services invoke a function by a role. A stolen key invokes it with whatever input it likes.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1648"] },
  condition: onType(
    "AWS::Lambda::Function",
    all(
      call("lambda", "Invoke"),
      any(
        equals("userIdentity.type", "IAMUser"),
        equals("userIdentity.type", "Root"),
        // A session of GetFederationToken, which a stolen key makes, too.
        equals("userIdentity.type", "FederatedUser"),
        matches("userIdentity.sessionContext.sessionIssuer.userName", PERSON),
      ),
      succeeded(),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Ask the person. The input is not in the record: look for it in the function's own log group at the time of the event.",
      "If the person does not know of it, disable the key or revoke the sessions, and see what else the principal did.",
      "Undo what the function did with that input.",
    ],
    falsePositives: ["A test in the console by the function's own team."],
    tuning: "Ignore the user of an application that still has a key of its own, and plan its replacement by a role.",
  },
  examples: {
    matches: [
      functionCall({ userIdentity: iamUser("deploy-bot") }),
      functionCall({
        userIdentity: {
          type: "FederatedUser",
          arn: `${EXAMPLE_ARN}:sts::111122223333:federated-user/deploy`,
          accountId: "111122223333",
        },
      }),
      functionCall({ userIdentity: assumedRole("AWSReservedSSO_Administrator_0a1b2c3d4e5f6789", "alice@example.com") }),
    ],
    nearMisses: [
      functionCall(),
      functionCall({ userIdentity: { type: "AWSService", invokedBy: "events.amazonaws.com" } }),
      functionCall({ userIdentity: iamUser("deploy-bot"), ...FAILED }),
    ],
  },
};

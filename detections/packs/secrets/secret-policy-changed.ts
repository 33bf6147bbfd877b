import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:MyProjectSecrets-AbCdEf";

/** A resource policy decides who outside the account may read a secret: changes are rare and worth a look. */
export const secretPolicyChanged: Detection = {
  id: "secret-policy-changed",
  title: "Policy of a secret changed or removed",
  meaning: "Somebody attached a resource policy to a secret, or removed the one it had.",
  why: "A resource policy can open a secret to another account, and its removal drops the refusal of outsiders.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1555.006", "T1098"] },
  condition: all(call("secretsmanager", "PutResourcePolicy", "DeleteResourcePolicy"), succeeded()),
  runbook: {
    firstFiveMinutes: [
      "Read the secret's policy as it is now: `aws secretsmanager get-resource-policy --secret-id <secret>`.",
      "Does it name a principal outside the organization, or `*`? Put the former policy back first, then ask who did it.",
      "Look at what the same principal did in the hour before and after.",
    ],
    falsePositives: ["A deployment of this project, or of another that manages the secret's policy."],
    tuning: "Ignore the deployment role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("secretsmanager", "PutResourcePolicy", { requestParameters: { secretId: SECRET, resourcePolicy: "{}" } }),
      apiCall("secretsmanager", "DeleteResourcePolicy", { requestParameters: { secretId: "MyProjectSecrets" } }),
    ],
    nearMisses: [
      deniedCall("secretsmanager", "PutResourcePolicy", { requestParameters: { secretId: SECRET } }),
      apiCall("ecr-public", "PutResourcePolicy"),
    ],
  },
};

import { starMatcher } from "../../../lib/support/wildcard";
import { all, any, call, equals, matches, not, type Condition } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { OMITTED } from "../../omitted";

/** Wildcards and names for each filter pattern, with room for an `ignore` entry. */
const WILDCARDS = 2;
const NAMES = 8;

/** IAM Identity Center creates its roles by this service, whose calls no one else can make. */
const IDENTITY_CENTER = "sso.amazonaws.com";

/** An `ignore` entry trusts a name: a new role or user of that name would be ignored as well. */
export const ignoredRoleCreated: Detection = {
  id: "ignored-role-created",
  title: "Role or user created with an ignored name",
  meaning:
    "A principal created a role or user with a name that an `ignore` entry of the account passes over; or tried to. " +
    "Detections with that entry do not match what it does.",
  why: "The events of an ignored principal raise no alarm. Its name is in your configuration, and IAM may not have used it yet.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1136.003", "T1562.006"] },
  condition: ({ ignoredNames: { roles, users } = { roles: [], users: [] } }) => [
    ...creations("CreateRole", "requestParameters.roleName", roles),
    ...creations("CreateUser", "requestParameters.userName", users),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the entry: `npx trailwatch detections <account>` shows what is ignored.",
      "Check who created the role or user, and who may use it: `aws iam get-role --role-name <name>`.",
      "If it is not the principal that you mean, delete it, and search the archive for what it did: no alarm was raised.",
    ],
    falsePositives: ["The first deployment of the ignored application, or one that creates its role anew."],
    tuning: "Ignore the pipeline that creates the role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "CreateRole", { awsRegion: "us-east-1", requestParameters: { roleName: "Inventory" } }),
      apiCall("iam", "CreateRole", { awsRegion: "us-east-1", requestParameters: { roleName: "BackupDaily" } }),
      apiCall("iam", "CreateUser", {
        awsRegion: "us-east-1",
        userIdentity: { ...assumedRole("Developer"), invokedBy: "cloudformation.amazonaws.com" },
        requestParameters: { userName: "scanner" },
      }),
    ],
    nearMisses: [
      apiCall("iam", "CreateRole", { awsRegion: "us-east-1", requestParameters: { roleName: "Checkout" } }),
      apiCall("iam", "CreateUser", { awsRegion: "us-east-1", requestParameters: { userName: "Inventory" } }),
      apiCall("iam", "GetRole", { awsRegion: "us-east-1", requestParameters: { roleName: "Inventory" } }),
    ],
  },
};

function creations(
  operation: string,
  field: `requestParameters.${string}`,
  ignored: readonly string[],
): readonly Condition[] {
  return chunksOf(ignored).map((names, index) =>
    all(
      call("iam", operation),
      any(
        ...names.map((name) => (name.includes("*") ? matches(field, name) : equals(field, name))),
        ...(index === 0 ? [OMITTED] : []),
      ),
      not(equals("userIdentity.invokedBy", IDENTITY_CENTER)),
    ),
  );
}

/** Names in as few groups as fit into filter patterns, without those that a wildcard covers. */
function chunksOf(ignored: readonly string[]): string[][] {
  const wildcards = ignored.filter((name) => name.includes("*"));
  const covered = (name: string) => wildcards.some((wildcard) => wildcard !== name && starMatcher(wildcard)(name));
  const chunks: string[][] = [];
  for (const name of new Set(ignored.filter((one) => !covered(one)))) {
    const last = chunks.at(-1);
    const isFull = last === undefined || last.length >= NAMES || starsIn([...last, name]) > WILDCARDS;
    if (isFull) chunks.push([name]);
    else last.push(name);
  }
  return chunks;
}

function starsIn(names: readonly string[]): number {
  return names.join("").split("*").length - 1;
}

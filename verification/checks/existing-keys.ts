import { roleArn, rootArn } from "../../lib/aws/partitions";
import { evaluate, type PolicyRequest, type Verdict } from "../../lib/aws/policy-evaluator";
import type { PolicyStatement } from "../../modules/policy-document";
import { deploymentRole } from "../../organization/resolve/access";
import { READS } from "../aws/calls";
import type { ExpectedKey } from "../expected/expected-account";
import { failed, proven, unknown, type Finding } from "../result";
import type { Check, Subject } from "./check";

/** Whether keys that Trailwatch did not create are enabled and admit the services that encrypt with them. */
export function existingKeyChecks(keys: readonly ExpectedKey[]): Check[] {
  const arns = [...new Set(keys.map(({ arn }) => arn))];
  return arns.map((arn) => ({
    hop: "log group",
    name: `existing key ${arn} admits its services`,
    run: (subject) =>
      admits(
        subject,
        arn,
        keys.filter((key) => key.arn === arn),
      ),
  }));
}

/**
 * Secrets Manager and S3 use a key with the permissions of their caller: where a use has no statement for a service,
 * the policy must let the account's IAM policies decide, or name the role that deploys.
 */
function ofCallers({ account, organization }: Subject, region: string, policy: string, arn: string): PolicyStatement[] {
  const role = deploymentRole(organization, account);
  const statementFor = (AWS: string): PolicyStatement => ({
    ...{ Sid: "UseThroughIam", Effect: "Allow", Principal: { AWS } },
    ...{ Action: ["kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey"], Resource: "*" },
  });
  const isNamed =
    role !== undefined && refusalOf(policy, statementFor(roleArn(region, account.id, role)), arn) === undefined;
  return isNamed ? [] : [statementFor(rootArn(region, account.id))];
}

async function admits(subject: Subject, arn: string, uses: readonly ExpectedKey[]): Promise<Finding> {
  const { account, enter, session: own } = subject;
  const [, , , region = "", owner = ""] = arn.split(":");
  const session = owner === account.id ? own : ((await enter?.(owner)) ?? own);
  const key = (await session.query(READS.key, { KeyId: arn }, region))?.KeyMetadata;
  if (key?.KeyState !== "Enabled") {
    const remedy = `its owner, account ${owner}, enables it: aws kms enable-key --region ${region} --key-id ${arn}`;
    return failed(`key is ${key?.KeyState ?? "missing"}`, `nothing can be encrypted: ${usesText(uses)}`, remedy);
  }
  const answer = await session.query(READS.keyPolicy, { KeyId: arn, PolicyName: "default" }, region);
  const policy = answer?.Policy ?? "{}";
  const open = uses.flatMap(({ statements }) =>
    (statements.length === 0 ? ofCallers(subject, region, policy, arn) : statements).flatMap((statement) => {
      const verdict = refusalOf(policy, statement, arn);
      return verdict === undefined ? [] : [{ statement, verdict }];
    }),
  );
  const [first] = open;
  if (first === undefined) return proven("key is enabled, its policy admits them");
  const statements = withUniqueSids(open.map(({ statement }) => statement));
  const remedy =
    `its owner, account ${owner}, adds to its policy (aws kms get-key-policy and put-key-policy --policy-name default ` +
    `--region ${region} --key-id ${arn}):`;
  const reason = `services may not encrypt with it: ${usesText(uses)}`;
  return first.verdict.answer === "denied"
    ? failed(first.verdict.because, reason, remedy, statements)
    : { ...unknown(first.verdict.because, reason, remedy), statements };
}

/** Why a policy does not allow what a statement does; undefined: it allows all of it. */
function refusalOf(policy: string, statement: PolicyStatement, arn: string): Verdict | undefined {
  return requestsOf(statement, arn)
    .map((request) => {
      const verdict = evaluate([policy], request);
      const account = /^(arn:[^:]*:iam::\d{12}:)role\//.exec(request.principal ?? "")?.[1];
      // A statement for the account admits its roles.
      return verdict.answer === "allowed" || account === undefined
        ? verdict
        : evaluate([policy], { ...request, principal: `${account}root` });
    })
    .find(({ answer }) => answer !== "allowed");
}

/** Requests that a statement allows, one for each principal, action and value of its conditions. */
export function requestsOf(statement: PolicyStatement, resource: string): PolicyRequest[] {
  const { Action, Principal, Condition = {} } = statement;
  if (statement.Effect !== "Allow" || Action === undefined || Principal === undefined) return [];
  const principals =
    Principal === "*" ? ["*"] : Object.values(Principal).flatMap((named: string | string[]) => list(named));
  const contexts = contextsOf(Condition);
  return principals.flatMap((principal) =>
    list(Action).flatMap((action) =>
      contexts.map((context) => ({ principal, action: exampleOf(action), resource, context })),
    ),
  );
}

type Context = Readonly<Record<string, string>>;

/** Only operators that a value of the statement satisfies. */
function contextsOf(conditions: NonNullable<PolicyStatement["Condition"]>): Context[] {
  let contexts: Context[] = [{}];
  for (const [operator, keys] of Object.entries(conditions)) {
    if (operator.includes("Not")) continue;
    for (const [key, values] of Object.entries(keys)) {
      const fitting = operator === "Null" ? ["value"] : list(values);
      if (operator === "Null" && !list(values).includes("false")) continue;
      contexts = contexts.flatMap((context) => fitting.map((value) => ({ ...context, [key]: context[key] ?? value })));
    }
  }
  return contexts;
}

/** An action that a wildcard stands for. Source: KMS, actions of key policies. */
const EXAMPLES: Readonly<Record<string, string>> = {
  "kms:Describe*": "kms:DescribeKey",
  "kms:ReEncrypt*": "kms:ReEncryptFrom",
};

function exampleOf(action: string): string {
  return EXAMPLES[action] ?? action.replace(/\*$/, "");
}

/** Several uses of one key have statements of the same name. */
function withUniqueSids(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const unique = [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
  return unique.map((statement, index) => ({ ...statement, Sid: `Trailwatch${statement.Sid}${index + 1}` }));
}

function usesText(uses: readonly ExpectedKey[]): string {
  return [...new Set(uses.map(({ use }) => use.replace(/^Trailwatch: /, "")))].join(", ");
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

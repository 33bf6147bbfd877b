import { PARTITIONS } from "../../../lib/aws/partitions";
import { GetRoleCommand, GetRolePolicyCommand, type IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { evaluate, type Verdict } from "../../../lib/aws/policy-evaluator";
import type { AccountClients } from "../account-clients";
import { ExecutionError } from "./execution-error";

interface Parts {
  readonly clients: Pick<AccountClients, "of">;
  readonly organizationId: string;
}

/** @throws ExecutionError unless one role may assume another of the organization, which must trust it */
export async function mayAssume(parts: Parts, caller: string, role: string): Promise<void> {
  const { organizationId } = parts;
  const refused = (why: string) =>
    new ExecutionError(
      "States.TaskFailed",
      `The role ${role} is not authorized to be assumed by the task state's role, ${caller}: ${why}`,
    );
  const own = evaluate(await policiesOf(parts, caller), {
    action: "sts:AssumeRole",
    resource: role,
    context: { "aws:ResourceOrgID": organizationId },
  });
  if (own.answer !== "allowed") throw refused(`${nameOf(caller)}: ${own.because}`);

  const trust = await trustOf(parts, role);
  if (trust === undefined) throw refused("there is no such role");
  const [, , , , account = ""] = caller.split(":");
  // A policy names the role, or its account.
  const verdicts = [caller, caller.replace(/:role\/.*$/, ":root")].map((principal): Verdict =>
    evaluate([trust], {
      principal,
      action: "sts:AssumeRole",
      context: { "aws:PrincipalArn": caller, "aws:PrincipalOrgID": organizationId, "aws:PrincipalAccount": account },
    }),
  );
  if (!verdicts.some(({ answer }) => answer === "allowed"))
    throw refused(`trust policy: ${verdicts[1]?.because ?? ""}`);
}

/** @throws ExecutionError unless the role's policies allow the call */
export async function mayCall(
  parts: Parts,
  role: string,
  { action, resource }: { readonly action: string; readonly resource: string },
): Promise<void> {
  const { answer, because } = evaluate(await policiesOf(parts, role), { action, resource, context: {} });
  if (answer === "allowed") return;
  throw new ExecutionError(
    "CloudWatchLogs.CloudWatchLogsException",
    `User: ${role} is not authorized to perform: ${action} on resource: ${resource}: ${because}`,
  );
}

/** Inline policies of a role: the roles of our stacks have no others. */
async function policiesOf(parts: Parts, role: string): Promise<string[]> {
  const RoleName = nameOf(role);
  const iam = iamOf(parts, role);
  const names = await orNothing(async () => (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames);
  const policies = (names ?? []).map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
  return (await Promise.all(policies)).map(({ PolicyDocument = "" }) => decodeURIComponent(PolicyDocument));
}

async function trustOf(parts: Parts, role: string): Promise<string | undefined> {
  const iam = iamOf(parts, role);
  const found = await orNothing(async () => (await iam.send(new GetRoleCommand({ RoleName: nameOf(role) }))).Role);
  const policy = found?.AssumeRolePolicyDocument;
  return policy === undefined ? undefined : decodeURIComponent(policy);
}

/** Undefined if there is no such role. */
async function orNothing<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("NoSuchEntity")) return undefined;
    throw error;
  }
}

function iamOf({ clients }: Parts, role: string): IAMClient {
  const [, partition, , , account = ""] = role.split(":");
  const global = Object.entries(PARTITIONS).find(([id]) => id === partition)?.[1] ?? PARTITIONS.aws;
  return clients.of(account, global.globalRegions[0]).iam;
}

function nameOf(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

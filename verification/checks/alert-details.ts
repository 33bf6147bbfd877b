import { ownNames } from "../../lib/naming/own-names";
import { arn, rootArn } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { HUB_READS } from "../aws/hub-calls";
import { ownRoleArn } from "../../lib/naming/role-names";
import type { ExpectedDetails, ExpectedDetailsRole, ExpectedHub } from "../expected/expected-hub";
import { failed, proven, unknown, type Finding } from "../result";
import { activeMachine, consistsOf, mayPublish } from "./alert-hub";
import { redeploy, type Check, type Subject } from "./check";
import { lastOf } from "./forwarding-rule";
import { arnOfRole, firstRefusal, furtherPolicies, rolePolicies } from "./role";

const WITHOUT = "messages are sent without who did it";

/** Whether the hub can find the events of an alarm, in any account. */
export function detailsMachineChecks(hub: ExpectedHub): Check[] {
  const { details } = hub;
  if (details === undefined) return [];
  const machine = `state machine ${lastOf(details.machine)} runs`;
  return [
    { hop: "alert hub", name: machine, run: (subject) => runs(subject, hub, details) },
    {
      hop: "alert hub",
      name: `role ${details.role.name} may assume the accounts' roles`,
      follows: [machine, mayPublish(hub)],
      run: (subject) => mayAssume(subject, hub, details),
    },
  ];
}

async function runs({ session, account }: Subject, { region, stack }: ExpectedHub, details: ExpectedDetails) {
  const { machine, definition, role } = details;
  const remedy = redeploy(stack);
  const stored = await activeMachine(session, { machine, region });
  if (typeof stored === "string") return failed(stored, WITHOUT, remedy);
  if (stored.roleArn !== arnOfRole(region, account.id, role)) {
    return failed(`role ${stored.roleArn ?? "none"}`, `the accounts trust role ${role.name} only`, remedy);
  }
  if (!consistsOf(definition, stored.definition ?? "")) {
    return failed("its definition is not the expected one", "messages may name others than those who did it", remedy);
  }
  return proven("active, finds the events of an alarm");
}

async function mayAssume(subject: Subject, hub: ExpectedHub, { role, machine }: ExpectedDetails): Promise<Finding> {
  const { organization } = subject;
  const remedy = redeploy(hub.stack);
  const start = [{ action: "states:StartSyncExecution", resource: machine }];
  const assume = organization.accounts.map(({ id }) => ({
    action: "sts:AssumeRole",
    resource: ownRoleArn(hub.region, organization.iam, id, ownNames(organization.names).alertDetails),
  }));
  const refusal =
    firstRefusal(await rolePolicies(subject, hub.role), start) ??
    firstRefusal(await rolePolicies(subject, role), assume, { "aws:ResourceOrgID": organization.id });
  if (refusal !== undefined) {
    const { answer, because, wish } = refusal;
    return (answer === "denied" ? failed : unknown)(`${wish}: ${because}`, WITHOUT, remedy);
  }
  return (await furtherPolicies(subject, role, remedy)) ?? proven("its only policy allows it");
}

/** Whether the alert hub, and no other identity, can read the account's events. */
export function detailsRoleCheck(expected: ExpectedDetailsRole): Check {
  return {
    hop: "alert hub",
    name: `role ${expected.role.name} lets the hub read events`,
    run: (subject) => letsHubRead(subject, expected),
  };
}

async function letsHubRead(subject: Subject, expected: ExpectedDetailsRole): Promise<Finding> {
  const { session, organization, account, expected: all } = subject;
  const { role, caller, region, logGroups, stack } = expected;
  const remedy = redeploy(stack);
  const stored = await session.query(HUB_READS.role, { RoleName: role.name }, all.homeRegion);
  if (stored?.Role === undefined) return failed("no such role", WITHOUT, remedy);
  const trust = decodeURIComponent(stored.Role.AssumeRolePolicyDocument ?? "");
  const [, , , , hubAccount = ""] = caller.split(":");
  const assume = (arn: string, organizationId: string) =>
    evaluate([trust], {
      principal: rootArn(region, hubAccount),
      action: "sts:AssumeRole",
      context: { "aws:PrincipalArn": arn, "aws:PrincipalOrgID": organizationId },
    }).answer;
  if (assume(caller, organization.id) !== "allowed") {
    return failed("its trust policy does not admit the hub", WITHOUT, remedy);
  }
  if (assume(`${caller}-other`, organization.id) !== "denied" || !hasOnePrincipal(trust, rootArn(region, hubAccount))) {
    return failed("its trust policy admits others than the hub", "they can read the account's events", remedy);
  }
  const resource = (name: string) => arn(region, "logs", account.id, `log-group:${name}:log-stream:`);
  const refusal = firstRefusal(await rolePolicies(subject, role), [
    { action: "logs:DescribeMetricFilters", resource: resource("") },
    ...logGroups.map((name) => ({ action: "logs:FilterLogEvents", resource: resource(name) })),
  ]);
  if (refusal !== undefined) {
    const { answer, because, wish } = refusal;
    return (answer === "denied" ? failed : unknown)(`${wish}: ${because}`, WITHOUT, remedy);
  }
  return (await furtherPolicies(subject, role, remedy)) ?? proven(`reads ${logGroups.join(", ")}, for the hub only`);
}

/** Whether a policy admits one principal only. */
function hasOnePrincipal(trust: string, only: string): boolean {
  const principals = [...trust.matchAll(/"Principal":\s*(\{[^{}]*\}|"[^"]*")/g)].map(([, principal = ""]) => principal);
  return principals.every((principal) => principal.replace(/\s/g, "") === `{"AWS":"${only}"}`);
}

import { ownNames } from "../../lib/naming/own-names";
import { arn, roleArn } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { READS } from "../aws/calls";
import { HUB_READS } from "../aws/hub-calls";
import type { ExpectedHub } from "../expected/expected-hub";
import { failed, proven, unknown, type Finding } from "../result";
import { redeploy, type Check, type Subject } from "./check";
import { lastOf } from "./forwarding-rule";
import { arnOfRole, firstRefusal, furtherPolicies, rolePolicies } from "./role";
import { ownRoleArn } from "../../lib/naming/role-names";

/** An identity outside the organization. */

/**
 * Whether the alert hub accepts alarms from the organization only, makes messages of them and may publish to its
 * topics.
 */
export function alertHubChecks(hub: ExpectedHub): Check[] {
  const machine = `state machine ${lastOf(hub.machine)} runs`;
  return [
    {
      hop: "alert hub",
      name: `event bus ${hub.bus} admits the organization only`,
      run: (subject) => admitsOrganization(subject, hub),
    },
    { hop: "alert hub", name: machine, run: (subject) => runs(subject, hub) },
    {
      hop: "alert hub",
      name: mayPublish(hub),
      follows: [machine],
      run: (subject) => mayTell(subject, hub),
    },
  ];
}

/** Name of the check of what the hub's role may do. */
export function mayPublish({ role }: ExpectedHub): string {
  return `role ${role.name} may publish to the topics`;
}

async function admitsOrganization(subject: Subject, { bus, region, stack }: ExpectedHub): Promise<Finding> {
  const { session, organization, account } = subject;
  const remedy = redeploy(stack);
  const stored = await session.query(HUB_READS.bus, { Name: bus }, region);
  if (stored === undefined) return failed(`no such event bus in ${region}`, "no alarm reaches the hub", remedy);
  const stranger = roleArn(region, "000000000000", "stranger");
  const putEvents = (principal: string, organizationId?: string) =>
    evaluate([stored.Policy ?? "{}"], {
      principal,
      action: "events:PutEvents",
      resource: arn(region, "events", account.id, `event-bus/${bus}`),
      context: organizationId === undefined ? {} : { "aws:PrincipalOrgID": organizationId },
    });
  const refused = organization.accounts
    .map(({ id, name }) => ({
      name,
      ...putEvents(
        ownRoleArn(region, organization.iam, id, ownNames(organization.names).alertForwarding),
        organization.id,
      ),
    }))
    .find(({ answer }) => answer !== "allowed");
  const strangers = [putEvents(stranger), putEvents(stranger, "o-stranger00")];
  const admitted = strangers.find(({ answer }) => answer === "allowed");
  if (admitted !== undefined) {
    return failed(admitted.because, "accounts outside the organization may send it forged alarms", remedy);
  }
  if (refused !== undefined) {
    const reason = `alarms of '${refused.name}' may not reach the hub`;
    const seen = `not ${refused.name}: ${refused.because}`;
    return refused.answer === "denied" ? failed(seen, reason, remedy) : unknown(seen, reason, remedy);
  }
  const doubtful = strangers.find(({ answer }) => answer === "undecided");
  return doubtful === undefined
    ? proven(`its policy admits only ${organization.id}`)
    : unknown(doubtful.because, "accounts outside the organization may be admitted", remedy);
}

async function runs({ session, account }: Subject, hub: ExpectedHub): Promise<Finding> {
  const { machine, definition, region, role, topics, stack } = hub;
  const remedy = redeploy(stack);
  const stored = await activeMachine(session, { machine, region });
  if (typeof stored === "string") return failed(stored, "no subscriber is notified of any alarm", remedy);
  if (stored.roleArn !== arnOfRole(region, account.id, role)) {
    return failed(`role ${stored.roleArn ?? "none"}`, `it must publish to the topics with role ${role.name}`, remedy);
  }
  const missing = topics.filter((topic) => stored.definition?.includes(topic) !== true);
  if (missing.length > 0) {
    return failed(`it does not publish to ${missing.map(lastOf).join(", ")}`, "its definition was changed", remedy);
  }
  if (!consistsOf(definition, stored.definition ?? "")) {
    const reason = "its definition was changed, or accounts or severities changed since: messages may be wrong";
    return failed("its definition is not the expected one", reason, remedy);
  }
  return proven(`active, publishes to ${topics.map(lastOf).join(", ")}`);
}

/** A state machine; or in a few words why it does not run. */
export async function activeMachine(
  session: Subject["session"],
  { machine, region }: { readonly machine: string; readonly region: string },
): Promise<{ readonly roleArn?: string | undefined; readonly definition?: string | undefined } | string> {
  const stored = await session.query(HUB_READS.machine, { stateMachineArn: machine }, region);
  if (stored === undefined) return `no such state machine in ${region}`;
  return stored.status === "ACTIVE" ? stored : `status ${stored.status ?? "none"}, not ACTIVE`;
}

/** Whether a text consists of these parts with names or ARNs, which contain no quotes, between them. */
export function consistsOf([first, ...parts]: readonly string[], text: string): boolean {
  if (first === undefined) return true;
  if (!text.startsWith(first)) return false;
  let rest = text.slice(first.length);
  for (const part of parts) {
    const index = part === "" ? rest.length : rest.indexOf(part);
    if (index < 0 || /["\\]/.test(rest.slice(0, index))) return false;
    rest = rest.slice(index + part.length);
  }
  return rest === "";
}

async function mayTell(subject: Subject, { role, region, topics, stack }: ExpectedHub): Promise<Finding> {
  const remedy = redeploy(stack);
  const keys: string[] = [];
  for (const TopicArn of topics) {
    const attributes = (await subject.session.query(READS.topic, { TopicArn }, region))?.Attributes;
    if (attributes === undefined)
      return failed(`no topic ${lastOf(TopicArn)}`, "the hub has no topic to publish to", remedy);
    keys.push(attributes["KmsMasterKeyId"] ?? "");
  }
  const refusal = firstRefusal(await rolePolicies(subject, role), [
    ...topics.map((resource) => ({ action: "sns:Publish", resource })),
    ...[...new Set(keys)]
      .filter((key) => key.startsWith("arn:"))
      .flatMap((resource) => ["kms:GenerateDataKey", "kms:Decrypt"].map((action) => ({ action, resource }))),
  ]);
  if (refusal === undefined) {
    const further = await furtherPolicies(subject, role, remedy);
    return further ?? proven("its only policy allows it, and the use of their key");
  }
  const { answer, because, wish } = refusal;
  const seen = `${wish}: ${because}`;
  const reason = "alarms reach the hub, but no subscriber is notified";
  return answer === "denied" ? failed(seen, reason, remedy) : unknown(seen, reason, remedy);
}

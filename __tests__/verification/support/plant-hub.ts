import {
  CreateEventBusCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { ALERT_DETAILS } from "../../../lib/naming/resource-names";
import { textOfArgument } from "../../../lib/terraform/read/arguments";
import type { Stack } from "../../../lib/terraform/read/stack";
import { StackReader } from "../../../lib/terraform/read/stack-reader";
import { readDetailsRole } from "../../../verification/expected/read-details-role";
import { readForwardingRules, readHub } from "../../../verification/expected/read-hub";
import type { ServiceClients } from "../../../lib/aws/service-clients";

/** Creates what brings a stack's alarms to the alert hub, and the hub itself: queues, roles, bus, state machine, rules. */
export async function plantHub(stack: Stack, clients: (region: string) => ServiceClients): Promise<void> {
  const reader = new StackReader(stack, []);
  const [forwardingRule] = readForwardingRules(stack);
  if (forwardingRule === undefined) return;
  const { events, iam, sfn } = clients(forwardingRule.region);
  const policyOf = (type: string, argument: string, id: string): string =>
    textOfArgument(
      reader.all(type).find(([, policy]) => textOfArgument(policy, argument)?.includes(`.${id}.`))?.[1] ?? {},
      "policy",
    ) ?? "{}";

  const urls = new Map<string, string>();
  for (const [id, queue] of reader.all("aws_sqs_queue")) {
    const Attributes = { Policy: policyOf("aws_sqs_queue_policy", "queue_url", id) };
    const { QueueUrl = "" } = await clients(reader.region(queue)).sqs.send(
      new CreateQueueCommand({ QueueName: textOfArgument(queue, "name"), Attributes }),
    );
    urls.set(`\${aws_sqs_queue.${id}.url}`, QueueUrl);
  }
  const roles = readForwardingRules(stack).map(({ role }) => role.name);
  const hub = readHub(stack);
  const further = [hub?.role, hub?.details?.role, readDetailsRole(stack)?.role].map((role) => role?.name);
  for (const [id, role] of reader.all("aws_iam_role")) {
    const RoleName = textOfArgument(role, "name");
    if (RoleName === undefined || ![...roles, ...further].includes(RoleName)) continue;
    const AssumeRolePolicyDocument = textOfArgument(role, "assume_role_policy");
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    for (const [, policy] of reader.all("aws_iam_role_policy")) {
      if (textOfArgument(policy, "role") !== `\${aws_iam_role.${id}.id}`) continue;
      // Keys have ids of their own here: whichever it is.
      const PolicyDocument = resolved(reader, textOfArgument(policy, "policy") ?? "").replace(
        /\$\{aws_kms_key[^}]*\}/g,
        "*",
      );
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: textOfArgument(policy, "name"), PolicyDocument }),
      );
    }
  }
  if (hub !== undefined) {
    await events.send(new CreateEventBusCommand({ Name: hub.bus }));
    const Policy = reader
      .all("aws_cloudwatch_event_bus_policy")
      .map(([, policy]) => textOfArgument(policy, "policy"))[0];
    await events.send(new PutPermissionCommand({ EventBusName: hub.bus, Policy }));
    for (const [, machine] of reader.all("aws_sfn_state_machine")) {
      const definition = resolved(reader, textOfArgument(machine, "definition") ?? "", urls);
      const name = textOfArgument(machine, "name");
      const role = name === ALERT_DETAILS ? hub.details?.role : hub.role;
      const roleArn = `arn:aws:iam::${stack.accountId ?? ""}:role/${role?.name ?? ""}`;
      await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn }));
    }
  }
  for (const { bus: EventBusName, rule: Rule, pattern: EventPattern, target: Arn, role, queue } of readForwardingRules(
    stack,
  )) {
    await events.send(new PutRuleCommand({ Name: Rule, EventBusName, EventPattern }));
    const RoleArn = `arn:aws:iam::${stack.accountId ?? ""}:role/${role.name}`;
    await events.send(
      new PutTargetsCommand({
        Rule,
        EventBusName,
        Targets: [{ Id: "on", Arn, RoleArn, DeadLetterConfig: { Arn: queue } }],
      }),
    );
  }
}

/** A document with the references in it resolved, as far as they can be. */
function resolved(reader: StackReader, document: string, others: ReadonlyMap<string, string> = new Map()): string {
  return document.replace(
    /\$\{[^}]+\}/g,
    (reference) => others.get(reference) ?? reader.resolved(reference) ?? reference,
  );
}

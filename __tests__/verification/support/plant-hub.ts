import { PLAIN } from "../../../lib/naming/own-names";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventBusCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateScheduleCommand } from "@aws-sdk/client-scheduler";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { textOfArgument } from "../../../lib/terraform/read/arguments";
import type { Stack } from "../../../lib/terraform/read/stack";
import { StackReader } from "../../../lib/terraform/read/stack-reader";
import { readDetailsRole } from "../../../verification/expected/read-details-role";
import { readForwardingRules, readHub } from "../../../verification/expected/read-hub";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { Organization } from "../../../organization/organization";
import type { ExpectedHub } from "../../../verification/expected/expected-hub";
import { busPolicy, plantWebhooks } from "./plant-webhooks";

/**
 * Creates what brings a stack's alarms to the alert hub, and the hub itself: queues, roles, buses, tables, state machines,
 * rules, webhooks, the digest's schedule.
 */
export async function plantHub(
  stack: Stack,
  organization: Organization,
  clients: (region: string) => ServiceClients,
): Promise<void> {
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
  const further = [hub?.role, hub?.details?.role, hub?.digest?.role, readDetailsRole(stack)?.role];
  const planted = [...roles, ...further.map((role) => role?.name)];
  for (const [id, role] of reader.all("aws_iam_role")) {
    const RoleName = textOfArgument(role, "name");
    if (RoleName === undefined || !planted.includes(RoleName)) continue;
    const AssumeRolePolicyDocument = textOfArgument(role, "assume_role_policy");
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    for (const [, policy] of reader.all("aws_iam_role_policy")) {
      if (textOfArgument(policy, "role") !== `\${aws_iam_role.${id}.id}`) continue;
      // Keys have ids of their own here: whichever it is.
      const PolicyDocument = resolved(reader, textOfArgument(policy, "policy") ?? "", tableArns(stack, reader)).replace(
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
    await events.send(new PutPermissionCommand({ EventBusName: hub.bus, Policy: busPolicy(reader, hub.bus) }));
    await plantTables(reader, clients(hub.region));
    await plantDigest(stack, hub, clients(hub.region));
    for (const [, machine] of reader.all("aws_sfn_state_machine")) {
      const definition = resolved(reader, textOfArgument(machine, "definition") ?? "", urls);
      const name = textOfArgument(machine, "name");
      const role = name === PLAIN.alertDetails ? hub.details?.role : hub.role;
      const roleArn = `arn:aws:iam::${stack.accountId ?? ""}:role/${role?.name ?? ""}`;
      await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn }));
    }
  }
  const webhooks = organization.alertHub?.webhooks ?? [];
  const destinations =
    hub === undefined ? new Map<string, string>() : await plantWebhooks(reader, hub, webhooks, clients(hub.region));
  for (const { bus: EventBusName, rule: Rule, pattern: EventPattern, target, role, queue } of readForwardingRules(
    stack,
  )) {
    const Arn = destinations.get(Rule) ?? target;
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

/** ARNs of a stack's tables, by the references to them. */
function tableArns({ accountId = "" }: Stack, reader: StackReader): ReadonlyMap<string, string> {
  return new Map(
    reader.all("aws_dynamodb_table").map(([id, table]) => {
      const place = `${reader.region(table)}:${accountId}`;
      return [
        `\${aws_dynamodb_table.${id}.arn}`,
        `arn:aws:dynamodb:${place}:table/${textOfArgument(table, "name") ?? ""}`,
      ];
    }),
  );
}

async function plantTables(reader: StackReader, { dynamoDb }: ServiceClients): Promise<void> {
  for (const [, table] of reader.all("aws_dynamodb_table")) {
    const keys = [
      [textOfArgument(table, "hash_key"), "HASH"],
      [textOfArgument(table, "range_key"), "RANGE"],
    ] as const;
    const present = keys.filter(([name]) => name !== undefined);
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: textOfArgument(table, "name"),
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: present.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
        AttributeDefinitions: present.map(([AttributeName]) => ({ AttributeName, AttributeType: "S" })),
      }),
    );
  }
}

async function plantDigest({ accountId = "" }: Stack, { digest }: ExpectedHub, { scheduler }: ServiceClients) {
  if (digest === undefined) return;
  const { name: Name, expression: ScheduleExpression, target: Arn, input: Input, role } = digest;
  await scheduler.send(
    new CreateScheduleCommand({
      ...{ Name, GroupName: "default", ScheduleExpression, State: "ENABLED", FlexibleTimeWindow: { Mode: "OFF" } },
      Target: { Arn, Input, RoleArn: `arn:aws:iam::${accountId}:role/${role.name}` },
    }),
  );
}

/** A document with the references in it resolved, as far as they can be. */
function resolved(reader: StackReader, document: string, others: ReadonlyMap<string, string> = new Map()): string {
  return document.replace(
    /\$\{[^}]+\}/g,
    (reference) => others.get(reference) ?? reader.resolved(reference) ?? reference,
  );
}

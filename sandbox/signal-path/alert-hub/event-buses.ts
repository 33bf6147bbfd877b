import { arn } from "../../../lib/aws/partitions";
import {
  DescribeEventBusCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import { evaluate } from "../../../lib/aws/policy-evaluator";
import { compileEventPattern } from "../../../signals";
import type { AccountClients } from "../account-clients";

/** An event bus, by its account. */
export interface Bus {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** The event bus that an ARN names; undefined for any other ARN. */
export function busOf(arn: string): Bus | undefined {
  const [, region = "", account = "", name = ""] = /^arn:[^:]+:events:([^:]+):(\d+):event-bus\/(.+)$/.exec(arn) ?? [];
  return name === "" ? undefined : { account, region, name };
}

/** A rule's target that gets an event. */
export interface ReachedTarget {
  readonly rule: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  /** Path of the part of the event that the target gets; undefined: all of it. */
  readonly inputPath: string | undefined;
  /** ARN of the queue for undeliverable events. */
  readonly deadLetterArn: string | undefined;
}

type Buses = Pick<AccountClients, "of">;

/** Targets of all enabled rules of a bus that let an event through. */
export async function targetsOf(clients: Buses, bus: Bus, event: object): Promise<ReachedTarget[]> {
  const rules = await rulesOf(clients, bus);
  const matching = rules.filter(
    ({ EventPattern, State }) =>
      EventPattern !== undefined && State !== "DISABLED" && compileEventPattern(EventPattern).matches(event),
  );
  return (await Promise.all(matching.map((rule) => targetsOfRule(clients, bus, rule)))).flat();
}

/** Why no rule of a bus sends an event to a target of the wanted kind, although one should. */
export async function whyNoTarget(clients: Buses, bus: Bus, isWanted: (arn: string) => boolean): Promise<string> {
  for (const rule of await rulesOf(clients, bus)) {
    const targets = await targetsOfRule(clients, bus, rule);
    if (!targets.some(({ arn }) => isWanted(arn))) continue;
    const { Name = "", State } = rule;
    return State === "DISABLED"
      ? `rule ${Name} is disabled`
      : `the pattern of rule ${Name} does not match the alarm's event`;
  }
  return `no rule of event bus ${bus.name} forwards the alarm`;
}

async function rulesOf(clients: Buses, { account, region, name }: Bus): Promise<Rule[]> {
  const { events } = clients.of(account, region);
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ EventBusName: name, NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules;
}

async function targetsOfRule(clients: Buses, bus: Bus, { Name: rule = "" }: Rule): Promise<ReachedTarget[]> {
  const { events } = clients.of(bus.account, bus.region);
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: rule, EventBusName: bus.name }));
  return Targets.map(({ Arn: arn = "", RoleArn: roleArn, InputPath: inputPath, DeadLetterConfig }) => ({
    rule,
    arn,
    roleArn,
    inputPath,
    deadLetterArn: DeadLetterConfig?.Arn,
  }));
}

/** Why a bus refuses an event from a rule of another account; undefined: it accepts it. */
export async function busRefusal(
  clients: Buses,
  bus: Bus,
  from: { readonly roleArn: string | undefined; readonly organizationId: string },
): Promise<string | undefined> {
  if (from.roleArn === undefined) return "the rule's target has no role, and an organization's bus admits roles only";
  let policy: string | undefined;
  try {
    const { events } = clients.of(bus.account, bus.region);
    policy = (await events.send(new DescribeEventBusCommand({ Name: bus.name }))).Policy;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") {
      return `event bus ${bus.name} does not exist in account ${bus.account}`;
    }
    throw error;
  }
  const { answer } = evaluate([policy ?? "{}"], {
    principal: from.roleArn,
    action: "events:PutEvents",
    resource: arn(bus.region, "events", bus.account, `event-bus/${bus.name}`),
    context: { "aws:PrincipalOrgID": from.organizationId },
  });
  return answer === "allowed" ? undefined : `the policy of event bus ${bus.name} does not allow ${from.roleArn}`;
}

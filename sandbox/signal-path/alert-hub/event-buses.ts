import {
  DescribeEventBusCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { judge } from "../../../policies/judge";
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

/** Targets of all enabled rules of a bus that let an event through. */
export async function targetsOf(clients: Pick<AccountClients, "of">, bus: Bus, event: object): Promise<Target[]> {
  const { events } = clients.of(bus.account, bus.region);
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ EventBusName: bus.name, NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const matching = rules.filter(
    ({ EventPattern, State }) =>
      EventPattern !== undefined && State !== "DISABLED" && compileEventPattern(EventPattern).matches(event),
  );
  const targets = matching.map(({ Name: Rule }) =>
    events.send(new ListTargetsByRuleCommand({ Rule, EventBusName: bus.name })),
  );
  return (await Promise.all(targets)).flatMap(({ Targets = [] }) => Targets);
}

/** Why a bus does not take an event from a rule of another account; undefined: it does. */
export async function busRefusal(
  clients: Pick<AccountClients, "of">,
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
  const { answer } = judge([policy ?? "{}"], {
    principal: from.roleArn,
    action: "events:PutEvents",
    resource: `arn:aws:events:${bus.region}:${bus.account}:event-bus/${bus.name}`,
    context: { "aws:PrincipalOrgID": from.organizationId },
  });
  return answer === "allowed" ? undefined : `the policy of event bus ${bus.name} does not admit ${from.roleArn}`;
}

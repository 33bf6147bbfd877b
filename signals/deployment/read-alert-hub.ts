import { arn } from "../../lib/aws/partitions";
import { TOPIC_KINDS, topicsOfChoice, type TopicKind } from "../../lib/naming/alarm-description";
import { textOfArgument } from "../../lib/terraform/read/arguments";
import type { DeployedAccount, DeployedAlertHub, DeployedSubscription, ForwardedAlarms } from "./deployment";
import { stateOfRule } from "./read-feed";
import { eventPatternRefusal } from "./refusals";
import type { StackReader } from "../../lib/terraform/read/stack-reader";

const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";
const MACHINE = "aws_sfn_state_machine";
const API_DESTINATION = "aws_cloudwatch_event_api_destination";

/** A hub without the subscriptions of its account. */
type Hub = Omit<DeployedAlertHub, "subscriptions">;

/** Enabled rules of event buses whose state machine chooses between two topics, as the alert hub's does. */
export function readAlertHub(reader: StackReader, id: string, accountId: string): Hub | undefined {
  const rule = reader.arguments(RULE, id);
  const busName = textOfArgument(rule, "event_bus_name");
  if (busName === undefined || busName === "default" || reader.namesOf(MACHINE).length === 0) return undefined;
  if (stateOfRule(rule) === "DISABLED") return undefined;
  const bus = reader.resolved(busName);
  const name = reader.text(RULE, id, "name");
  const pattern = reader.text(RULE, id, "event_pattern");
  if (bus === undefined || name === undefined || pattern === undefined) return undefined;
  const refusal = eventPatternRefusal(pattern);
  if (refusal !== undefined) {
    reader.refuse(RULE, id, `rule '${name}' must have an event pattern that EventBridge takes: ${refusal}`);
  }
  const [topics] = reader
    .all(TARGET)
    .filter(([target]) => reader.text(TARGET, target, "rule") === name)
    .flatMap(([, target]) => topicsOf(reader, textOfArgument(target, "arn") ?? "") ?? []);
  if (topics === undefined) return undefined;
  return { bus: arn(reader.region(rule), "events", accountId, `event-bus/${bus}`), pattern, topics };
}

/** Webhooks of a hub, as subscribers of the topics whose alarms they get. */
export function readWebhooks(reader: StackReader, topics: Hub["topics"]): DeployedSubscription[] {
  return reader.all(TARGET).flatMap(([id, target]) => {
    const destination = /^\$\{aws_cloudwatch_event_api_destination\.([^{}]+)\.arn\}$/.exec(
      textOfArgument(target, "arn") ?? "",
    )?.[1];
    const rule = reader.namesOf(RULE).find((one) => reader.text(RULE, one, "name") === reader.text(TARGET, id, "rule"));
    if (destination === undefined || rule === undefined) return [];
    const endpoint = reader.text(API_DESTINATION, destination, "invocation_endpoint") ?? "";
    const pattern = reader.text(RULE, rule, "event_pattern") ?? "";
    return TOPIC_KINDS.filter((topic) => matchesTopic(pattern, topic)).map((topic) => ({
      topicArn: topics[topic],
      protocol: "webhook",
      endpoint,
    }));
  });
}

/** Whether a webhook's event pattern names a topic. */
function matchesTopic(pattern: string, topic: TopicKind): boolean {
  const { detail } = JSON.parse(pattern) as { readonly detail?: { readonly topic?: readonly string[] } };
  return detail?.topic?.includes(topic) === true;
}

/** The topics among which a state machine chooses. */
function topicsOf(reader: StackReader, target: string): Hub["topics"] | undefined {
  const machine = /^\$\{aws_sfn_state_machine\.([^{}]+)\.[a-z]+\}$/.exec(target)?.[1];
  if (machine === undefined) return undefined;
  // Quotes are escaped in the definition, which is JSON itself, and so is `$` (`templateOfJson`).
  const definition = textOfArgument(reader.arguments(MACHINE, machine), "definition") ?? "";
  const chosen = topicsOfChoice(definition.replaceAll("\\u0024", "$").replaceAll('\\"', '"'));
  if (chosen === undefined) return undefined;
  const topics = TOPIC_KINDS.map((kind) => [kind, reader.resolved(chosen[kind])] as const);
  if (topics.some(([, topic]) => topic === undefined)) return undefined;
  return Object.fromEntries(topics) as Hub["topics"];
}

/** The hubs that rules of an account lead to. */
export function alertHubsOf({ rules }: DeployedAccount, hubs: readonly DeployedAlertHub[]): readonly ForwardedAlarms[] {
  return rules.flatMap(({ buses = [], pattern, region, state }) =>
    hubs
      .filter(({ bus }) => state !== "DISABLED" && buses.includes(bus))
      .map((hub) => ({ region, patterns: [pattern, hub.pattern], hub })),
  );
}

import { ownNames } from "../../lib/naming/own-names";
import { arnPrefix } from "../../lib/aws/partitions";
import { blocksOf, textOfArgument, type Arguments } from "../../lib/terraform/read/arguments";
import type { Stack } from "../../lib/terraform/read/stack";
import { StackReader } from "../../lib/terraform/read/stack-reader";
import type {
  ExpectedDetails,
  ExpectedDigest,
  ExpectedForwardingRule,
  ExpectedHub,
  ExpectedRole,
} from "./expected-hub";

const BUS = "aws_cloudwatch_event_bus";
const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";
const MACHINE = "aws_sfn_state_machine";
const ROLE = "aws_iam_role";
const ROLE_POLICY = "aws_iam_role_policy";
const TOPIC = "aws_sns_topic";
const SCHEDULE = "aws_scheduler_schedule";
const API_DESTINATION = "aws_cloudwatch_event_api_destination";

/** A reference in a template. */
const REFERENCE = /(?<!\$)\$\{[^{}]*\}/g;

/** Rules of a stack that forward alarms to the alert hub's event bus, or from there to its state machine. */
export function readForwardingRules(stack: Stack): ExpectedForwardingRule[] {
  const reader = new StackReader(stack, []);
  const rules = new Map(reader.all(RULE).map(([id, rule]) => [reader.text(RULE, id, "name"), rule]));
  return reader.all(TARGET).flatMap(([id, target]) => {
    const to = textOfArgument(target, "arn");
    const arn =
      machineArn(stack, reader, to) ?? destinationArn(stack, reader, to) ?? reader.text(TARGET, id, "arn") ?? "";
    const action = actionOn(arn);
    const name = reader.text(TARGET, id, "rule");
    const rule = rules.get(name);
    const [dead = {}] = blocksOf(target, "dead_letter_config");
    if (action === undefined || name === undefined || rule === undefined) return [];
    return {
      stack: stack.id,
      region: reader.region(target),
      bus: reader.resolved(textOfArgument(rule, "event_bus_name") ?? "default") ?? "",
      rule: name,
      pattern: textOfArgument(rule, "event_pattern") ?? "",
      target: arn,
      action,
      role: roleOf(reader, target, "role_arn"),
      queue: reader.resolved(textOfArgument(dead, "arn") ?? "") ?? "",
    };
  });
}

/** The alert hub that a stack deploys, if any. */
export function readHub(stack: Stack): ExpectedHub | undefined {
  const reader = new StackReader(stack, []);
  const names = stack.names;
  const own = ownNames(names);
  const bus = reader.namesOf(BUS).find((one) => reader.text(BUS, one, "name") !== own.webhooks);
  const machine = reader.all(MACHINE).find(([id]) => reader.text(MACHINE, id, "name") === own.alertHub);
  if (bus === undefined || machine === undefined) return undefined;
  const [id, block] = machine;
  const definition = textOfArgument(block, "definition") ?? "";
  const named = (definition.match(REFERENCE) ?? []).map((reference) => reader.resolved(reference));
  const topics = reader.namesOf(TOPIC).flatMap((topic) => reader.resolved(`\${${TOPIC}.${topic}.arn}`) ?? []);
  return {
    names,
    stack: stack.id,
    region: reader.region(block),
    bus: reader.text(BUS, bus, "name") ?? "",
    machine: machineArn(stack, reader, `\${${MACHINE}.${id}.arn}`) ?? "",
    definition: textBetweenReferences(definition),
    role: roleOf(reader, block, "role_arn"),
    details: readDetails(stack, reader),
    digest: readDigest(stack, reader),
    // The state machine does not publish to the witness topic of the stack.
    topics: topics.filter((topic) => named.includes(topic)),
    webhooks: reader.all(API_DESTINATION).map(([destination, block]) => ({
      name: reader.text(API_DESTINATION, destination, "name") ?? "",
      url: textOfArgument(block, "invocation_endpoint") ?? "",
    })),
  };
}

/** The machine that finds an alarm's events. */
function readDetails(stack: Stack, reader: StackReader): ExpectedDetails | undefined {
  const own = ownNames(stack.names);
  const machine = reader.all(MACHINE).find(([id]) => reader.text(MACHINE, id, "name") === own.alertDetails);
  if (machine === undefined) return undefined;
  const [id, block] = machine;
  return {
    machine: machineArn(stack, reader, `\${${MACHINE}.${id}.arn}`) ?? "",
    definition: textBetweenReferences(textOfArgument(block, "definition") ?? ""),
    role: roleOf(reader, block, "role_arn"),
  };
}

/** The schedule of the digest of notices. */
function readDigest(stack: Stack, reader: StackReader): ExpectedDigest | undefined {
  const own = ownNames(stack.names);
  const schedule = reader.all(SCHEDULE).find(([id]) => reader.text(SCHEDULE, id, "name") === own.hubDigest);
  if (schedule === undefined) return undefined;
  const [, block] = schedule;
  const [target = {}] = blocksOf(block, "target");
  return {
    name: own.hubDigest,
    expression: textOfArgument(block, "schedule_expression") ?? "",
    target: textOfArgument(target, "arn") ?? "",
    input: textOfArgument(target, "input") ?? "",
    role: roleOf(reader, target, "role_arn"),
  };
}

/** The action of EventBridge on a target on an alarm's path; undefined for another target, such as a log group. */
function actionOn(arn: string): string | undefined {
  if (arn.includes(":api-destination/")) return "events:InvokeApiDestination";
  if (arn.includes(":stateMachine:")) return "states:StartExecution";
  return /:event-bus\/(?!default$)/.test(arn) ? "events:PutEvents" : undefined;
}

export function roleOf(reader: StackReader, resource: Arguments, argument: string): ExpectedRole {
  const id = referenced(ROLE, textOfArgument(resource, argument)) ?? "";
  const policies = reader
    .all(ROLE_POLICY)
    .filter(([, policy]) => referenced(ROLE, textOfArgument(policy, "role")) === id)
    .flatMap(([policy]) => reader.text(ROLE_POLICY, policy, "name") ?? []);
  const role = reader.arguments(ROLE, id);
  return { name: textOfArgument(role, "name") ?? "", path: textOfArgument(role, "path"), policies };
}

function machineArn(stack: Stack, reader: StackReader, text: string | undefined): string | undefined {
  const id = referenced(MACHINE, text);
  if (id === undefined) return undefined;
  const machine = reader.arguments(MACHINE, id);
  const place = `${reader.region(machine)}:${stack.accountId ?? ""}`;
  return `${arnPrefix(reader.region(machine))}:states:${place}:stateMachine:${textOfArgument(machine, "name") ?? ""}`;
}

/** EventBridge appends an id to the name, which is known only after the deployment. */
function destinationArn(stack: Stack, reader: StackReader, text: string | undefined): string | undefined {
  const id = referenced(API_DESTINATION, text);
  if (id === undefined) return undefined;
  const destination = reader.arguments(API_DESTINATION, id);
  const place = `${reader.region(destination)}:${stack.accountId ?? ""}`;
  return `${arnPrefix(reader.region(destination))}:events:${place}:api-destination/${textOfArgument(destination, "name") ?? ""}/*`;
}

/** The resource that a text refers to. */
export function referenced(type: string, text = ""): string | undefined {
  const [, found, id] = /^\$\{([a-z0-9_]+)\.([^${}]+)\.[a-z0-9_]+\}$/.exec(text) ?? [];
  return found === type ? id : undefined;
}

/** The literal parts of a template; a template that is one reference has none. */
function textBetweenReferences(template: string): readonly string[] {
  const parts = template.split(REFERENCE);
  const plain = parts.map((part) => part.replaceAll("$${", "${").replaceAll("%%{", "%{"));
  return plain.every((part) => part === "") ? [] : plain;
}

import { arnPrefix } from "../../lib/aws/partitions";
import { templateOfJson } from "../../lib/terraform/template";
import { variablesOf, type KnownAlarms } from "./known-alarms";
import { HEARTBEAT_EVENT } from "./alarm-events";
import { detailsStates } from "./details/details-states";
import { DIGEST_EVENT, digestStates, type NoticesDigest } from "./digest-states";
import { webhookArguments, type WebhookBus } from "./webhook-task";
import { chatArguments, INITIAL_VARIABLES, isAlert, messageArguments, type HubTopics } from "./message";
import { repeatStates } from "./repeats";

export interface StateMachineProps {
  /** What the machine knows of accounts and alarms. */
  readonly known: KnownAlarms;

  readonly topics: HubTopics;

  /**
   * ARN of the topic for chat channels.
   *
   * @default - no chat
   */
  readonly chatTopicArn?: string | undefined;

  /** ARN of the state machine that finds an alarm's events. */
  readonly detailsMachineArn: string;

  /**
   * The event bus of webhooks.
   *
   * @default - no webhooks
   */
  readonly webhooks?: WebhookBus | undefined;

  /**
   * Collects notices, and sends them once a day.
   *
   * @default - each notice is sent at once
   */
  readonly digest?: NoticesDigest | undefined;

  /** Name of the table that counts repeated alarms. */
  readonly repeatsTable: string;

  /** URL of the queue that keeps undeliverable messages. */
  readonly undeliveredUrl: string;
}

/** Source: Step Functions Developer Guide, "Service quotas", maximum size of a definition. */
const MAX_DEFINITION_BYTES = 1024 * 1024;

/** Two minutes in all: what SNS does not accept by then waits in the queue for a person. */
const RETRY = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6 }];
const CATCH = [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "Keep" }];

/**
 * The definition in Amazon States Language: assigns the tables, finds the events, counts repeats, publishes to the topic, then to the
 * chat, then sends events to the webhooks. Failed messages are kept unchanged; webhooks are sent all the same. A
 * heartbeat's event ends at once.
 */
export function stateMachine(props: StateMachineProps): object {
  const { known, topics, chatTopicArn, repeatsTable, webhooks, digest, undeliveredUrl } = props;
  const publish = {
    Type: "Task",
    Resource: `${arnPrefix(known.region)}:states:::sns:publish`,
    Retry: RETRY,
    Catch: CATCH,
    Output: "{% $states.input %}",
  };
  const published = webhooks === undefined ? "Published" : "Webhooks";
  const chat =
    chatTopicArn === undefined
      ? {}
      : {
          Chat: {
            Type: "Choice",
            Choices: [{ Condition: isAlert(known), Next: "PublishToChat" }],
            Default: published,
          },
          PublishToChat: { ...publish, Arguments: chatArguments(known, chatTopicArn), Next: published },
        };
  const keep = {
    Type: "Task",
    Resource: `${arnPrefix(known.region)}:states:::sqs:sendMessage`,
    Retry: RETRY,
    Arguments: { QueueUrl: undeliveredUrl, MessageBody: "{% $string($states.input) %}" },
    Output: "{% $states.input %}",
  };
  const definition = {
    Comment: "Turns an alarm's event into a message that people can read",
    QueryLanguage: "JSONata",
    StartAt: "Event",
    States: {
      Event: {
        Type: "Choice",
        Choices: [
          { Condition: `{% $states.input.source = "${HEARTBEAT_EVENT.source}" %}`, Next: "Heartbeat" },
          ...(digest === undefined
            ? []
            : [{ Condition: `{% $states.input.source = "${DIGEST_EVENT.source}" %}`, Next: "Digest" }]),
        ],
        Default: "Known1",
      },
      Heartbeat: { Type: "Succeed" },
      ...assignments(known, "Details"),
      ...(digest === undefined
        ? {}
        : digestStates(known, digest, {
            topicArn: topics.notices,
            retry: RETRY,
            publish: "Publish",
            stored: published,
          })),
      ...detailsStates(known, props.detailsMachineArn, "Repeats"),
      ...repeatStates(known, repeatsTable, digest === undefined ? "Publish" : "Notice"),
      Publish: {
        ...publish,
        Arguments: messageArguments(known, topics),
        Next: chatTopicArn === undefined ? published : "Chat",
      },
      ...chat,
      Published: { Type: "Succeed" },
      Keep: { ...keep, Next: webhooks === undefined ? "NotPublished" : "WebhooksAnyway" },
      NotPublished: { Type: "Fail", Error: "NotPublished", Cause: "SNS took no message: the event is in the queue" },
      ...(webhooks === undefined ? {} : webhookStates(known.region, webhookArguments(known, webhooks), keep)),
    },
  };
  const size = Buffer.byteLength(templateOfJson(definition));
  if (size > MAX_DEFINITION_BYTES) {
    throw new Error(
      `the alert hub's state machine must have at most ${MAX_DEFINITION_BYTES} bytes, got '${size}': ` +
        "set severities in organization.yaml instead of in each account",
    );
  }
  return definition;
}

/** After the messages, or after SNS refused them. An event that the webhooks' bus does not accept is kept too. */
function webhookStates(region: string, Arguments: object, keep: object): Record<string, object> {
  const send = {
    Type: "Task",
    Resource: `${arnPrefix(region)}:states:::events:putEvents`,
    Arguments,
    Retry: RETRY,
    Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "KeepForWebhooks" }],
    Output: "{% $states.input %}",
  };
  return {
    Webhooks: { ...send, Next: "Published" },
    WebhooksAnyway: { ...send, Next: "NotPublished" },
    KeepForWebhooks: { ...keep, Next: "NotSent" },
    NotSent: { Type: "Fail", Error: "NotSent", Cause: "the webhooks' bus took no event: the event is in the queue" },
  };
}

/** States that assign the hub's tables and the other variables' first values, the first of them `Known1`. */
function assignments(known: KnownAlarms, next: string): Record<string, object> {
  const groups = variablesOf(known);
  const states = groups.map((Assign, index) => {
    const Next = index + 1 < groups.length ? `Known${index + 2}` : next;
    const assigned = index === 0 ? { ...INITIAL_VARIABLES, ...Assign } : Assign;
    return [`Known${index + 1}`, { Type: "Pass", Assign: assigned, Next }] as const;
  });
  return Object.fromEntries(states);
}

import { variablesOf, type KnownAlarms } from "./known-alarms";
import { HEARTBEAT_EVENT } from "./alarm-events";
import { detailsStates } from "./details/details-states";
import { DIGEST_EVENT, digestStates, type NoticesDigest } from "./digest-states";
import { webhookArguments, type WebhookBus } from "./webhook-task";
import { chatArguments, isAlert, messageArguments, type HubTopics } from "./message";

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

  /** URL of the queue that keeps undeliverable messages. */
  readonly undeliveredUrl: string;
}

/** Source: Step Functions Developer Guide, "Service quotas", maximum size of a definition. */
const MAX_DEFINITION_BYTES = 1024 * 1024;

/** Two minutes in all: what SNS does not accept by then waits in the queue for a person. */
const RETRY = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6 }];
const CATCH = [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "Keep" }];

/**
 * The definition in Amazon States Language: assigns the tables, finds the events, publishes to the topic, then to the
 * chat, then sends events to the webhooks. Failed messages are kept unchanged; webhooks are sent all the same. A
 * heartbeat's event ends at once.
 */
export function stateMachine(props: StateMachineProps): object {
  const { known, topics, chatTopicArn, webhooks, digest, undeliveredUrl } = props;
  const publish = {
    Type: "Task",
    Resource: "arn:aws:states:::sns:publish",
    Retry: RETRY,
    Catch: CATCH,
    Output: "{% $states.input %}",
  };
  const told = webhooks === undefined ? "Told" : "Webhooks";
  const chat =
    chatTopicArn === undefined
      ? {}
      : {
          Chat: {
            Type: "Choice",
            Choices: [{ Condition: isAlert(known), Next: "TellChat" }],
            Default: told,
          },
          TellChat: { ...publish, Arguments: chatArguments(known, chatTopicArn), Next: told },
        };
  const keep = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage",
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
      ...assignments(known, digest === undefined ? "Details" : "Notice"),
      ...(digest === undefined
        ? {}
        : digestStates(known, digest, { topicArn: topics.notices, retry: RETRY, tell: "Details", stored: told })),
      ...detailsStates(known, props.detailsMachineArn, "Tell"),
      Tell: {
        ...publish,
        Arguments: messageArguments(known, topics),
        Next: chatTopicArn === undefined ? told : "Chat",
      },
      ...chat,
      Told: { Type: "Succeed" },
      Keep: { ...keep, Next: webhooks === undefined ? "NotTold" : "WebhooksAnyway" },
      NotTold: { Type: "Fail", Error: "NotTold", Cause: "SNS took no message: the event is in the queue" },
      ...(webhooks === undefined ? {} : webhookStates(webhookArguments(known, webhooks), keep)),
    },
  };
  const size = Buffer.byteLength(JSON.stringify(definition));
  if (size > MAX_DEFINITION_BYTES) {
    throw new Error(
      `the alert hub's state machine must have at most ${MAX_DEFINITION_BYTES} bytes, got '${size}': ` +
        "set severities in organization.yaml instead of in each account",
    );
  }
  return definition;
}

/** After the messages, or after SNS refused them. An event that the webhooks' bus does not accept is kept too. */
function webhookStates(Arguments: object, keep: object): Record<string, object> {
  const send = {
    Type: "Task",
    Resource: "arn:aws:states:::events:putEvents",
    Arguments,
    Retry: RETRY,
    Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "KeepForWebhooks" }],
    Output: "{% $states.input %}",
  };
  return {
    Webhooks: { ...send, Next: "Told" },
    WebhooksAnyway: { ...send, Next: "NotTold" },
    KeepForWebhooks: { ...keep, Next: "NotSent" },
    NotSent: { Type: "Fail", Error: "NotSent", Cause: "the webhooks' bus took no event: the event is in the queue" },
  };
}

/** States that assign the hub's tables, the first of them `Known1`. */
function assignments(known: KnownAlarms, next: string): Record<string, object> {
  const groups = variablesOf(known);
  const states = groups.map((Assign, index) => {
    const Next = index + 1 < groups.length ? `Known${index + 2}` : next;
    return [`Known${index + 1}`, { Type: "Pass", Assign, Next }] as const;
  });
  return Object.fromEntries(states);
}

import { chatArguments, IS_ALERT, messageArguments, type HubTopics } from "./message";

export interface StateMachineProps {
  readonly topics: HubTopics;

  /**
   * ARN of the topic for chat channels.
   *
   * @default - no chat
   */
  readonly chatTopicArn?: string | undefined;

  /** URL of the queue that keeps undeliverable messages. */
  readonly undeliveredUrl: string;
}

/** Two minutes in all: what SNS does not accept by then waits in the queue for a person. */
const RETRY = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6 }];
const CATCH = [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "Keep" }];

/** Publishes to the topic, then to the chat; failed messages are kept unchanged. In Amazon States Language. */
export function stateMachine({ topics, chatTopicArn, undeliveredUrl }: StateMachineProps): object {
  const publish = {
    Type: "Task",
    Resource: "arn:aws:states:::sns:publish",
    Retry: RETRY,
    Catch: CATCH,
    Output: "{% $states.input %}",
  };
  const chat =
    chatTopicArn === undefined
      ? {}
      : {
          Chat: {
            Type: "Choice",
            Choices: [{ Condition: IS_ALERT, Next: "TellChat" }],
            Default: "Told",
          },
          TellChat: { ...publish, Arguments: chatArguments(chatTopicArn), Next: "Told" },
        };
  return {
    Comment: "Turns an alarm's event into a message that people can read",
    QueryLanguage: "JSONata",
    StartAt: "Tell",
    States: {
      Tell: { ...publish, Arguments: messageArguments(topics), Next: chatTopicArn === undefined ? "Told" : "Chat" },
      ...chat,
      Told: { Type: "Succeed" },
      Keep: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        Retry: RETRY,
        Arguments: { QueueUrl: undeliveredUrl, MessageBody: "{% $string($states.input) %}" },
        Next: "NotTold",
      },
      NotTold: { Type: "Fail", Error: "NotTold", Cause: "SNS took no message: the event is in the queue" },
    },
  };
}

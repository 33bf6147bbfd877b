import { IS_UNSAID, topicChoice, topicKindsInJsonata } from "../../lib/naming/alarm-description";

/** Topics of the hub, by their ARNs. */
export interface HubTopics {
  /** Pages the on-call person. */
  readonly alerts: string;
  /** Read during working hours. */
  readonly notices: string;
}

/** SNS subjects have fewer than 100 characters. Source: SNS API, Publish. */
const MAX_SUBJECT = 99;

/**
 * JSONata, as Step Functions evaluates it: `&` treats missing values as empty text. A description may name any account:
 * the name is only trusted beside the id of the event's account, which AWS sets.
 */
const NAMES = [
  `$event := $states.input`,
  `$text := $event.detail.configuration.description & "\n"`,
  `$title := $substringBefore($text, "\n")`,
  `$owner := $substringBefore($substringAfter($text, "\nAccount: "), "\n")`,
  `$id := " (" & $event.account & ")"`,
  `$account := $contains($owner, $id) ? $substringBefore($owner, $id) : $event.account`,
  `$console := "https://" & $event.region & ".console.aws.amazon.com/cloudwatch/home?region=" & $event.region & "#"`,
  ...topicKindsInJsonata("$title"),
].join("; ");

const SUBJECT = `$substring("[" & $account & "] " & ($title = "" ? $event.detail.alarmName : $title), 0, ${MAX_SUBJECT})`;

const MESSAGE = [
  `$text`,
  `"Reason: " & $event.detail.state.reason`,
  `"Time: " & $event.time`,
  `"Alarm: " & $event.detail.alarmName & " of account " & $event.account & " in " & $event.region`,
  `"See it: " & $console & "alarmsV2:alarm/" & $event.detail.alarmName`,
  `"Run the query: " & $console & "logsV2:logs-insights"`,
].join(' & "\n" & ');

const jsonata = (expression: string): string => `{% (${NAMES}; ${expression}) %}`;

/**
 * The message for an alarm's event: arguments of SNS's Publish, with JSONata in `{% %}`.
 *
 * The alarm's description says what happened, where, how severe it is and what to do. The end of its first line names
 * the topic. Without that, the message is an alert: better one too many.
 */
export function messageArguments({ alerts, notices }: HubTopics): Record<"TopicArn" | "Subject" | "Message", string> {
  return {
    TopicArn: jsonata(topicChoice({ alert: alerts, notice: notices })),
    Subject: jsonata(SUBJECT),
    Message: jsonata(MESSAGE),
  };
}

/** Whether an alarm's event is an alert, as a JSONata condition. */
export const IS_ALERT = jsonata(IS_UNSAID);

/**
 * The same for chat channels, which only show messages in their own format.
 * Source: Amazon Q Developer in chat applications, "Custom notifications".
 */
export function chatArguments(topicArn: string): Record<"TopicArn" | "Message", string> {
  const content = `{"textType": "client-markdown", "title": ${SUBJECT}, "description": ${MESSAGE}}`;
  return {
    TopicArn: topicArn,
    Message: jsonata(`$string({"version": "1.0", "source": "custom", "content": ${content}})`),
  };
}

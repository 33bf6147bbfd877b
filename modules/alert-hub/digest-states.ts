import { IS_UNSAID } from "../../lib/naming/alarm-description";
import type { KnownAlarms } from "./known-alarms";
import { jsonata } from "./message";

/** Notices that are collected and sent once a day. */
export interface NoticesDigest {
  /** Name of the table that keeps them. */
  readonly table: string;
  /** When it is sent, in UTC: `07:00`. */
  readonly time: string;
}

/** The event that the digest's schedule puts on the hub's bus. */
export const DIGEST_EVENT = { source: "trailwatch.digest", detailType: "Trailwatch digest" } as const;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A window ends so long before its digest, because a notice may take minutes to be stored. */
const STORING = 5 * MINUTE;

/** Items stay so long, for a digest that failed. */
const KEPT_DAYS = 14;

/** A task's result has at most 256 KiB: some 400 bytes for each item. Source: Step Functions quotas. */
const MOST_ITEMS = 500;

interface Surroundings {
  /** ARN of the topic for notices. */
  readonly topicArn: string;
  readonly retry: readonly object[];
  /** The state that sends a message at once. */
  readonly publish: string;
  /** The state after a notice was stored. */
  readonly stored: string;
}

/**
 * States that store notices, from `Notice`, and that send the digest, from `Digest`. A notice that cannot be stored is
 * sent at once. A digest that fails ends the execution, which an alarm reports; its notices stay in the table.
 *
 * One item for each alarm in each window counts its notices, so that a digest is one query.
 */
export function digestStates(
  known: KnownAlarms,
  digest: NoticesDigest,
  { topicArn, retry, publish, stored }: Surroundings,
): Record<string, object> {
  const { table: TableName } = digest;
  const isNotice = jsonata(known, `$not(${IS_UNSAID}) and $not($isRecovery)`);
  return {
    Notice: { Type: "Choice", Choices: [{ Condition: isNotice, Next: "StoreNotice" }], Default: publish },
    StoreNotice: {
      Type: "Task",
      Resource: "arn:aws:states:::dynamodb:updateItem",
      Arguments: {
        TableName,
        Key: {
          digestWindow: { S: `{% ${windowAt(digest, "$millis()")} %}` },
          alarmKey: { S: jsonata(known, `$id & "/" & $key`) },
        },
        UpdateExpression:
          "SET accountName = :a, alarmTitle = :t, alarmMarker = :m, lastTime = :l, expiresAt = :e ADD noticeCount :n",
        ExpressionAttributeValues: {
          ":a": { S: jsonata(known, `$account & " (" & $id & ")"`) },
          ":t": { S: jsonata(known, `$alarm.title`) },
          ":m": { S: jsonata(known, `$marker`) },
          ":l": { S: jsonata(known, `$plain($text($event.time, 40))`) },
          ":e": { N: `{% $string($floor($millis() / 1000) + ${KEPT_DAYS} * 86400) %}` },
          ":n": { N: "1" },
        },
      },
      Retry: retry,
      Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: publish }],
      Output: "{% $states.input %}",
      Next: stored,
    },
    Digest: {
      Type: "Task",
      Resource: "arn:aws:states:::aws-sdk:dynamodb:query",
      Arguments: {
        TableName,
        KeyConditionExpression: "digestWindow = :w",
        ExpressionAttributeValues: { ":w": { S: `{% ${windowAt(digest, `($millis() - ${DAY})`)} %}` } },
        Limit: MOST_ITEMS,
      },
      Retry: retry,
      Next: "SendDigest",
    },
    SendDigest: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Arguments: `{% (${digestText()}; {"TopicArn": "${topicArn}", "Subject": $subject, "Message": $message}) %}`,
      Retry: retry,
      End: true,
    },
  };
}

/** Name of the window of a time: the day on which it begins, in UTC. */
function windowAt({ time }: NoticesDigest, millis: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const start = (hours * 60 + minutes) * MINUTE - STORING;
  return `$fromMillis(${millis} - ${start}, "[Y0001]-[M01]-[D01]")`;
}

/** Everything in it is from the hub's tables: an alarm that they do not have is an alert. */
function digestText(): string {
  return [
    `$items := [$states.input.Items]`,
    `$total := $sum([0, $items.$number(noticeCount.N)])`,
    `$accounts := $distinct($items.accountName.S)`,
    `$line := function($item) { "  " & $item.noticeCount.N & " x " & $item.alarmTitle.S & " (" & $item.alarmMarker.S & "), last at " & $item.lastTime.S }`,
    `$section := function($name) { $name & "\\n" & $join([$map($items[accountName.S = $name], $line)], "\\n") }`,
    `$counted := $total & ($total = 1 ? " notice" : " notices") & " in " & $count($accounts) & ($count($accounts) = 1 ? " account" : " accounts")`,
    `$subject := $total = 0 ? "[Trailwatch] No notices in the last 24 hours" : "[Trailwatch] " & $counted`,
    `$more := $exists($states.input.LastEvaluatedKey) ? "\\n\\nOnly the first ${MOST_ITEMS} kinds of notices are listed." : ""`,
    `$message := $total = 0 ? "No notices in the last 24 hours." : "The last 24 hours: " & $counted & "\\n\\n" & $join([$map([$accounts], $section)], "\\n\\n") & $more`,
  ].join("; ");
}

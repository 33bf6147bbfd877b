import { arnPrefix } from "../../lib/aws/partitions";
import { IS_UNSAID } from "../../lib/naming/alarm-description";
import type { KnownAlarms } from "./known-alarms";
import { jsonata, jsonataOf, messageFacts } from "./message";

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

/** A task's result has at most 256 KiB: less than 800 bytes for each item. Source: Step Functions quotas. */
const MOST_ITEMS = 300;

/** Items with their sentence, in the text and in the documents: together less than the 256 KB of a message of SNS. */
const MOST_DETAILED = 100;

/** Characters of a sentence. */
const MAX_SENTENCE = 200;

/** `type` and version of the digest's JSON document: docs/notification-format.md. */
const DOCUMENT = { type: "trailwatch.digest", version: 1 } as const;

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
  const states = `${arnPrefix(known.region)}:states::`;
  const isNotice = jsonata(known, `$not(${IS_UNSAID}) and $not($isRecovery)`);
  return {
    Notice: { Type: "Choice", Choices: [{ Condition: isNotice, Next: "StoreNotice" }], Default: publish },
    StoreNotice: {
      Type: "Task",
      Resource: `${states}:dynamodb:updateItem`,
      Arguments: jsonataOf(
        [
          ...messageFacts(known),
          // Without what JSON escapes, so that the digest's size is known.
          `$stored := $cut($replace($sentence($shown), /[\\x22\\x5C]/, "?"), ${MAX_SENTENCE})`,
          `$s := function($value) { {"S": $value} }`,
        ],
        `{
          "TableName": "${TableName}",
          "Key": {"digestWindow": $s(${windowAt(digest, "$millis()")}), "alarmKey": $s($id & "/" & $key)},
          "UpdateExpression": "SET accountName = :a, alarmTitle = :t, alarmMarker = :m, lastTime = :l, lastSentence = :s, expiresAt = :e ADD noticeCount :n",
          "ExpressionAttributeValues": {
            ":a": $s($account & " (" & $id & ")"),
            ":t": $s($alarm.title),
            ":m": $s($marker),
            ":l": $s($plain($text($event.time, 40))),
            ":s": $s($stored),
            ":e": {"N": $string($floor($millis() / 1000) + ${KEPT_DAYS} * 86400)},
            ":n": {"N": "1"}
          }
        }`.replace(/\n\s+/g, " "),
      ),
      Retry: retry,
      Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: publish }],
      Output: "{% $states.input %}",
      Next: stored,
    },
    Digest: {
      Type: "Task",
      Resource: `${states}:aws-sdk:dynamodb:query`,
      Arguments: {
        TableName,
        KeyConditionExpression: "digestWindow = :w",
        ProjectionExpression: "alarmKey, accountName, alarmTitle, alarmMarker, lastTime, lastSentence, noticeCount",
        ExpressionAttributeValues: { ":w": { S: `{% ${windowAt(digest, `($millis() - ${DAY})`)} %}` } },
        Limit: MOST_ITEMS,
      },
      Retry: retry,
      Next: "SendDigest",
    },
    SendDigest: {
      Type: "Task",
      Resource: `${states}:sns:publish`,
      Arguments: jsonataOf(
        [...digestText(), ...digestDocument(digest)],
        `{"TopicArn": "${topicArn}", "Subject": $subject, "MessageStructure": "json", "Message": $string({"default": $message, "https": $json, "sqs": $json})}`,
      ),
      Retry: retry,
      End: true,
    },
  };
}

/** Name of the window of a time: the day on which it begins, in UTC. */
function windowAt(digest: NoticesDigest, millis: string): string {
  return `$fromMillis(${millis} - ${startOf(digest)}, "[Y0001]-[M01]-[D01]")`;
}

/** Milliseconds from midnight to the beginning of each window. */
function startOf({ time }: NoticesDigest): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE - STORING;
}

/** Everything but the sentences is from the hub's tables; a sentence is one line of printable ASCII without links. */
function digestText(): readonly string[] {
  return [
    `$items := [$states.input.Items]`,
    `$isAll := $not($exists($states.input.LastEvaluatedKey))`,
    `$total := $sum([0, $items.$number(noticeCount.N)])`,
    `$accounts := $distinct($items.accountName.S)`,
    `$detailed := [$items[[0..${MOST_DETAILED - 1}]]]`,
    `$line := function($item) { "  " & $item.noticeCount.N & " x " & $item.alarmTitle.S & " (" & $item.alarmMarker.S & "), last at " & $item.lastTime.S & ($item.alarmKey.S in $detailed.alarmKey.S and $item.lastSentence.S ? "\\n      " & $item.lastSentence.S : "") }`,
    `$section := function($name) { $name & "\\n" & $join([$map($items[accountName.S = $name], $line)], "\\n") }`,
    `$counted := ($isAll ? "" : "at least ") & $total & ($total = 1 ? " notice" : " notices") & " in " & $count($accounts) & ($count($accounts) = 1 ? " account" : " accounts")`,
    `$subject := $total = 0 ? "[Trailwatch] No notices in the last 24 hours" : "[Trailwatch] " & $counted`,
    `$more := $isAll ? "" : "\\n\\nOnly the first ${MOST_ITEMS} kinds of notices are listed."`,
    `$message := $total = 0 ? "No notices in the last 24 hours." : "The last 24 hours: " & $counted & "\\n\\n" & $join([$map([$accounts], $section)], "\\n\\n") & $more`,
  ];
}

/** The digest for programs, `$json`. */
function digestDocument(digest: NoticesDigest): readonly string[] {
  return [
    `$begin := $toMillis(${windowAt(digest, `($millis() - ${DAY})`)} & "T00:00:00Z") + ${startOf(digest)}`,
    `$notice := function($item) { {
      "account": {"id": $substringBefore($item.alarmKey.S, "/"), "name": $substringBefore($item.accountName.S, " (")},
      "detection": $substringAfter($item.alarmKey.S, "/"),
      "title": $item.alarmTitle.S,
      "severity": $substringBefore($item.alarmMarker.S, " "),
      "count": $number($item.noticeCount.N),
      "lastTime": $item.lastTime.S,
      "lastSentence": $item.lastSentence.S ? $item.lastSentence.S : ""
    } }`,
    `$json := $string({
      "type": "${DOCUMENT.type}",
      "version": ${DOCUMENT.version},
      "subject": $subject,
      "from": $fromMillis($begin),
      "to": $fromMillis($begin + ${DAY}),
      "count": $total,
      "accountCount": $count($accounts),
      "isComplete": $isAll and $count($items) <= ${MOST_DETAILED},
      "notices": [$map($detailed, $notice)]
    })`,
  ].map((assignment) => assignment.replace(/\n\s+/g, " "));
}

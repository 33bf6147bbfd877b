import { arnPrefix } from "../../lib/aws/partitions";
import type { KnownAlarms } from "./known-alarms";
import { jsonata, jsonataOf, messageFacts } from "./message";

/** Seconds in which alarms of one detection, account and principal count as repeats of the first of them. */
const REPEAT_SECONDS = 3600;

/** Seconds for each of two updates: a message must not wait for its count. */
const TIMEOUT_SECONDS = 2;

/** Key of the table: one item for each detection, account and principals. */
export const REPEATS_KEY = "repeatId";

/** Attribute with the time, in seconds since 1970, after which DynamoDB deletes an item. */
export const REPEATS_EXPIRY = "expiresAt";

/** Longest key. Source: DynamoDB Developer Guide, "Quotas": 2,048 bytes of a partition key. */
const MAX_KEY = 1000;

/**
 * States that count repeats and assign `$repeat`, the first of them `Repeats`.
 *
 * The first alarm begins the hour and stores its subject; `FirstAlarm` fails while such an hour runs, and `RepeatedAlarm`
 * then counts in it. Two alarms at a time cannot both begin it. Whatever fails, the message is published without a count.
 * The time is that of the alarm's event, so that an event delivered late counts where it belongs. Unknown alarms and
 * recoveries are not counted.
 */
export function repeatStates(known: KnownAlarms, table: string, next: string): Record<string, object> {
  const counted = (result: string): string =>
    jsonataOf(
      [
        ...messageFacts(known),
        `$sorted := $join($sort($principals), ",")`,
        `$repeatKey := $substring($key & "/" & $account & "/" & $sorted, 0, ${MAX_KEY})`,
        `$at := $toMillis($event.time)`,
        `$uncounted := $hasEvents and $isComplete ? 0 : 1`,
        `$n := function($value) { {"N": $string($value)} }`,
      ],
      result,
    );
  const update = {
    Type: "Task",
    Resource: `${arnPrefix(known.region)}:states:::dynamodb:updateItem`,
    TimeoutSeconds: TIMEOUT_SECONDS,
    Assign: {
      repeat:
        "{% ($item := $states.result.Attributes; {" +
        `"alarms": $number($item.alarms.N), "events": $number($item.events.N), "uncounted": $number($item.uncounted.N), ` +
        `"since": $number($item.since.N), "subject": $item.firstSubject.S}) %}`,
    },
    Output: "{% $states.input %}",
  };
  const item = (expression: string, condition: string, values: string): string =>
    counted(
      `{"TableName": "${table}", "Key": {"${REPEATS_KEY}": {"S": $repeatKey}}, "ReturnValues": "ALL_NEW", ` +
        `"UpdateExpression": "${expression}", "ConditionExpression": "${condition}", ` +
        `"ExpressionAttributeNames": {"#events": "events", "#since": "since"}, "ExpressionAttributeValues": {${values}}}`,
    );
  const values =
    `":one": $n(1), ":events": $n($total), ":uncounted": $n($uncounted), ` +
    `":hourAgo": $n($at - ${REPEAT_SECONDS * 1000})`;
  return {
    // A condition that fails ends the execution, unlike a task: it uses nothing that may fail.
    Repeats: {
      Type: "Choice",
      Choices: [{ Condition: jsonata(known, "$isKnown and $not($isRecovery)"), Next: "FirstAlarm" }],
      Default: next,
    },
    FirstAlarm: {
      ...update,
      Arguments: item(
        `SET #since = :at, alarms = :one, #events = :events, uncounted = :uncounted, firstSubject = :subject, ${REPEATS_EXPIRY} = :expiry`,
        `attribute_not_exists(${REPEATS_KEY}) OR #since <= :hourAgo`,
        `${values}, ":at": $n($at), ":subject": {"S": $newSubject}, ":expiry": $n($floor($at / 1000) + ${2 * REPEAT_SECONDS})`,
      ),
      Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: "RepeatedAlarm" }],
      Next: next,
    },
    RepeatedAlarm: {
      ...update,
      Arguments: item("ADD alarms :one, #events :events, uncounted :uncounted", "#since > :hourAgo", values),
      Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.input %}", Next: next }],
      Next: next,
    },
  };
}

import { PLAIN, type OwnNames } from "../../../lib/naming/own-names";
import { arnPrefix } from "../../../lib/aws/partitions";
import { ownRoleArn, PLAIN_IAM, type IamNaming } from "../../../lib/naming/role-names";
import { PRINCIPAL_FUNCTIONS } from "./principals";
import { RESOURCE_FUNCTIONS } from "./resources";

/** What the machine gets. All of it comes from the hub, never from an account's event. */
export interface DetailsInput {
  /** The 12-digit id of the account whose events are searched. */
  readonly account: string;
  /** Namespace and name of the metric that counts the events; no namespace: no events raise the alarm. */
  readonly namespace: string;
  readonly metric: string;
  /** Milliseconds since 1970: from, and before. */
  readonly from: number;
  readonly to: number;
  /** Events in a page of FilterLogEvents. */
  readonly limit: number;
}

/** Records of one event as the message shows them. */
export interface DetailsEvent {
  /** `2026-11-22T17:04:40Z`: the first of these events. */
  readonly time: string;
  readonly count: number;
  readonly principal: string;
  /** `secretsmanager.amazonaws.com` */
  readonly service: string;
  readonly call: string;
  /** Empty if the call names none. */
  readonly resource: string;
  readonly address: string;
  readonly region: string;
  /** The account in which the call was made. */
  readonly account: string;
  /** `ok`, or the error code. */
  readonly result: string;
  /** `yes` or `no` for a sign-in to the console with a password; empty for others: AWS does not know of a provider's MFA. */
  readonly mfa: string;
}

/**
 * What the machine returns: the events, or in one line why there are none; the line is empty for an alarm that no events
 * raise. The texts are truncated, and otherwise as the records have them.
 */
export type Details =
  | { readonly problem: string }
  | {
      /** Matching events that were read; without `isComplete` there may be more. */
      readonly count: number;
      readonly isComplete: boolean;
      readonly logGroup: string;
      readonly pattern: string;
      readonly from: number;
      readonly to: number;
      /** At most five, the most frequent first. */
      readonly principals: readonly string[];
      readonly principalCount: number;
      /** At most five, the first to happen first. */
      readonly events: readonly DetailsEvent[];
    };

/** Principals and events in the result. */
const SHOWN = 5;
/** Distinct events that are kept while reading: a variable has 256 KiB at most. */
const MOST_KEPT = 40;
/** Pages of one filter, and of all filters together. FilterLogEvents also returns empty pages. */
const MOST_PAGES_OF_FILTER = 10;
const MOST_PAGES = 20;
/** No page is read after this time. */
const MOST_MILLISECONDS = 4500;
/** A call that takes longer fails. */
const CALL_SECONDS = 5;
/** The whole execution. Longer than reading can take: 4.5 s, and the last page. */
export const EXECUTION_SECONDS = 10;

/** Log groups of Trailwatch; others could feed the same metric. */
function logGroupsOf({ folder, eventsLogGroup }: OwnNames): string {
  return `/^(\\/${folder.replace("/", "\\/")}|${eventsLogGroup.replaceAll("/", "\\/")}$)/`;
}

const NO_EVENTS = "no event in the log group matches the alarm's filters in the alarm's period";

/** The error of a task in one line. */
const FAILURE = `$substring($replace($string($states.errorOutput.Error) & ": " & $string($states.errorOutput.Cause), /\\s+/, " "), 0, 300)`;

const task = (region: string, iam: IamNaming, own: OwnNames, api: string) => ({
  Type: "Task",
  Resource: `${arnPrefix(region)}:states:::aws-sdk:cloudwatchlogs:${api}`,
  Credentials: { RoleArn: `{% "${ownRoleArn(region, iam, `" & $states.input.account & "`, own.alertDetails)}" %}` },
  TimeoutSeconds: CALL_SECONDS,
  Retry: [
    {
      ErrorEquals: ["CloudWatchLogs.ThrottlingException", "CloudWatchLogs.ServiceUnavailableException"],
      IntervalSeconds: 1,
      MaxAttempts: 1,
    },
  ],
  Output: "{% $states.input %}",
});

/** A record as one distinct event; `$entry` is a log event. The event-bus feed writes EventBridge's envelope around it. */
const EVENT = `$eventOf := function($entry) {(
  $body := $type($entry.Message) = "string" ? $trim($entry.Message) : "";
  $message := $substring($body, 0, 1) = "{" and $substring($body, -1) = "}" ? $parse($body) : {};
  $record := $type($message.eventSource) = "string" ? $message : $message.detail;
  $time := $short($record.eventTime);
  $response := $record.responseElements;
  $error := $short($record.errorCode);
  $service := $record.serviceEventDetails;
  $refused := [$response.ConsoleLogin, $response.SwitchRole, $response.CheckMfa, $service.CredentialVerification, $service.CredentialChallenge][$ = "Failure"];
  $isOwn := $short($record.eventName) = "ConsoleLogin" and $short($record.userIdentity.type) in ["IAMUser", "Root"];
  $used := $short($record.additionalEventData.MFAUsed);
  $what := {
    "principal": $principalOf($record.userIdentity, $short($record.recipientAccountId)),
    "service": $short($record.eventSource),
    "call": $short($record.eventName),
    "resource": $short($resourceOf($record)),
    "address": $short($record.sourceIPAddress),
    "region": $short($record.awsRegion),
    "account": $short($record.recipientAccountId),
    "result": $error != "" ? $error : $count($refused) > 0 ? "Failure" : "ok",
    "mfa": $isOwn and $used = "Yes" ? "yes" : $isOwn and $used = "No" ? "no" : ""
  };
  {
    "key": $string($what),
    "time": $match($time, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$/) ? $time : $fromMillis($entry.Timestamp),
    "count": 1,
    "what": $what
  }
)}`;

/** What was read after one more page. */
const READ = `{% (${[...RESOURCE_FUNCTIONS, ...PRINCIPAL_FUNCTIONS, EVENT].join("; ")};
  $page := [$states.result.Events];
  $all := $append($append([], $read.kept), [$page.$eventOf($)]);
  $distinct := $count($all) = 0 ? [] : [$each($all{ key: { "key": (key)[0], "time": $sort([time])[0], "count": $sum(count), "what": (what)[0] } }, function($one) { $one })];
  $sorted := [$sort($distinct, function($one, $other) { $one.time > $other.time })];
  $token := $text($states.result.NextToken, 10000);
  $isLast := $token = "" or $read.pagesOfFilter + 1 >= ${MOST_PAGES_OF_FILTER};
  {
    "kept": [$sorted[[0..${MOST_KEPT - 1}]]],
    "count": $read.count + $count($page),
    "pages": $read.pages + 1,
    "pagesOfFilter": $isLast ? 0 : $read.pagesOfFilter + 1,
    "filter": $read.filter + ($isLast ? 1 : 0),
    "token": $isLast ? "" : $token,
    "isCut": $read.isCut or ($isLast and $token != ""),
    "found": $read.count = 0 ? $read.filter : $read.found
  }
) %}`;

const RESULT = `{% (
  $kept := $append([], $read.kept);
  $byPrincipal := $count($kept) = 0 ? [] : [$each($kept{ what.principal: $sum(count) }, function($count, $name) { {"name": $name, "count": $count} })];
  $principals := [$sort($byPrincipal, function($one, $other) { $one.count < $other.count })];
  $read.count = 0 ? {"problem": $problem != "" ? $problem : "${NO_EVENTS}"} : {
    "count": $read.count,
    "isComplete": $read.filter >= $count($filters) and $not($read.isCut),
    "logGroup": $filters[$read.found].group,
    "pattern": $filters[$read.found].pattern,
    "from": $states.input.from,
    "to": $states.input.to,
    "principals": [$principals[name != ""][[0..${SHOWN - 1}]].name],
    "principalCount": $count($principals),
    "events": [$kept[[0..${SHOWN - 1}]].$merge([{"time": time, "count": count}, what])]
  }
) %}`;

/**
 * The definition in Amazon States Language of the machine that finds an alarm's events: the metric filters that feed the
 * alarm's metric, then for each filter the events that its pattern matches. An EXPRESS machine: an execution takes
 * seconds, and AWS keeps nothing of it.
 *
 * It answers whatever goes wrong with `problem`, except what Step Functions does not let it catch: a page that is larger
 * than 256 KiB (`States.DataLimitExceeded`).
 * Sources: Step Functions Developer Guide, "Transforming data with JSONata", "Error names", "Accessing cross-account AWS
 * resources"; CloudWatch Logs API, DescribeMetricFilters, FilterLogEvents.
 */
export function detailsMachine(region: string, iam: IamNaming = PLAIN_IAM, own: OwnNames = PLAIN): object {
  return {
    Comment: "Finds the events that raised an alarm",
    QueryLanguage: "JSONata",
    TimeoutSeconds: EXECUTION_SECONDS,
    StartAt: "Alarm",
    States: {
      Alarm: {
        Type: "Choice",
        Choices: [{ Condition: `{% $states.input.namespace = "" %}`, Next: "NoEvents" }],
        Default: "Filters",
      },
      NoEvents: { Type: "Succeed", Output: { problem: "" } },
      Filters: {
        ...task(region, iam, own, "describeMetricFilters"),
        Arguments: {
          MetricName: "{% $states.input.metric %}",
          MetricNamespace: "{% $states.input.namespace %}",
          Limit: 50,
        },
        Assign: {
          filters: `{% [$states.result.MetricFilters[$match(LogGroupName, ${logGroupsOf(own)})].{"group": LogGroupName, "pattern": FilterPattern}] %}`,
          read: {
            ...{ kept: [], count: 0, pages: 0, pagesOfFilter: 0, filter: 0, token: "", isCut: false, found: 0 },
          },
          problem: "",
        },
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Output: { problem: `{% "reading the metric filters: " & ${FAILURE} %}` },
            Next: "NotFound",
          },
        ],
        Next: "More",
      },
      NotFound: { Type: "Succeed" },
      More: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $count($filters) = 0 %}", Next: "NoFilters" },
          { Condition: "{% $read.filter >= $count($filters) %}", Next: "Found" },
          {
            Condition:
              `{% $read.pages >= ${MOST_PAGES} or $toMillis($states.context.State.EnteredTime) - ` +
              `$toMillis($states.context.Execution.StartTime) > ${MOST_MILLISECONDS} %}`,
            Next: "Found",
          },
        ],
        Default: "Page",
      },
      NoFilters: {
        Type: "Succeed",
        Output: {
          problem: `{% "no metric filter of the account writes metric " & $states.input.namespace & "/" & $states.input.metric %}`,
        },
      },
      Page: {
        ...task(region, iam, own, "filterLogEvents"),
        Arguments: `{% $merge([{
          "LogGroupName": $filters[$read.filter].group,
          "FilterPattern": $filters[$read.filter].pattern,
          "StartTime": $states.input.from,
          "EndTime": $states.input.to - 1,
          "Limit": $states.input.limit
        }, $read.token = "" ? {} : {"NextToken": $read.token}]) %}`,
        Assign: { read: READ },
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Assign: { problem: `{% "reading the events: " & ${FAILURE} %}` },
            Output: "{% $states.input %}",
            Next: "Found",
          },
        ],
        Next: "More",
      },
      Found: { Type: "Succeed", Output: RESULT },
    },
  };
}

import { escapeMarkup } from "../../../lib/web/escape-markup";
import { randomUUID } from "node:crypto";
import type { AlarmHistoryStore, HistoryItem } from "../../signal-path/alarm-history";
import { errorResponse } from "../aws-error";
import type { Call } from "../call";
import { CallerAccounts } from "../caller-account";
import type { AwsRequest, AwsResponse } from "../http";
import { jsonOf, type Shim } from "../shim";

/** Source: CloudWatch API, DescribeAlarmHistory. */
const MOST_RECORDS = 100;

/** Answers with the history of alarms and of their actions. */
export function alarmHistory(history: AlarmHistoryStore): Shim {
  const callers = new CallerAccounts();
  return {
    service: "monitoring",
    operations: ["DescribeAlarmHistory"],
    why: "does not implement it",
    does: "returns the state changes and actions that the sandbox has recorded",
    answer: async (request, send, call) => {
      const input = inputOf(request, call);
      if (input === undefined) {
        const message = "sandbox: DescribeAlarmHistory supports the JSON and query protocols only";
        return errorResponse(call.protocol, { code: "SandboxNotImplemented", message });
      }
      const known = history.of(await callers.accountOf(request, send), call.region).filter((item) => fits(item, input));
      if (input["ScanBy"] === "TimestampAscending") known.reverse();
      const from = Number(input["NextToken"] ?? 0);
      const to = from + Number(input["MaxRecords"] ?? MOST_RECORDS);
      return answer(call, known.slice(from, to), to < known.length ? String(to) : undefined);
    },
  };
}

type Input = Readonly<Record<string, unknown>>;

/** The parameters; undefined in a protocol that is not supported here. */
function inputOf(request: AwsRequest, call: Call): Input | undefined {
  if (call.protocol === "json") return jsonOf(request);
  return call.protocol === "query" ? Object.fromEntries(new URLSearchParams(request.body.toString("utf8"))) : undefined;
}

function fits(item: HistoryItem, input: Input): boolean {
  const { AlarmName, HistoryItemType, StartDate, EndDate } = input;
  return (
    (AlarmName === undefined || AlarmName === item.AlarmName) &&
    (HistoryItemType === undefined || HistoryItemType === item.HistoryItemType) &&
    (StartDate === undefined || item.at >= timeOf(StartDate)) &&
    (EndDate === undefined || item.at <= timeOf(EndDate))
  );
}

/** Seconds since 1970 in JSON, a date as text in the query protocol. */
function timeOf(value: unknown): number {
  return typeof value === "number" ? value * 1000 : Date.parse(String(value));
}

function answer(call: Call, items: readonly HistoryItem[], NextToken: string | undefined): AwsResponse {
  const requestId = randomUUID();
  const [contentType, body] =
    call.protocol === "json"
      ? ["application/x-amz-json-1.0", asJson(items, NextToken)]
      : ["text/xml", asXml(items, NextToken, requestId)];
  return {
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: Buffer.from(body),
  };
}

function asJson(items: readonly HistoryItem[], NextToken: string | undefined): string {
  return JSON.stringify({
    AlarmHistoryItems: items.map(({ at, ...item }) => ({ ...item, Timestamp: at / 1000 })),
    NextToken,
  });
}

function asXml(items: readonly HistoryItem[], NextToken: string | undefined, requestId: string): string {
  const members = items.map(({ at, ...item }) => {
    const fields = Object.entries({ ...item, Timestamp: new Date(at).toISOString() });
    return `<member>${fields.map(([name, value]) => `<${name}>${escapeMarkup(value)}</${name}>`).join("")}</member>`;
  });
  const next = NextToken === undefined ? "" : `<NextToken>${NextToken}</NextToken>`;
  return (
    `<DescribeAlarmHistoryResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmHistoryResult>` +
    `<AlarmHistoryItems>${members.join("")}</AlarmHistoryItems>${next}</DescribeAlarmHistoryResult>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></DescribeAlarmHistoryResponse>`
  );
}

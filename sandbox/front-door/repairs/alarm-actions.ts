import { randomUUID } from "node:crypto";
import { errorResponse } from "../aws-error";
import type { Call } from "../call";
import type { AwsRequest, AwsResponse, Send } from "../http";
import { jsonOf, type Repair } from "../repair";

/** Puts an alarm's actions off and on, by putting the whole alarm again. */
export const alarmActions: Repair = {
  service: "monitoring",
  operations: ["EnableAlarmActions", "DisableAlarmActions"],
  why: "does not implement them",
  does: "puts each metric alarm again with its actions enabled or disabled, and its state as it was",
  answer: async (request, send, call) => {
    const AlarmNames = namesOf(request, call);
    if (AlarmNames === undefined) {
      const message = `sandbox: ${call.operation} is known in the JSON and query protocols only`;
      return errorResponse(call.protocol, { code: "SandboxNotImplemented", message });
    }
    // Without names DescribeAlarms would answer all of them.
    const alarms = AlarmNames.length === 0 ? [] : await describe(request, send, AlarmNames);
    for (const alarm of alarms) await putAgain(request, send, alarm, call.operation === "EnableAlarmActions");
    return emptyAnswer(call);
  },
};

type Alarm = Readonly<Record<string, unknown>>;

function namesOf(request: AwsRequest, call: Call): string[] | undefined {
  if (call.protocol === "json") {
    const names = jsonOf(request)["AlarmNames"];
    return Array.isArray(names) ? names.map(String) : [];
  }
  if (call.protocol !== "query") return undefined;
  const input = new URLSearchParams(request.body.toString("utf8"));
  return [...input].flatMap(([name, value]) => (name.startsWith("AlarmNames.member.") ? [value] : []));
}

async function describe(request: AwsRequest, send: Send, AlarmNames: readonly string[]): Promise<readonly Alarm[]> {
  const alarms = jsonOf(await ask(request, send, "DescribeAlarms", { AlarmNames }))["MetricAlarms"];
  return Array.isArray(alarms) ? (alarms as Alarm[]) : [];
}

async function putAgain(request: AwsRequest, send: Send, alarm: Alarm, ActionsEnabled: boolean): Promise<void> {
  await ask(request, send, "PutMetricAlarm", { ...alarm, ActionsEnabled });
  const { AlarmName, StateValue, StateReason, StateReasonData } = alarm;
  await ask(request, send, "SetAlarmState", { AlarmName, StateValue, StateReason, StateReasonData });
}

/** Asks moto, as the same caller. */
function ask({ headers, ...request }: AwsRequest, send: Send, operation: string, input: object): Promise<AwsResponse> {
  return send({
    ...request,
    headers: {
      ...headers,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  });
}

function emptyAnswer({ protocol, operation }: Call): AwsResponse {
  const requestId = randomUUID();
  const [contentType, body] =
    protocol === "json"
      ? ["application/x-amz-json-1.0", "{}"]
      : [
          "text/xml",
          `<${operation}Response><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
        ];
  return {
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: Buffer.from(body),
  };
}

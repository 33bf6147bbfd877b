import { randomUUID } from "node:crypto";
import { fieldsOf, type Fields } from "../../recorder/fields";
import { requestInput } from "../../recorder/wire";
import type { Protocol } from "../call";
import { header, type AwsRequest, type AwsResponse, type Send } from "../http";
import { jsonOf, type Shim } from "../shim";

/** The fields of DescribeAlarms' answer that PutMetricAlarm accepts. */
const SETTINGS = [
  ...["AlarmName", "AlarmDescription", "OKActions", "AlarmActions", "InsufficientDataActions", "MetricName"],
  ...["Namespace", "Statistic", "ExtendedStatistic", "Dimensions", "Period", "Unit", "EvaluationPeriods"],
  ...["DatapointsToAlarm", "Threshold", "ComparisonOperator", "TreatMissingData", "Metrics", "ThresholdMetricId"],
  "EvaluateLowSampleCountPercentile",
];

/** Enables and disables the actions of metric alarms. It puts each alarm again unchanged, and keeps its state. */
export const alarmActions: Shim = {
  service: "monitoring",
  operations: ["EnableAlarmActions", "DisableAlarmActions"],
  why: "does not implement them",
  does: "puts each metric alarm again with its actions enabled or disabled, and its state as it was",
  answer: async (request, send, call) => {
    const callMoto = cloudWatch(request, send);
    const names = requestInput({ call, request })["AlarmNames"];
    // Without names DescribeAlarms would answer all of them.
    const isNamed = Array.isArray(names) && names.length > 0;
    const { MetricAlarms: alarms } = isNamed ? await callMoto("DescribeAlarms", { AlarmNames: names }) : {};
    for (const alarm of Array.isArray(alarms) ? alarms.map(fieldsOf) : []) {
      await callMoto("PutMetricAlarm", {
        ...settingsOf(alarm),
        ActionsEnabled: call.operation === "EnableAlarmActions",
      });
      const { AlarmName, StateValue, StateReason, StateReasonData } = alarm;
      await callMoto("SetAlarmState", given({ AlarmName, StateValue, StateReason, StateReasonData }));
    }
    return EMPTY[call.protocol](call.operation);
  },
};

function settingsOf(alarm: Fields): Fields {
  return given(Object.fromEntries(SETTINGS.map((name) => [name, alarm[name]])));
}

/** Removes moto's values for settings that were never set: null, or an empty list. */
function given(fields: Fields): Fields {
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

/** Calls moto as the caller, in the simplest protocol, whatever the caller's is. */
function cloudWatch(request: AwsRequest, send: Send): (operation: string, input: Fields) => Promise<Fields> {
  return async (operation, input) =>
    jsonOf(
      await send({
        method: "POST",
        url: "/",
        headers: {
          authorization: header(request, "authorization"),
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
        },
        body: Buffer.from(JSON.stringify(input)),
      }),
    );
}

type Answer = (operation: string) => AwsResponse;

const json: Answer = () => answer("application/x-amz-json-1.0", "{}");
const query: Answer = (operation) =>
  answer("text/xml", `<${operation}Response><ResponseMetadata/></${operation}Response>`);

/** An empty answer, in each protocol. */
const EMPTY: Record<Protocol, Answer> = {
  json,
  "rest-json": json,
  query,
  "rest-xml": query,
  // An empty map.
  cbor: () => answer("application/cbor", Buffer.from([0xa0]), { "smithy-protocol": "rpc-v2-cbor" }),
};

function answer(contentType: string, body: string | Buffer, headers: Record<string, string> = {}): AwsResponse {
  return {
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": randomUUID(), ...headers },
    body: Buffer.from(body),
  };
}

import { z } from "zod";
import type { Subject } from "../checks/check";
import { LIVE } from "../aws/calls";
import { failed, proven, type Finding } from "../result";
import { duration } from "./step";

// `HistoryData` is JSON that the API reference documents only by examples. Source: CloudWatch API,
// DescribeAlarmHistory.
const stateUpdate = z.object({ newState: z.object({ stateValue: z.string(), stateReason: z.string().optional() }) });
const action = z.object({
  actionState: z.string(),
  notificationResource: z.string().optional(),
  error: z.unknown().optional(),
});

/** Which alarm, and the start of its relevant history. */
export interface AlarmSince {
  readonly alarm: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** @default false */
  readonly isComposite?: boolean;
}

/** The alarm's change to ALARM. */
export async function wentOff(subject: Subject, { alarm, since }: AlarmSince): Promise<Finding | undefined> {
  for (const { at, data } of await history(subject, { alarm, since }, "StateUpdate")) {
    const update = stateUpdate.safeParse(data);
    if (!update.success || update.data.newState.stateValue !== "ALARM") continue;
    return proven(`ALARM after ${duration(at - since)}: ${update.data.newState.stateReason ?? ""}`.slice(0, 200));
  }
  return undefined;
}

/** Result of the alarm's action. */
export async function acted(subject: Subject, which: AlarmSince): Promise<Finding | undefined> {
  const { since } = which;
  for (const { at, data } of await history(subject, which, "Action")) {
    const done = action.safeParse(data);
    if (!done.success) continue;
    const topic = done.data.notificationResource?.split(":").at(-1) ?? "its action";
    if (done.data.actionState === "Succeeded") return proven(`${topic} was notified after ${duration(at - since)}`);
    if (done.data.actionState !== "Failed") continue;
    return failed(
      `${topic} was not notified: ${typeof done.data.error === "string" ? done.data.error : "no reason given"}`,
      "CloudWatch could not publish to the topic",
      "look at the policies of the topic and of its key: run verify without --live",
    );
  }
  return undefined;
}

async function history(
  { session, expected }: Subject,
  { alarm, since, isComposite = false }: AlarmSince,
  HistoryItemType: "StateUpdate" | "Action",
): Promise<readonly { readonly at: number; readonly data: unknown }[]> {
  // Without this, CloudWatch returns no history of composite alarms.
  const types = isComposite ? { AlarmTypes: ["CompositeAlarm" as const] } : {};
  const input = { AlarmName: alarm, ...types, HistoryItemType, StartDate: new Date(since), MaxRecords: 100 };
  const answer = await session.query(LIVE.history, input, expected.homeRegion);
  return (answer?.AlarmHistoryItems ?? []).flatMap(({ Timestamp, HistoryData }) => {
    const at = Timestamp?.getTime() ?? 0;
    return at < since ? [] : [{ at, data: parsed(HistoryData) }];
  });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

import type { AlarmState } from "../../signals";
import type { StateReason } from "./alarm-reason";

/**
 * Days that CloudWatch keeps an alarm's history. Source: AWS CLI reference of DescribeAlarmHistory, two weeks; newer
 * pages of the CloudWatch User Guide say 30 days.
 */
export const HISTORY_DAYS = 14;
/** The sandbox keeps this many entries. */
const KEPT = 10_000;

/** An entry in the format of DescribeAlarmHistory. */
export interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: "MetricAlarm";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly HistoryItemType: "StateUpdate" | "Action";
  readonly HistorySummary: string;
  /** JSON. */
  readonly HistoryData: string;
}

/** A state with its reason. */
interface StateWithReason extends StateReason {
  readonly state: AlarmState;
}

/** The history of alarms: state changes and the results of their actions. moto does not make it accessible. */
export class AlarmHistoryStore {
  private readonly items = new Map<string, HistoryItem[]>();

  /** The entries of an account's region, the newest first. */
  public of(account: string, region: string): readonly HistoryItem[] {
    return this.items.get(`${account}/${region}`) ?? [];
  }

  public stateUpdate(place: HistoryPlace, from: StateWithReason, to: StateWithReason): void {
    const HistoryData = JSON.stringify({ version: "1.0", oldState: stateData(from), newState: stateData(to) });
    this.add(place, "StateUpdate", `Alarm updated from ${from.state} to ${to.state}`, HistoryData);
  }

  /** An action was run; `error` is why it failed. */
  public action(place: HistoryPlace, resource: string, message: string, error?: string): void {
    const HistoryData = JSON.stringify({
      actionState: error === undefined ? "Succeeded" : "Failed",
      stateUpdateTimestamp: place.at,
      notificationResource: resource,
      publishedMessage: error === undefined ? message : null,
      error: error ?? null,
    });
    const summary =
      error === undefined
        ? `Successfully executed action ${resource}`
        : `Failed to execute action ${resource}. Received error: "${error}"`;
    this.add(place, "Action", summary, HistoryData);
  }

  private add(
    { account, region, alarm, at }: HistoryPlace,
    type: HistoryItem["HistoryItemType"],
    ...rest: [string, string]
  ): void {
    const key = `${account}/${region}`;
    const [HistorySummary, HistoryData] = rest;
    const item = {
      AlarmName: alarm,
      AlarmType: "MetricAlarm",
      at,
      HistoryItemType: type,
      HistorySummary,
      HistoryData,
    } as const;
    this.items.set(key, [item, ...(this.items.get(key) ?? [])].slice(0, KEPT));
  }
}

/** Identifies an alarm and a time. */
interface HistoryPlace {
  readonly account: string;
  readonly region: string;
  readonly alarm: string;
  readonly at: number;
}

function stateData({ state, reason, reasonData }: StateWithReason) {
  const stateReasonData: unknown = reasonData === "" ? {} : JSON.parse(reasonData);
  return { stateValue: state, stateReason: reason, stateReasonData };
}

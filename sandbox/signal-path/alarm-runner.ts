import { SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { type AlarmState, firedActions } from "../../signals";
import { expectedMessage } from "../../lib/support/failure";
import type { AccountClients } from "./account-clients";
import type { AlarmHistoryStore } from "./alarm-history";
import { alarmMail, alarmMessage, alarmSubject } from "./alarm-message";
import type { StateReason } from "./alarm-reason";
import type { AlertRoute } from "./alert-hub/alert-route";
import type { LiveAlarm } from "./deployed/deployed-account";
import type { HopEvent } from "./hop-event";
import { subscriberHops, topicHop } from "./notification-hops";
import type { SubscriberDelivery } from "./subscriber-delivery";
import { topicRefusal } from "./topic-refusal";

/** A change of an alarm's state, with its reason. */
export interface AlarmChange extends StateReason {
  readonly account: string;
  readonly alarm: LiveAlarm;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Dependencies for applying state changes. */
export interface AlarmRunnerParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly history: AlarmHistoryStore;
  readonly subscribers: SubscriberDelivery;
  /** Where alarms go in addition to their own actions. */
  readonly route: Pick<AlertRoute, "follow">;
  readonly emit: (hop: HopEvent) => void;
}

/** Applies the consequences of an alarm's state change: state, history, actions. */
export class AlarmRunner {
  /** The last reason of each alarm, by ARN: its history has the old reason with the new one. */
  private readonly reasons = new Map<string, StateReason>();

  constructor(private readonly parts: AlarmRunnerParts) {}

  /** Sets the state that CloudWatch's API returns. */
  public async setState(alarm: LiveAlarm, account: string, state: AlarmState): Promise<void> {
    const { reason, reasonData } = this.reasonOf(alarm);
    await this.write(alarm, account, state, { reason, reasonData });
  }

  /** Processes a change up to the subscribers. `written`: the state is in CloudWatch already. */
  public async run(change: AlarmChange, written = false): Promise<void> {
    const { account, alarm, from, to, at, reason, reasonData } = change;
    const { region, name, metricName } = alarm;
    const before = this.reasonOf(alarm);
    this.reasons.set(alarm.arn, { reason, reasonData });
    if (!written) await this.write(alarm, account, to, change);

    const place = { account, region, alarm: name, at };
    this.parts.history.stateUpdate(place, { ...before, state: from }, { reason, reasonData, state: to });
    const actions = firedActions(alarm, from, to);
    const summary = `${name}: ${from} -> ${to}${alarm.actionsEnabled === false ? ", its actions are disabled" : ""}`;
    this.parts.emit({ hop: "alarm", at, account, region, summary, alarm: name, metricName, from, to, reason, actions });
    for (const action of actions) await this.act(action, change);
    await this.parts.route.follow(change);
  }

  private reasonOf({ arn, stateReason }: LiveAlarm): StateReason {
    return this.reasons.get(arn) ?? { reason: stateReason, reasonData: "" };
  }

  private async write(alarm: LiveAlarm, account: string, state: AlarmState, why: StateReason): Promise<void> {
    await this.parts.clients.of(account, alarm.region).cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName: alarm.name,
        StateValue: state,
        StateReason: why.reason,
        ...(why.reasonData === "" ? {} : { StateReasonData: why.reasonData }),
      }),
    );
  }

  private async act(action: string, change: AlarmChange): Promise<void> {
    const { account, alarm, at } = change;
    const place = { account, region: alarm.region, alarm: alarm.name, at };
    const message = alarmMessage(change);
    const refusal = await this.refusalOf(action, change);
    this.parts.history.action(place, action, message, refusal);
    const [, , service = "", , , topic = action] = action.split(":");
    if (service !== "sns") return;
    const published = refusal === undefined;
    const subject = alarmSubject(change);
    const mail = alarmMail(change);
    const notification = { at, topicArn: action, alarm: alarm.name };
    this.parts.emit(
      topicHop(notification, {
        published,
        summary: `${topic}: ${published ? "published" : "not published"}`,
        reason: refusal ?? `Successfully executed action ${action}`,
        ...(published ? { message: { subject, text: mail } } : {}),
      }),
    );
    if (!published) return;
    const deliveries = await this.parts.subscribers.send(action, { subject, message, mail, at });
    for (const hop of subscriberHops(notification, subject, deliveries)) this.parts.emit(hop);
  }

  /** Why an action fails; undefined: it succeeds. */
  private async refusalOf(action: string, { account, alarm }: AlarmChange): Promise<string | undefined> {
    if (!/^arn:aws[a-z-]*:sns:/.test(action)) return "the sandbox runs actions on SNS topics only";
    const publisher = { service: "cloudwatch.amazonaws.com", name: "CloudWatch Alarms", account, sourceArn: alarm.arn };
    try {
      return await topicRefusal(this.parts.clients, action, publisher);
    } catch (error) {
      return expectedMessage(error);
    }
  }
}

import { isInternal } from "../../lib/support/failure";
import { AlarmEvaluator, type AlarmState, type AlarmTransition, type MetricDatum } from "../../signals";
import type { LiveAccount, LiveAlarm } from "./deployed/deployed-account";
import type { MetricPlace } from "./metric-publisher";

/** The sandbox keeps one day: CloudWatch looks back a day at most with periods under an hour (PutMetricAlarm). */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/** The reason of an alarm's first state, which moto also sets when an alarm is put again. */
const CREATED = "Unchecked: Initial alarm creation";

/** A state change that an evaluation caused. */
export interface BoardChange {
  readonly account: string;
  readonly alarm: LiveAlarm;
  readonly transition: AlarmTransition;
  /** Where the evaluated periods end. */
  readonly end: number;
}

/** The state of an alarm for which CloudWatch's API would return another. */
export interface ForgottenState {
  readonly account: string;
  readonly alarm: LiveAlarm;
  readonly state: AlarmState;
}

/** An alarm of an account, with its current state. */
export interface AlarmWithState extends LiveAlarm {
  readonly account: string;
}

/** Identifies an alarm. */
export interface AlarmPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

interface Watched {
  readonly account: string;
  readonly alarm: LiveAlarm;
  readonly definition: string;
  /** Key of the metric that it watches. */
  readonly metric: string;
  readonly evaluator: AlarmEvaluator;
}

/** All deployed alarms with the values of their metrics. */
export class AlarmBoard {
  private watched = new Map<string, Watched>();
  private readonly values = new Map<string, MetricDatum[]>();

  /** `begin` is when the sandbox began to watch, in milliseconds since 1970. */
  constructor(private readonly begin: number) {}

  /**
   * Takes what is deployed. An alarm keeps its state when it is put again, as on AWS. moto resets the state, so this
   * returns the alarms whose state must be set in CloudWatch again.
   */
  public deploy(accounts: readonly LiveAccount[]): ForgottenState[] {
    const before = this.watched;
    this.watched = new Map();
    const forgotten: ForgottenState[] = [];
    for (const { id, alarms } of accounts) {
      for (const alarm of alarms) {
        const known = before.get(alarm.arn);
        const definition = definitionOf(alarm);
        const state = known?.evaluator.state ?? alarm.state;
        // A different state without this reason may be one that a user has just set.
        if (state !== alarm.state && alarm.stateReason === CREATED) forgotten.push({ account: id, alarm, state });
        const evaluator = known?.definition === definition ? known.evaluator : this.evaluator(id, alarm, state);
        if (evaluator === undefined) continue;
        const metric = keyOf({ account: id, ...alarm });
        this.watched.set(alarm.arn, { account: id, alarm, definition, metric, evaluator });
      }
    }
    return forgotten;
  }

  /** Every alarm with its current state. */
  public states(): AlarmWithState[] {
    return [...this.watched.values()].map(({ account, alarm, evaluator }) => ({
      ...alarm,
      account,
      state: evaluator.state,
    }));
  }

  /** Takes a value of a metric. */
  public add(place: MetricPlace, datum: MetricDatum): void {
    const key = keyOf(place);
    const values = this.values.get(key) ?? [];
    values.push(datum);
    this.values.set(key, values);
    for (const { metric, evaluator } of this.watched.values()) {
      if (metric === key) evaluator.add(datum);
    }
  }

  /**
   * Sets an alarm's state as SetAlarmState does; the next evaluation restores it. Returns the alarm and its previous
   * state, or undefined if there is no such alarm.
   */
  public force(
    place: AlarmPlace,
    to: AlarmState,
  ): { readonly alarm: LiveAlarm; readonly from: AlarmState } | undefined {
    const { account, region, name } = place;
    const found = [...this.watched.values()].find(
      ({ account: id, alarm }) => id === account && alarm.region === region && alarm.name === name,
    );
    if (found === undefined) return undefined;
    const evaluator = this.evaluator(account, found.alarm, to);
    if (evaluator !== undefined) this.watched.set(found.alarm.arn, { ...found, evaluator });
    return { alarm: found.alarm, from: found.evaluator.state };
  }

  /**
   * Evaluates every alarm. The current minute counts as complete, so that a person who tries something need not wait
   * for its end.
   */
  public evaluate(now: number): BoardChange[] {
    this.forgetBefore(now - KEPT_MILLISECONDS);
    return [...this.watched.values()].flatMap(({ account, alarm, evaluator }) => {
      if (!this.isWarm(alarm, now)) return [];
      const end = evaluator.nextEvaluation(now);
      const transition = evaluator.evaluate(end);
      return transition === undefined ? [] : [{ account, alarm, end, transition }];
    });
  }

  /** An alarm that goes off on missing data must have been watched for as long as it looks back. */
  private isWarm({ treatMissingData, periodSeconds, evaluationPeriods }: LiveAlarm, now: number): boolean {
    return treatMissingData !== "breaching" || now - this.begin >= periodSeconds * evaluationPeriods * 1000;
  }

  /** Undefined for an alarm that AWS would have refused and moto accepted. */
  private evaluator(account: string, alarm: LiveAlarm, state: AlarmState): AlarmEvaluator | undefined {
    let evaluator: AlarmEvaluator;
    try {
      evaluator = new AlarmEvaluator(alarm, state);
    } catch (error) {
      if (isInternal(error)) throw error;
      return undefined;
    }
    for (const datum of this.values.get(keyOf({ account, ...alarm })) ?? []) evaluator.add(datum);
    return evaluator;
  }

  private forgetBefore(time: number): void {
    for (const [key, values] of this.values) {
      if ((values[0]?.timestamp ?? time) >= time) continue;
      this.values.set(
        key,
        values.filter(({ timestamp }) => timestamp >= time),
      );
    }
  }
}

function keyOf({ account, region, namespace, metricName }: MetricPlace): string {
  return [account, region, namespace, metricName].join("\n");
}

/** The settings that determine states, without those for actions. */
function definitionOf(alarm: LiveAlarm): string {
  const { namespace, metricName, dimensions, statistic, comparison, threshold } = alarm;
  const { periodSeconds, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const counts = [periodSeconds, evaluationPeriods, datapointsToAlarm, treatMissingData];
  return JSON.stringify([namespace, metricName, dimensions, statistic, comparison, threshold, ...counts]);
}

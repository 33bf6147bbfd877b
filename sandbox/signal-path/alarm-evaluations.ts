import type { AlarmState, MetricDatum } from "../../signals";
import { AlarmBoard, type AlarmWithState } from "./alarm-board";
import { stateReason } from "./alarm-reason";
import type { AlarmRunner } from "./alarm-runner";
import type { SandboxClock } from "./clock";
import type { DeployedView } from "./deployed/deployed-view";
import type { EvaluatedRecord, EvaluatingDeployment } from "./evaluated-record";
import type { RecordJson } from "./hop-event";
import type { MetricPlace } from "./metric-publisher";
import { hasChanged, parameterOf, recordText } from "./record-text";
import type { WorkUnderWay } from "./work-under-way";

/** Dependencies of the alarm evaluation. */
export interface AlarmEvaluationParts {
  readonly view: DeployedView;
  readonly runner: AlarmRunner;
  readonly work: WorkUnderWay;
  readonly clock: SandboxClock;
}

/** Evaluates the deployed alarms from its start on, and runs their actions. */
export class AlarmEvaluations {
  private board: AlarmBoard | undefined;
  private deployment: EvaluatingDeployment | undefined;
  private waiting: (() => void)[] = [];

  constructor(private readonly parts: AlarmEvaluationParts) {}

  public get isStarted(): boolean {
    return this.board !== undefined;
  }

  /** Alarms on missing data count their window from now on. */
  public start(): void {
    this.board = new AlarmBoard(this.parts.clock.now());
  }

  /** Every deployed alarm that is evaluated, with its state; empty before `start`. */
  public states(): readonly AlarmWithState[] {
    return this.board?.states() ?? [];
  }

  /** Takes a value of a metric. */
  public addValue(place: MetricPlace, datum: MetricDatum): void {
    this.board?.add(place, datum);
  }

  /** An account as last read; undefined if it does not exist. */
  public accountOf(id: string): EvaluatingDeployment["accounts"][number] | undefined {
    return this.deployment?.accounts.find((account) => account.id === id);
  }

  /** Reads what a call has changed. */
  public async refresh(): Promise<EvaluatingDeployment> {
    const { view, runner } = this.parts;
    const deployment = await view.now();
    if (deployment === this.deployment) return deployment;
    this.deployment = deployment;
    for (const { account, alarm, state } of this.board?.deploy(deployment.accounts) ?? []) {
      await runner.setState(alarm, account, state);
    }
    return deployment;
  }

  /** Evaluates every alarm, and runs the actions of those that change. */
  public async evaluate(): Promise<void> {
    const { clock, runner, work } = this.parts;
    const { waiting } = this;
    this.waiting = [];
    try {
      const now = clock.now();
      const changes = await work.turn(async () => {
        await this.refresh();
        return this.board?.evaluate(now) ?? [];
      });
      for (const { account, alarm, transition, end } of changes) {
        const { from, to } = transition;
        await work.track(runner.run({ account, alarm, from, to, at: now, ...stateReason(alarm, transition, end) }));
      }
    } finally {
      for (const resolve of waiting) resolve();
    }
  }

  /** Resolves after the next evaluation. */
  public nextEvaluation(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** SetAlarmState runs the alarm's actions as an evaluation does; other records have no effect. */
  public takeAlarmState(record: RecordJson, { event, at }: EvaluatedRecord): void {
    if (recordText(record, "eventName") !== "SetAlarmState" || !hasChanged(record)) return;
    const { account, region } = event.record;
    const to = parameterOf(record, "stateValue");
    if (!isAlarmState(to)) return;
    const set = this.board?.force({ account, region, name: parameterOf(record, "alarmName") }, to);
    if (set === undefined || set.from === to) return;
    const reason = parameterOf(record, "stateReason");
    const reasonData = parameterOf(record, "stateReasonData");
    const { runner, work } = this.parts;
    void work.track(runner.run({ ...set, account, to, reason, reasonData, at }, true));
  }
}

function isAlarmState(text: string): text is AlarmState {
  return text === "OK" || text === "ALARM" || text === "INSUFFICIENT_DATA";
}

import {
  STAGES,
  type ActionView,
  type PageSteps,
  type RunView,
  type ScenarioView,
  type StepsView,
} from "../../../sandbox/page/page-steps";

const READS: ScenarioView = {
  id: "read-secret",
  title: "a user reads a watched secret repeatedly",
  expectation: "The alarm goes off, and every confirmed subscriber gets one mail.",
  needs: [0],
  isChosen: true,
};
const NOISE: ScenarioView = {
  ...{ id: "noise", title: "a busy application", expectation: "The alarm goes off in one account.", needs: [] },
  ...{ isChosen: false, problem: "It needs other settings: start the sandbox with `npm start -- --scenario noise`." },
};
const STOP_TRAIL: ActionView = {
  ...{ id: "stop-trail", title: "Stop the organization's trail", needs: [0] },
  by: "mallory (Administrator) in management: cloudtrail:StopLogging",
  expectation: "Raises trail-stopped (critical).",
};

interface RunSettings {
  readonly confirmsAt?: number;
  readonly secondsAgo?: number;
  readonly isBusy?: boolean;
  /** Whether the alarm has returned to OK. */
  readonly isOver?: boolean;
}

/** A double of the steps for the page: tests set the state of the run. */
export class FakeSteps implements PageSteps {
  /** What was requested, in order. */
  readonly requests: string[] = [];
  /** Why the next requests fail. */
  problem: string | undefined;
  private readonly listeners = new Set<() => void>();
  private deploying: StepsView["deploying"];
  private run: RunView | undefined;
  private pace = { speed: 60, isPaused: false };
  private undoTitle: string | undefined;
  private isScenario = true;

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly view = () => ({
    scenarios: [READS, NOISE],
    actions: [
      { ...STOP_TRAIL, undo: this.undoTitle },
      { ...STOP_TRAIL, id: "read-secret", title: "Read the watched secret", times: 5, needs: [1] },
    ],
    ...this.pace,
    isBusy: this.isScenario && (this.run?.state === "running" || this.run?.state === "waiting"),
    run: this.run,
    deploying: this.deploying,
  });
  /** How many stacks can be used; undefined: all. */
  readonly deploy = (deploying: StepsView["deploying"]): void => {
    this.deploying = deploying;
    for (const listener of this.listeners) listener();
  };
  readonly runScenario = (id: string) => this.took(`run ${id}`);
  readonly act = (id: string, times?: number) => {
    if (this.problem === undefined && id === "stop-trail") this.undoTitle = "Start the trail again";
    return Promise.resolve(this.took(`act ${id} ${times ?? ""}`.trim()));
  };
  readonly undo = (id: string) => {
    this.undoTitle = undefined;
    return Promise.resolve(this.took(`undo ${id}`));
  };
  readonly setSpeed = (speed: number) => {
    this.pace = { ...this.pace, speed };
    return this.took(`speed ${speed}`);
  };
  readonly pause = (isPaused: boolean) => {
    this.pace = { ...this.pace, isPaused };
    this.took(isPaused ? "pause" : "resume");
  };

  /** A run that reached this many of its stages; a single call's if it keeps nothing busy. */
  show(
    state: RunView["state"],
    reached: number,
    { confirmsAt, secondsAgo = 5, isBusy = true, isOver = false }: RunSettings = {},
  ): void {
    this.isScenario = isBusy;
    const startedAt = Date.now() - secondsAgo * 1000;
    const isMailed = reached === STAGES.length;
    const alarm = {
      ...{ alarm: "trailwatch-workloads-production-watched-secret-reads", account: "workloads-production" },
      ...{ severity: "high", isInAlarm: reached > 2 && !isOver, mail: isMailed ? 1 : undefined },
      stages: STAGES.map((stage, index) => ({
        ...{ stage, expectedSeconds: 2, reachedAt: index < reached ? startedAt + 1000 : undefined },
      })),
    };
    this.run = {
      title: READS.title,
      state,
      startedAt,
      lines: isMailed ? ["One mail."] : [],
      alarms: [alarm],
      confirmsAt,
    };
    this.changed();
  }

  private took(request: string): string | undefined {
    this.requests.push(request);
    this.changed();
    return this.problem;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

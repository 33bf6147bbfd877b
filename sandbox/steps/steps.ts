import { failureText } from "../../lib/support/failure";
import { confirmByHand } from "../manual-confirmation";
import type { Mail } from "../mailbox/mailbox";
import type { PageSteps, RunView, StepsView } from "../page/page-steps";
import { runScenario } from "../run-scenario";
import type { Sandbox } from "../sandbox";
import { scenarioNamed } from "../scenarios";
import type { ExpectedAlarm } from "../scenarios/expected-alarm";
import type { Scenario } from "../scenarios/scenario";
import type { SettableClock } from "../signal-path/settable-clock";
import { Actions } from "./actions";
import { Choices } from "./choices";
import { RunProgress } from "./run-progress";

/** Options of the steps. */
export interface StepsOptions {
  readonly sandbox: Sandbox;
  /** The clock of the sandbox. */
  readonly clock: SettableClock;
  /**
   * The scenario that the accounts folder was prepared for before the deployment.
   *
   * @default - none
   */
  readonly prepared?: Scenario;
  /** Receives a scenario's lines for people. */
  readonly print: (line: string) => void;
  /** Whether a person at a terminal can press Enter. */
  readonly hasTerminal: boolean;
  readonly signal: AbortSignal;
}

/** How a scenario's subscriptions are confirmed: at once, or by a person, with a limit in seconds or without. */
export type Confirming = "at once" | { readonly seconds?: number };

/** A run, with what its view is made of. */
interface Run extends Pick<RunView, "title" | "startedAt"> {
  readonly progress: RunProgress;
  /** An action ends when its mail arrives or is refused, a scenario when its last line is printed. */
  readonly isAction: boolean;
  state: "running" | "done" | "failed";
  lines: readonly string[];
}

/** Of an action. A second subscriber may still receive the mail that a first one did not. */
function stateOf(progress: RunProgress): Run["state"] {
  if (progress.isComplete) return "done";
  return progress.isRefused ? "failed" : "running";
}

/** Seconds that a scenario started on the page waits for a person to confirm. */
const COUNTDOWN = 30;
const SPEEDS = { least: 1, most: 600 };

/** Runs scenarios and actions, for the page and the terminal: one scenario at a time. */
export class Steps implements PageSteps {
  /** Address of the page, for people at the terminal. */
  public pageUrl = "";
  private readonly listeners = new Set<() => void>();
  private readonly choices: Choices;
  private readonly actions: Actions;
  private scenario: Scenario | undefined;
  private run: Run | undefined;
  private waiting: { readonly confirmsAt?: number } | undefined;

  constructor(private readonly options: StepsOptions) {
    const { sandbox, prepared } = options;
    this.choices = new Choices(sandbox, prepared);
    this.actions = new Actions(sandbox);
    sandbox.signalPath.onHop((hop) => {
      if (this.run === undefined) return;
      this.run.progress.take(hop);
      if (this.run.isAction) this.run.state = stateOf(this.run.progress);
    });
  }

  /** Takes how many stacks can be used, while others cannot yet; undefined: all can. */
  setDeploying(deploying: StepsView["deploying"]): void {
    this.choices.deploying = deploying;
    this.changed();
  }

  onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  view = (): StepsView => {
    const { speed, isPaused } = this.options.sandbox.signalPath.pace;
    const isBusy = this.scenario !== undefined;
    const { deploying } = this.choices;
    const offered = {
      ...this.choices.view(),
      actions: this.actions.view(this.choices),
      speed,
      isPaused,
      isBusy,
      deploying,
    };
    if (this.run === undefined) return offered;
    const { title, startedAt, lines, progress } = this.run;
    const state = this.waiting === undefined ? this.run.state : "waiting";
    const alarms = progress.view(speed, this.choices.inAlarm());
    return { ...offered, run: { title, startedAt, lines, state, alarms, confirmsAt: this.waiting?.confirmsAt } };
  };

  runScenario = (id: string): string | undefined => {
    const scenario = scenarioNamed(id);
    const problem =
      scenario === undefined ? `there is no scenario '${id}'` : (this.busy() ?? this.choices.problemOf(scenario));
    if (scenario === undefined || problem !== undefined) return problem;
    // A failure is shown on the page.
    this.play(scenario, { seconds: COUNTDOWN }).catch(() => undefined);
    return undefined;
  };

  /** Runs a scenario. Resolves with whether it had the expected result. */
  async play(scenario: Scenario, confirming: Confirming): Promise<boolean> {
    const { sandbox, clock, print, signal } = this.options;
    const actors = new Set<string>();
    const run = this.start(scenario.title, scenario.expects(sandbox.organization), actors, false);
    this.scenario = scenario;
    try {
      const manualConfirmation = confirming === "at once" ? undefined : this.byHand(confirming.seconds);
      const common = { sandbox, clock, print, signal, scenario, actors };
      const { succeeded, lines } = await runScenario({ ...common, manualConfirmation });
      [run.state, run.lines] = [succeeded ? "done" : "failed", lines];
      return succeeded;
    } catch (error) {
      [run.state, run.lines] = ["failed", [failureText(error)]];
      throw error;
    } finally {
      this.scenario = undefined;
      this.changed();
    }
  }

  act = async (id: string, times?: number): Promise<string | undefined> =>
    this.busy() ??
    this.choices.unfinished() ??
    (await this.actions
      .run(id, times, ({ title, expected, actors }) => {
        this.start(title, expected, actors, true);
      })
      .finally(() => {
        this.changed();
      }));

  undo = async (id: string): Promise<string | undefined> =>
    this.busy() ??
    (await this.actions.undo(id).finally(() => {
      this.changed();
    }));

  setSpeed = (speed: number): string | undefined => {
    if (!(speed >= SPEEDS.least && speed <= SPEEDS.most))
      return `the speed must be a number from ${SPEEDS.least} to ${SPEEDS.most}`;
    if (this.scenario?.speed !== undefined) return `scenario '${this.scenario.id}' runs at a speed of its own`;
    this.options.sandbox.signalPath.pace.set(speed);
    this.changed();
    return undefined;
  };

  pause = (isPaused: boolean): void => {
    const { pace } = this.options.sandbox.signalPath;
    if (isPaused) pace.pause();
    else pace.resume();
    this.changed();
  };

  private start(
    title: string,
    expected: readonly ExpectedAlarm[],
    actors: ReadonlySet<string>,
    isAction: boolean,
  ): Run {
    const progress = new RunProgress(expected, this.options.sandbox, actors, this.choices.inAlarm());
    const run: Run = { title, startedAt: Date.now(), state: "running", lines: [], progress, isAction };
    this.run = run;
    this.changed();
    return run;
  }

  private byHand(seconds?: number) {
    return async (unconfirmed: readonly Mail[]): Promise<void> => {
      const { sandbox, print, signal, hasTerminal } = this.options;
      const confirmsAt = seconds === undefined ? undefined : Date.now() + seconds * 1000;
      this.waiting = { confirmsAt };
      this.changed();
      try {
        const { mailbox } = sandbox;
        await confirmByHand({ mailbox, pageUrl: this.pageUrl, print, signal, hasTerminal, seconds })(unconfirmed);
      } finally {
        this.waiting = undefined;
        this.changed();
      }
    };
  }

  private busy(): string | undefined {
    return this.scenario && `scenario '${this.scenario.id}' is running; wait until it has ended`;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

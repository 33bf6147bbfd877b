import type { Subscribe } from "./page-options";

/** What the page's first screen offers: confirm, act, see the result. */
export interface PageSteps {
  readonly view: () => StepsView;
  /** Called when the view may have changed. */
  readonly onChange: Subscribe<void>;
  /** Starts a scenario. Resolves with why not, in words for people. */
  readonly runScenario: (id: string) => string | undefined;
  /** Makes an action's calls. Resolves with why not. */
  readonly act: (id: string, times?: number) => Promise<string | undefined>;
  /** Reverses an action. Resolves with why not. */
  readonly undo: (id: string) => Promise<string | undefined>;
  /** Sets the factor by which AWS's delays are divided. Returns why not. */
  readonly setSpeed: (speed: number) => string | undefined;
  readonly pause: (isPaused: boolean) => void;
}

/** The state of the first screen. */
export interface StepsView {
  readonly scenarios: readonly ScenarioView[];
  readonly actions: readonly ActionView[];
  readonly speed: number;
  readonly isPaused: boolean;
  /**
   * How many stacks can be used, while others cannot yet: only the scenario that the sandbox was started for can start.
   *
   * @default - all can be used
   */
  readonly deploying?: { readonly done: number; readonly of: number };
  /** Whether a scenario is running: nothing else can start. */
  readonly isBusy: boolean;
  /** The run in progress, or the latest. */
  readonly run?: RunView;
}

/** What both a scenario and an action have. */
interface ChoiceView {
  readonly id: string;
  readonly title: string;
  /** What is expected to happen, in one sentence. */
  readonly expectation: string;
  /** The mails, by their place in the mailbox, whose links must be followed first. */
  readonly needs: readonly number[];
}

export interface ScenarioView extends ChoiceView {
  /** Whether the scenario is the one that the sandbox was started for. */
  readonly isChosen: boolean;
  /** Why it cannot run now. */
  readonly problem?: string;
}

export interface ActionView extends ChoiceView {
  /** Who does it, where, with which call. */
  readonly by: string;
  /** How often it is done, unless the person chooses another number; undefined: once, always. */
  readonly times?: number;
  /** Why its alarm would not notify. */
  readonly note?: string;
  /** Reverses it, once it was done. */
  readonly undo?: string;
}

/** A scenario or an action that was started. */
export interface RunView {
  readonly title: string;
  /** `waiting`: for confirmations. */
  readonly state: "running" | "waiting" | "done" | "failed";
  /** Time of this machine, in milliseconds since 1970, as are all times here. */
  readonly startedAt: number;
  /** When the sandbox follows the links itself. */
  readonly confirmsAt?: number;
  /** The conclusions. */
  readonly lines: readonly string[];
  readonly alarms: readonly ExpectedView[];
}

/** An expected alarm and how far it got. */
export interface ExpectedView {
  readonly alarm: string;
  readonly account: string;
  readonly severity: string;
  readonly isInAlarm: boolean;
  readonly stages: readonly StageView[];
  /** The mail that reports it, by its place in the mailbox. */
  readonly mail?: number;
  /** Why no mail arrived. */
  readonly problem?: string;
}

export const STAGES = ["record written", "filter matched", "alarm", "mail"] as const;

export interface StageView {
  readonly stage: (typeof STAGES)[number];
  /** From the start, at the present speed. */
  readonly expectedSeconds: number;
  /** @default - not reached yet */
  readonly reachedAt?: number;
}

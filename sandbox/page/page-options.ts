import type { NamesSettings } from "../../lib/naming/own-resources";
import type { WholeAccount } from "../signal-path/deployed/deployed-account";
import type { HopEvent } from "../signal-path/hop-event";
import type { Hop } from "../../signals";
import type { PageSteps } from "./page-steps";

/** What happened to an event at one hop. */
export interface ExplainedHop {
  readonly hop: Hop;
  /** `waiting`: the hop may still do something with it. */
  readonly outcome: "passed" | "stopped" | "waiting";
  readonly text: string;
}

/** A deployed alarm, as far as the page shows it. */
export interface PageAlarm {
  /** The 12-digit id of its account. */
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly namespace: string;
  readonly metricName: string;
  /** `GreaterThanOrEqualToThreshold` and the like, as CloudWatch's API calls them. */
  readonly comparison: string;
  readonly threshold: number;
  readonly periodSeconds: number;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** @default true */
  readonly actionsEnabled?: boolean;
  /** @default 1 */
  readonly evaluationPeriods?: number;
  /**
   * Its first line holds the severity (`lib/naming/alarm-description.ts`).
   *
   * @default - none
   */
  readonly description?: string;
}

/** A mail that arrived. */
export interface PageMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The confirmation link, with its `token`, in a mail that requests confirmation of a subscription. */
  readonly confirmLink?: string;
}

/** Calls the listener for each event from now on. The returned function unsubscribes it. */
export type Subscribe<T> = (listener: (each: T) => void) => () => void;

/** The sources of the page's content. */
export interface PageOptions {
  /**
   * What the names of alarms derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /**
   * Whether alarms also go through an alert hub.
   *
   * @default false
   */
  readonly hasAlertHub?: boolean;
  readonly signalPath: { readonly onHop: Subscribe<HopEvent> };
  /**
   * What happened before, the oldest first.
   *
   * @default - nothing
   */
  readonly history?: readonly HopEvent[];
  readonly mailbox: {
    readonly messages: () => readonly PageMail[];
    readonly onMail: Subscribe<PageMail>;
    /** Whether the link in a mail was followed, on this page or elsewhere. */
    readonly isConfirmed: (mail: PageMail) => boolean;
    /** Follows the link with this token; undefined when no mail holds it. */
    readonly confirmToken: (token: string) => unknown;
  };
  /** What is deployed now. Called every few seconds while the page is open. */
  readonly alarms: () => readonly PageAlarm[] | Promise<readonly PageAlarm[]>;
  /**
   * The deployed resources. Called every few seconds while the page is open, and after a call that may weaken one.
   *
   * @default - none are shown
   */
  readonly deployed?: () => Promise<readonly WholeAccount[]>;
  /**
   * Explains hop by hop what happened to an event.
   *
   * @default - derived from its hop events
   */
  readonly explain?: (eventId: string) => readonly ExplainedHop[] | Promise<readonly ExplainedHop[]>;
  /**
   * What the first screen offers.
   *
   * @default - nothing: the page only shows
   */
  readonly steps?: PageSteps;
  /**
   * Port on the loopback interface.
   *
   * @default - a free one
   */
  readonly port?: number;
}

/** A page that is served. */
export interface Page {
  /** To open in a browser on this machine. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

import { failureText } from "../../lib/support/failure";
import type { PageAlarm } from "./page-options";

/** Polls the deployed alarms, which other clients may change at any time. */
export class AlarmWatch {
  private known: readonly PageAlarm[] = [];
  private pending: Promise<void> | undefined;

  /** `onChange` is called only with alarms that differ from the last answer. */
  constructor(
    private readonly readAlarms: () => readonly PageAlarm[] | Promise<readonly PageAlarm[]>,
    private readonly onChange: (alarms: readonly PageAlarm[]) => void,
    private readonly onError: (message: string) => void,
  ) {}

  get alarms(): readonly PageAlarm[] {
    return this.known;
  }

  /** Sends one request, however many callers wait for it. */
  refresh(): Promise<void> {
    this.pending ??= this.look().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async look(): Promise<void> {
    try {
      const alarms = await this.readAlarms();
      if (JSON.stringify(alarms) === JSON.stringify(this.known)) return;
      this.known = alarms;
      this.onChange(alarms);
    } catch (error) {
      this.onError(`The alarms could not be read: ${failureText(error)}`);
    }
  }
}

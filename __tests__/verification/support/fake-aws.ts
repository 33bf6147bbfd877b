import type { AwsCall } from "../../../verification/aws/aws-call";
import type { Session } from "../../../verification/aws/session";
import { Unanswered } from "../../../verification/aws/unanswered";
import type { WaitingClock } from "../../../verification/live/clock";

type Answer = (input: Readonly<Record<string, unknown>>) => unknown;

/** AWS in a test: answers by the name of the action, and records its calls. */
export class FakeAws implements Session {
  public readonly calls: { readonly action: string; readonly input: Readonly<Record<string, unknown>> }[] = [];

  constructor(private readonly answers: Readonly<Record<string, Answer | undefined>>) {}

  public query<In, Out>(call: AwsCall<In, Out>, input: In): Promise<Out | undefined> {
    const given = input as Readonly<Record<string, unknown>>;
    this.calls.push({ action: call.action, input: given });
    const answer = this.answers[call.action];
    if (answer === undefined) return Promise.reject(new Unanswered(`the caller may not ${call.action}`, call.action));
    return Promise.resolve(answer(given) as Out | undefined);
  }

  public inputsOf(action: string): Readonly<Record<string, unknown>>[] {
    return this.calls.filter((one) => one.action === action).map(({ input }) => input);
  }
}

/** A clock whose time passes in sleep only. */
export class FakeClock implements WaitingClock {
  public time: number;
  /** Ends the sleep after so many. */
  public interruptAfter = Infinity;

  constructor(start: number) {
    this.time = start;
  }

  public readonly now = (): number => this.time;

  public readonly sleep = (milliseconds: number): Promise<void> => {
    this.time += milliseconds;
    this.interruptAfter--;
    return this.interruptAfter < 0 ? Promise.reject(new Error("interrupted")) : Promise.resolve();
  };
}

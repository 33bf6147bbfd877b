import { expectedMessage } from "../../lib/support/failure";
import { evaluationRange } from "../../signals";
import type { ScenarioView, StepsView } from "../page/page-steps";
import type { Sandbox } from "../sandbox";
import { checkAccounts, SCENARIOS } from "../scenarios";
import { type ExpectedAlarm, nameOfExpected, neededMails, subscriptionTo } from "../scenarios/expected-alarm";
import type { Scenario } from "../scenarios/scenario";

/** What can run in a sandbox now, and what it needs. */
export class Choices {
  /** How many stacks can be used, while others cannot yet. */
  public deploying: StepsView["deploying"];

  constructor(
    private readonly sandbox: Sandbox,
    private readonly prepared?: Scenario,
  ) {}

  view(): { readonly scenarios: readonly ScenarioView[] } {
    const scenarios = SCENARIOS.map((scenario) => ({
      id: scenario.id,
      title: scenario.title,
      expectation: scenario.expectation,
      needs: scenario.isMailed === false ? [] : this.needsOf(scenario),
      problem: this.problemOf(scenario),
      isChosen: scenario === this.prepared,
    }));
    return { scenarios };
  }

  /** The mails whose links must be followed first, by their place in the mailbox. */
  needsOf(scenario: Pick<Scenario, "expects" | "topics">): number[] {
    const { mailbox, organization } = this.sandbox;
    const messages = mailbox.messages();
    return neededMails(scenario, mailbox, organization).map((mail) => messages.indexOf(mail));
  }

  /** Why a scenario cannot run now. */
  problemOf(scenario: Scenario): string | undefined {
    const { organization, mailbox } = this.sandbox;
    if (scenario.prepare !== undefined && scenario !== this.prepared)
      return `It needs other settings: start the sandbox with \`npm start -- --scenario ${scenario.id}\`.`;
    try {
      checkAccounts(scenario, organization);
    } catch (error) {
      return expectedMessage(error);
    }
    if (scenario !== this.prepared) {
      const unfinished = this.unfinished();
      if (unfinished !== undefined) return unfinished;
    }
    const isConfirmed = neededMails(scenario, mailbox, organization).some((mail) => mailbox.isConfirmed(mail));
    if (scenario.isMailed === false && isConfirmed)
      return "A subscription is confirmed already: start the sandbox again to see what happens without it.";
    return this.alreadyInAlarm(scenario.expects(organization));
  }

  /** Why only the scenario that the sandbox was started for can run; undefined: all stacks can be used. */
  unfinished(): string | undefined {
    if (this.deploying === undefined) return undefined;
    const { done, of } = this.deploying;
    return `It needs all stacks, and ${done} of ${of} are deployed so far.`;
  }

  /** Why an alarm would not notify again. */
  alreadyInAlarm(expected: readonly ExpectedAlarm[]): string | undefined {
    const inAlarm = this.inAlarm();
    const alarm = expected.find((each) => inAlarm.has(nameOfExpected(each, this.sandbox.organization)));
    if (alarm === undefined) return undefined;
    const periods = subscriptionTo(alarm, this.sandbox.organization);
    // The last value decides as long as CloudWatch retrieves it.
    const seconds = periods === undefined ? 0 : evaluationRange(periods) * periods.periodSeconds;
    return (
      `${nameOfExpected(alarm, this.sandbox.organization)} is in ALARM, and an alarm notifies only when its state changes. ` +
      `It returns to OK about ${Math.ceil(seconds / 60) + 1} minutes after the last event.`
    );
  }

  expectationOf(alarm: ExpectedAlarm): string {
    const subscription = subscriptionTo(alarm, this.sandbox.organization);
    if (subscription === undefined) return "";
    const { detection, severity, threshold } = subscription;
    const from = threshold === 1 ? "" : `, from ${threshold} events on`;
    return `Raises ${detection.id} (${severity}${from}).`;
  }

  /** Names of the alarms in ALARM. */
  inAlarm(): ReadonlySet<string> {
    const alarms = this.sandbox.signalPath.alarms();
    return new Set(alarms.filter(({ state }) => state === "ALARM").map(({ name }) => name));
  }
}

import type { Account } from "../organization/organization";
import { topicOf, type CompiledDetection } from "./compiled-detection";

/** Source: CloudWatch API, PutMetricAlarm, AlarmDescription. */
const MAX_LENGTH = 1024;

export interface AlarmDescriptionProps {
  readonly compiled: CompiledDetection;
  readonly account: Account;
  /** Address or path below which the runbooks are. */
  readonly runbooks: string;
}

/** What a person reads first when the alarm goes off: what happened, where, what to do, and a query that shows who. */
export function describeAlarm({ compiled, account, runbooks }: AlarmDescriptionProps): string {
  const { detection, severity } = compiled;
  const head = [
    // The alert hub reads the last word: which topic it is for.
    `${detection.title} (${severity} ${topicOf(compiled).slice(0, -1)})`,
    detection.meaning,
    `Raised by: ${raisedBy(compiled)}.`,
    `Account: ${account.name} (${account.id})`,
    `Runbook: ${runbooks}/${detection.id}.md`,
  ].join("\n");

  // The whole query if there is room for it, else the one by names of events; the saved query is there in any case.
  const saved = `Who did it: Logs Insights, saved query trailwatch/${account.name}/${detection.id}`;
  const texts = [compiled.query, compiled.briefQuery].flatMap((query) =>
    query === undefined ? [] : [`${head}\n${saved}\n${query}`],
  );
  return texts.find((text) => text.length <= MAX_LENGTH) ?? `${head}\n${saved}`.slice(0, MAX_LENGTH);
}

function raisedBy({ threshold, periodSeconds, evaluationPeriods, detection, alarm }: CompiledDetection): string {
  const inARow = evaluationPeriods === 1 ? "" : `, ${evaluationPeriods} periods in a row`;
  if (alarm.kind === "anomaly-detection") {
    return `more events than usual in ${periodSeconds} s${inARow}, by ${alarm.bandWidth} standard deviations`;
  }
  const events = `${threshold} ${threshold === 1 ? "event" : "events"}`;
  const often = detection.alarmWhen === "missed" ? `fewer than ${events}` : `${events} or more`;
  return `${often} in ${periodSeconds} s${inARow}`;
}

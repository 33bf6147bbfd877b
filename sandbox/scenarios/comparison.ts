import { table } from "../../lib/support/table";
import { widthOf } from "../../lib/support/terminal";

/** The result of one notification method for the hour. */
interface Way {
  /** Messages that arrived. */
  readonly messages: number;
  /** From the first relevant call to the first message that reports it. */
  readonly seconds: number;
  /** That message. */
  readonly text: string;
}

/** The same hour with both notification methods. */
export interface NotificationComparison {
  /** AWS calls in that hour. */
  readonly calls: number;
  readonly files: Way;
  readonly alarms: Way;
}

/** Side by side, for people. */
export function comparisonTable({ calls, files, alarms }: NotificationComparison): string[] {
  const rows = [
    ["", "CloudTrail's notifications", "alarms"],
    ["messages for the hour", String(files.messages), String(alarms.messages)],
    ["time to the first message", duration(files.seconds), duration(alarms.seconds)],
    ["content", "that a file was delivered", "what happened, in which account, how often"],
    ["next step", "fetch and search each file", "the runbook in the mail"],
  ];
  return [
    `${calls} calls in an hour, one incident:`,
    ...table(rows, { width: widthOf(process.stdout) }),
    `notification: ${firstLine(files.text)}`,
    `alarm:        ${alarms.text}`,
  ];
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

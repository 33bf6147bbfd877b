import type { Field } from "../condition";
import type { Detection } from "../detection";
import { subjectFields, exampleText } from "../example-fields";
import type { CloudTrailRecord } from "../predicate";

/** One entry of an `ignore` list, without its reason. */
export interface IgnoreExample {
  readonly field: Field;
  readonly equals: string;
}

/**
 * An entry that would silence one of the detection's examples and as little else as possible: by the role or user of
 * the event, or by its target. Root is ignored by its address, because its name would silence everything. Undefined
 * where an `ignore` makes no sense: in a checker's patterns, and where silence is the alarm.
 */
export function ignoreExample(detection: Detection): IgnoreExample | undefined {
  if ("patterns" in detection || detection.alarmWhen === "missed") return undefined;
  const { matches } = detection.examples;
  const others = matches.filter((record) => !isRoot(record));
  const choices: readonly (readonly [readonly CloudTrailRecord[], Field])[] = [
    [others, "userIdentity.sessionContext.sessionIssuer.arn"],
    [others, "userIdentity.arn"],
    ...others.flatMap((record) => subjectFields(record).map((field) => [[record], field] as const)),
    [matches.filter(isRoot), "sourceIPAddress"],
  ];
  for (const [records, field] of choices) {
    const text = records.map((record) => exampleText(record, field)).find((each) => each !== undefined);
    if (text !== undefined) return { field, equals: text };
  }
  return undefined;
}

function isRoot(record: CloudTrailRecord): boolean {
  return exampleText(record, "userIdentity.type") === "Root";
}

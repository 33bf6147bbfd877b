import { PLAIN } from "../../../lib/naming/own-names";
import { sqlCondition } from "../../../detections/athena/sql-condition";
import { TRAIL_TABLE } from "../../../detections/athena/trail-table";
import { any, type Condition } from "../../../detections/condition";
import { conditionsFor, type Detection, type WatchedAccount } from "../../../detections/detection";
import { filterPatterns } from "../../../detections/filter-pattern";
import { formOfPattern } from "../../../detections/verbatim-pattern";
import { normalForm, type NormalForm } from "../../../detections/normal-form";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { compileFilterPattern, parseEvent } from "../../../signals";
import { TrailInDuckDb } from "../../support/athena";

/** Something asked of records, in every language that it is said in. */
export interface Query {
  readonly name: string;
  readonly form: NormalForm;
  readonly patterns: readonly string[];
  /** None for a pattern in a checker's words. */
  readonly predicate: ((record: CloudTrailRecord) => boolean) | undefined;
}

/** A detection in an account; undefined where it has nothing to watch. */
export function queriedBy(detection: Detection, account: WatchedAccount): Query | undefined {
  if (!("patterns" in detection)) return queriedAs(detection.id, conditionsFor(detection, account));
  const parts = detection.patterns.map((pattern) => formOfPattern(pattern));
  return { name: detection.id, form: { kind: "or", parts }, patterns: detection.patterns, predicate: undefined };
}

/** Conditions, of which a record must meet one; undefined for none. */
export function queriedAs(name: string, conditions: readonly Condition[]): Query | undefined {
  if (conditions.length === 0) return undefined;
  return {
    name,
    form: normalForm(any(...conditions)),
    patterns: conditions.flatMap((condition) => filterPatterns(condition, "$")),
    predicate: predicate(any(...conditions)),
  };
}

/**
 * Judges each record by each of what is asked: by SQL, filter pattern and predicate. All must agree.
 *
 * @returns how many records meet each
 */
export async function agreement(
  queried: readonly Query[],
  lines: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const bySql = await evaluatedBySql(queried, lines);
  const events = lines.map((line) => parseEvent(line));
  const records = lines.map((line) => JSON.parse(line) as CloudTrailRecord);
  const counts = queried.map(({ name, patterns, predicate: holds }, column) => {
    const matchers = patterns.map((pattern) => compileFilterPattern(pattern));
    const disagreeing = lines.flatMap((line, at) => {
      const [event, record] = [events[at], records[at]];
      if (event === undefined || record === undefined) return [];
      const pattern = matchers.some((matcher) => matcher.matchesEvent(event));
      const verdicts = { sql: bySql[column]?.has(at) ?? false, pattern, predicate: holds?.(record) ?? pattern };
      return verdicts.sql === pattern && verdicts.predicate === pattern ? [] : [{ name, ...verdicts, line }];
    });
    expect(disagreeing.slice(0, 3)).toEqual([]);
    return [name, bySql[column]?.size ?? 0] as const;
  });
  return new Map(counts);
}

/** For each of what is asked, the numbers of the records that SQL finds: one query for all. */
async function evaluatedBySql(
  queried: readonly Query[],
  lines: readonly string[],
): Promise<readonly ReadonlySet<number>[]> {
  const trail = await TrailInDuckDb.of(lines);
  try {
    const found = queried.map(({ form }) => `list(n) FILTER (WHERE ${sqlCondition(form)})`);
    const [row = []] = await trail.rows(`SELECT ${found.join(", ")} FROM ${PLAIN.archiveDatabase}.${TRAIL_TABLE}`);
    return row.map((numbers) => new Set(numbers === null ? [] : (numbers as number[])));
  } finally {
    trail.close();
  }
}

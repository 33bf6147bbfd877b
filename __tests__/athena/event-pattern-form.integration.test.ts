import { PLAIN } from "../../lib/naming/own-names";
import { eventPatternForm } from "../../athena/queried/event-pattern-form";
import { sqlCondition } from "../../detections/athena/sql-condition";
import { TRAIL_TABLE } from "../../detections/athena/trail-table";
import { allDetections } from "../../detections/catalogue";
import { conditionsFor } from "../../detections/detection";
import { eventPatterns } from "../../detections/event-pattern";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import type { CloudTrailRecord } from "../../detections/predicate";
import { compileEventPattern } from "../../lib/patterns/event-pattern/event-pattern";
import { TrailInDuckDb } from "../support/athena";

// A rule's pattern, evaluated twice: as EventBridge does, and by SQL. Both must let the same records through.

const DETECTIONS = allDetections().map(({ detection }) => detection);

const SYNTHESIZED = eventPatterns(
  DETECTIONS.flatMap((detection) => ("patterns" in detection ? [] : conditionsFor(detection, EXAMPLE_ACCOUNT))),
);

/** On fields that the table has as texts or flags, as the rules have them. */
const OTHERS: readonly object[] = [
  { readOnly: [false] },
  { readOnly: [true, false] },
  { readOnly: ["false"] },
  { errorCode: [true] },
  { eventName: [{ prefix: "Get" }, { suffix: "Policy" }, { wildcard: "*Bucket*" }, "CreateUser"] },
  { eventName: [{ "anything-but": ["GetSecretValue", "CreateUser"] }] },
  { eventSource: [{ "anything-but": { prefix: ["iam.", "s3."] } }] },
  { eventSource: [{ "anything-but": { prefix: "iam." } }], readOnly: [false] },
  { eventName: [{ "anything-but": { suffix: ["Policy", "Key"] } }] },
  { eventName: [{ "anything-but": { wildcard: ["*Bucket*", "Put*Policy"] } }] },
  { errorCode: [{ "anything-but": { prefix: "AccessDenied" } }] },
  { userIdentity: { arn: [{ wildcard: "arn:aws:sts::*:assumed-role/*/*" }, { prefix: "arn:aws:iam::" }] } },
  { $or: [{ readOnly: [true], eventName: [{ prefix: "Get" }] }, { userIdentity: { type: ["Root"] } }] },
];

const examples = DETECTIONS.flatMap(({ examples: { matches, nearMisses } }) => [...matches, ...nearMisses]);
/** CloudTrail's flag, also as it is not in the examples. */
const records: readonly CloudTrailRecord[] = examples.flatMap((record, at) => [
  record,
  { ...record, readOnly: at % 2 === 0 },
  Object.fromEntries(Object.entries(record).filter(([field]) => field !== "readOnly")),
]);

test("the rules select by flags, and all but some sources", () => {
  const text = JSON.stringify(SYNTHESIZED);
  expect(text).toContain('"readOnly":[');
  expect(text).toContain('"anything-but":{"prefix":[');
});

test("SQL lets through what the patterns do", async () => {
  const patterns = [...SYNTHESIZED, ...OTHERS.map((detail) => ({ detail }))];
  const trail = await TrailInDuckDb.of(records.map((record) => JSON.stringify(record)));
  try {
    for (const pattern of patterns) {
      const form = eventPatternForm(JSON.stringify(pattern));
      const condition = form === undefined ? "true" : sqlCondition(form);
      const rows = await trail.rows(
        `SELECT n FROM ${PLAIN.archiveDatabase}.${TRAIL_TABLE} WHERE ${condition} ORDER BY n`,
      );
      const rule = compileEventPattern(pattern);
      const passed = records.flatMap((detail, n) => (rule.matches({ ...ENVELOPE, detail }) ? [n] : []));
      expect([pattern, rows.flat()]).toEqual([pattern, passed]);
    }
  } finally {
    trail.close();
  }
});

const ENVELOPE = { source: "aws.any", "detail-type": "AWS API Call via CloudTrail" };

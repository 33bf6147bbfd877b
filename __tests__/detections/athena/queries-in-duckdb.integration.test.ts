import { eventsQuery } from "../../../detections/athena/events-query";
import { questions } from "../../../detections/athena/questions";
import { sqlCondition } from "../../../detections/athena/sql-condition";
import { allDetections } from "../../../detections/catalogue";
import { equals, exists, isTrue, not, type Condition } from "../../../detections/condition";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole, deniedCall } from "../../../detections/example-record";
import { normalForm } from "../../../detections/normal-form";
import type { CloudTrailRecord } from "../../../detections/predicate";
import { TrailInDuckDb } from "../../support/athena";
import { queriedBy } from "./judges";

const OWN = EXAMPLE_ACCOUNT.id;

async function withTrail<T>(
  records: readonly CloudTrailRecord[],
  ask: (trail: TrailInDuckDb) => Promise<T>,
): Promise<T> {
  const trail = await TrailInDuckDb.of(records.map((record) => JSON.stringify(record)));
  try {
    return await ask(trail);
  } finally {
    trail.close();
  }
}

/** A saved query with its values filled in. */
function filledIn(sql: string, ...values: readonly string[]): string {
  const given = [OWN, "2026/01/15", "2026/01/15", ...values];
  return sql.replace(/\?/g, () => `'${given.shift() ?? ""}'`);
}

test("the saved query of every detection finds its examples", async () => {
  const detections = allDetections().map(({ detection }) => detection);
  await withTrail(
    detections.flatMap(({ examples }) => examples.matches),
    async (trail) => {
      for (const detection of detections) {
        const queried = [queriedBy(detection, EXAMPLE_ACCOUNT)].filter((one) => one !== undefined);
        const found = queried.map(({ form }) => eventsQuery(detection, [{ form, ownAccount: OWN }])?.sql ?? "");
        const rows = await trail.rows(filledIn(found.join("")));
        const own = detection.examples.matches.filter(({ recipientAccountId }) => recipientAccountId === OWN);
        const ids = rows.map((row) => row.at(-1));
        expect(ids).toEqual(expect.arrayContaining(own.map(({ eventID }) => eventID)));
        if (rows.length > 0) expect([detection.id, emptyColumns(found.join(""), rows)]).toEqual([detection.id, []]);
      }
    },
  );
});

/** Columns without a value in any row; an empty error code says that a call succeeded. */
function emptyColumns(sql: string, rows: readonly (readonly unknown[])[]): string[] {
  const [, columns = ""] = /^SELECT ([\s\S]*?)\nFROM/.exec(sql) ?? [];
  const names = columns.split(/,\s+(?![^()]*\))/);
  expect(names).toHaveLength(rows[0]?.length ?? 0);
  return names.filter((name, index) => name !== "errorcode" && rows.every((row) => row[index] === null));
}

test("every question of the runbooks is answered", async () => {
  const byMallory = { userIdentity: assumedRole("Mallory", "m"), sourceIPAddress: "203.0.113.9" };
  const records = [
    apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: "prod/db" }, ...byMallory }),
    deniedCall("secretsmanager", "BatchGetSecretValue", { requestParameters: { secretIdList: ["x", "prod/db"] } }),
    apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: "prod/cache" } }),
    apiCall("secretsmanager", "DescribeSecret", { requestParameters: { secretId: "prod/db" } }),
  ];
  const VALUES: Readonly<Record<string, string>> = {
    "who-read-secret": "prod/db",
    "what-principal-did": "Mallory",
    "where-principal-was": "arn:aws:sts::111122223333:assumed-role/Mallory/m",
    "what-address-did": "203.0.113.9",
  };
  const rows = await withTrail(records, (trail) =>
    Promise.all(questions().map(({ id, sql }) => trail.rows(filledIn(sql, VALUES[id] ?? "")))),
  );
  expect(rows.map(({ length }) => length)).toEqual([2, 1, 1, 1]);
  expect(questions().flatMap(({ sql }, index) => emptyColumns(sql, rows[index] ?? []))).toEqual([]);
});

test("what a column of a type cannot tell: null from absent, a boolean from its name", async () => {
  const where = async (condition: Condition, record: CloudTrailRecord): Promise<number> =>
    withTrail([apiCall("kms", "Decrypt", record)], async (trail) => {
      const rows = await trail.rows(`SELECT n FROM trailwatch.trail WHERE ${sqlCondition(normalForm(condition))}`);
      return rows.length;
    });
  // CloudWatch says no to both.
  expect(await where(not(exists("errorCode")), { errorCode: null })).toBe(1);
  expect(await where(equals("errorCode", "true"), { errorCode: true })).toBe(1);
  // Within JSON they differ.
  expect(await where(not(exists("requestParameters.a")), { requestParameters: { a: null } })).toBe(0);
  expect(await where(equals("requestParameters.a", "true"), { requestParameters: { a: true } })).toBe(0);
  expect(await where(isTrue("requestParameters.a"), { requestParameters: { a: true } })).toBe(1);
});

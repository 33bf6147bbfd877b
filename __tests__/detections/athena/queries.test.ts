import { countsQueries, QUERY_LIMITS, type CountedMetric } from "../../../detections/athena/counts-query";
import { eventsQuery } from "../../../detections/athena/events-query";
import { QUESTIONS } from "../../../detections/athena/questions";
import { trailColumns } from "../../../detections/athena/trail-table";
import { all, equals, exists, matches, oneOf, type Condition } from "../../../detections/condition";
import { conditionsFor } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { normalForm } from "../../../detections/normal-form";
import { heartbeat } from "../../../detections/packs/guard/heartbeat";
import { secretDeletedAtOnce } from "../../../detections/packs/secrets/secret-deleted-at-once";

const [A, B, C] = ["111122223333", "222233334444", "333344445555"] as const;
const DAY = { from: new Date("2026-01-31T10:00:00Z"), to: new Date("2026-01-31T20:30:00Z") };

function metric(name: string, account: string | undefined, condition: Condition): CountedMetric {
  return { metric: name, account, form: normalForm(condition) };
}

test("the table's columns are as Athena's guide has them", () => {
  const columns = new Map(trailColumns().map(({ name, type }) => [name, type]));
  expect(columns.get("useridentity")).toContain("sessionissuer:struct<type:string,principalid:string,arn:string,");
  expect(columns.get("resources")).toBe("array<struct<arn:string,accountid:string,type:string>>");
  expect(columns.get("requestparameters")).toBe("string");
});

describe("counts", () => {
  test("are one row for each minute in which something happened", () => {
    expect(countsQueries([metric("denied", undefined, exists("errorCode"))], { ...DAY, accounts: [A] })).toEqual([
      [
        "SELECT account, region, minute, metric, events",
        "FROM (",
        "  SELECT account, awsregion AS region, substr(eventtime, 1, 16) AS minute,",
        "    count_if(errorcode IS NOT NULL) AS m0",
        "  FROM trailwatch.trail",
        "  WHERE account IN ('111122223333')",
        "    AND day BETWEEN '2026/01/31' AND '2026/02/01'",
        "    AND eventtime >= '2026-01-31T10:00:00Z' AND eventtime < '2026-01-31T20:30:00Z'",
        "  GROUP BY 1, 2, 3",
        ")",
        "CROSS JOIN UNNEST(ARRAY['denied'],",
        "  ARRAY[m0]) AS counted (metric, events)",
        "WHERE events > 0",
      ].join("\n"),
    ]);
  });

  test("what accounts ask alike is asked once, what differs by account", () => {
    const own = (id: string): Condition => matches("requestParameters.arn", `arn:aws:sns:eu-west-1:${id}:x-*`);
    const [sql = ""] = countsQueries(
      [
        ...[A, B, C].map((id) => metric("topic", id, own(id))),
        metric("denied", A, exists("errorCode")),
        metric("denied", B, exists("errorCode")),
        metric("denied", C, equals("errorCode", "x")),
        metric("elsewhere", "999999999999", exists("errorCode")),
      ],
      { ...DAY, accounts: [A, B, C] },
    );
    expect(sql.match(/count_if.*/g)).toEqual([
      "count_if(json_extract_scalar(requestparameters, '$.arn') LIKE 'arn:aws:sns:eu-west-1:' || account || ':x-%') AS m0,",
      `count_if(account IN ('${A}', '${B}') AND (errorcode IS NOT NULL)) AS m1,`,
      `count_if(account IN ('${C}') AND (errorcode = 'x')) AS m2`,
    ]);
    expect(sql).toContain("ARRAY['topic', 'denied', 'denied']");
  });

  test("nothing to count is no query", () => {
    expect(countsQueries([], { ...DAY, accounts: [A] })).toEqual([]);
    expect(countsQueries([metric("x", B, exists("errorCode"))], { ...DAY, accounts: [A] })).toEqual([]);
  });

  test("a query too long is divided by accounts, and by metrics where there is one", () => {
    const long = oneOf(
      "eventName",
      Array.from({ length: 1400 }, (_, at) => `Operation${at}${"x".repeat(50)}`),
    );
    const shared = metric("shared", undefined, long);
    const each = [A, B].map((id) => metric("each", id, all(long, equals("userAgent", id === A ? "a" : "b"))));
    const byAccount = countsQueries([shared, ...each], { ...DAY, accounts: [A, B] });
    expect(byAccount.map((sql) => sql.match(/'(\d{12})'/g))).toEqual([[`'${A}'`], [`'${B}'`]]);

    const byMetric = countsQueries([shared, ...each], { ...DAY, accounts: [A] });
    expect(byMetric).toHaveLength(1);
    const three = ["1", "2", "3"].map((name) => metric(name, A, long));
    const queries = countsQueries(three, { ...DAY, accounts: [A] });
    expect(queries.map((sql) => sql.match(/ARRAY\['.*\]/)?.[0])).toEqual(["ARRAY['1', '2']", "ARRAY['3']"]);
    for (const sql of [...byAccount, ...queries]) expect(sql.length).toBeLessThanOrEqual(QUERY_LIMITS.bytes);
  });

  test("a query has no more columns than Trino takes", () => {
    const metrics = Array.from({ length: 255 }, (_, at) => metric(`${at}`, A, exists("errorCode")));
    expect(countsQueries(metrics.slice(1), { ...DAY, accounts: [A] })).toHaveLength(1);
    expect(countsQueries(metrics, { ...DAY, accounts: [A] })).toHaveLength(2);
  });
});

describe("the events of a detection", () => {
  test("show who did it, the newest first", () => {
    const [condition] = conditionsFor(secretDeletedAtOnce as never, EXAMPLE_ACCOUNT);
    expect(condition && eventsQuery(secretDeletedAtOnce, [{ form: normalForm(condition) }])).toMatchObject({
      id: "secret-deleted-at-once",
      description: expect.stringContaining(
        "Fill in, each in single quotes: 1 the account's id, 2 the first day (yyyy/MM/dd), 3 the last day.",
      ) as string,
      sql: [
        `SELECT eventtime, eventname, useridentity.arn AS "userIdentity.arn", sourceipaddress, errorcode, ` +
          `json_extract_scalar(requestparameters, '$.secretId') AS "requestParameters.secretId", eventid`,
        "FROM trailwatch.trail",
        "WHERE account = ?",
        "  AND day BETWEEN ? AND ?",
        "  AND eventsource = 'secretsmanager.amazonaws.com'",
        "  AND eventname = 'DeleteSecret'",
        "  AND json_format(json_extract(requestparameters, '$.forceDeleteWithoutRecovery')) = 'true'",
        "  AND errorcode IS NULL",
        "ORDER BY eventtime DESC",
        "LIMIT 100",
      ].join("\n"),
    });
  });

  test("of accounts that ask alike but for their ids are asked for once", () => {
    const asked = [A, B].flatMap((id) =>
      conditionsFor(heartbeat as never, { ...EXAMPLE_ACCOUNT, id }).map((condition) => ({
        form: normalForm(condition),
        ownAccount: id,
      })),
    );
    expect(eventsQuery(heartbeat, asked)?.sql).toContain("\n  AND recipientaccountid = account\n");
    expect(eventsQuery(heartbeat, asked)?.sql).not.toContain(" OR ");
  });

  test("of several forms are those that meet any", () => {
    const forms = ["a", "b"].map((text) => ({ form: normalForm(equals("errorCode", text)) }));
    expect(eventsQuery(heartbeat, forms)?.sql).toContain("  AND ((errorcode = 'a')\n    OR (errorcode = 'b'))\n");
    expect(eventsQuery(heartbeat, [])).toBeUndefined();
  });
});

test("every question says what to fill in, as often as it asks", () => {
  for (const { sql, description } of QUESTIONS) {
    const asked = sql.split("?").length - 1;
    expect(description).toContain(`, ${asked} `);
    expect(description).not.toContain(`, ${asked + 1} `);
  }
});

import { eventsQuery } from "../../../detections/athena/events-query";
import { questions } from "../../../detections/athena/questions";
import { trailColumns } from "../../../detections/athena/trail-table";
import { equals } from "../../../detections/condition";
import { conditionsFor } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { normalForm } from "../../../detections/normal-form";
import { heartbeat } from "../../../detections/packs/guard/heartbeat";
import { secretDeletedAtOnce } from "../../../detections/packs/secrets/secret-deleted-at-once";
import { reservedNames } from "../../support/athena-keywords";

const [A, B] = ["111122223333", "222233334444"] as const;

test("the table's columns are as Athena's guide has them", () => {
  const columns = new Map(trailColumns().map(({ name, type }) => [name, type]));
  expect(columns.get("useridentity")).toContain("sessionissuer:struct<type:string,principalid:string,arn:string,");
  expect(columns.get("resources")).toBe("array<struct<arn:string,accountid:string,type:string,arnprefix:string>>");
  expect(columns.get("requestparameters")).toBe("string");
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
    const queried = [A, B].flatMap((id) =>
      conditionsFor(heartbeat as never, { ...EXAMPLE_ACCOUNT, id }).map((condition) => ({
        form: normalForm(condition),
        ownAccount: id,
      })),
    );
    expect(eventsQuery(heartbeat, queried)?.sql).toContain("\n  AND recipientaccountid = account\n");
    expect(eventsQuery(heartbeat, queried)?.sql).not.toContain(" OR ");
  });

  test("of several forms are those that meet any", () => {
    const forms = ["a", "b"].map((text) => ({ form: normalForm(equals("errorCode", text)) }));
    expect(eventsQuery(heartbeat, forms)?.sql).toContain("  AND ((errorcode = 'a')\n    OR (errorcode = 'b'))\n");
    expect(eventsQuery(heartbeat, [])).toBeUndefined();
  });
});

test("every question says what to fill in, as often as it asks", () => {
  for (const { sql, description } of questions()) {
    const queried = sql.split("?").length - 1;
    expect(description).toContain(`, ${queried} `);
    expect(description).not.toContain(`, ${queried + 1} `);
  }
});

test("no question gives a name that Athena reserves", () => {
  expect(questions().flatMap(({ sql }) => reservedNames(sql))).toEqual([]);
});

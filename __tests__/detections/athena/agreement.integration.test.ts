import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { allDetections } from "../../../detections/catalogue";
import { equals, not, type Condition, type Field } from "../../../detections/condition";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { inIpRange } from "../../../detections/ip-range";
import { ConditionError } from "../../../detections/normal-form";
import { compareDigits } from "../../../detections/whole-number";
import { arbitraryCondition, text, WORDS } from "../../signals/fixtures/arbitrary-conditions";
import { agreement, queriedAs, queriedBy, type Query } from "./judges";
import { recordsAround } from "./records-around";

const ASKED = allDetections().flatMap(({ detection }) => queriedBy(detection, EXAMPLE_ACCOUNT) ?? []);
const EXAMPLES = allDetections().flatMap(({ detection: { examples } }) => [
  ...examples.matches,
  ...examples.nearMisses,
]);

const FIELDS: readonly Field[] = [
  "errorCode",
  "readOnly",
  "userIdentity.sessionContext.sessionIssuer.userName",
  "resources[0].ARN",
  "resources[*].ARN",
  "requestParameters.a",
  "requestParameters.a[0]",
  "requestParameters.a[1].b-c",
  "requestParameters.a[*]",
  "requestParameters.a[*].b-c",
];

/** Texts only where a column has that type, anything within JSON. Numbers are such as every language writes alike. */
const optional = { requiredKeys: [] };
const scalar = fc.oneof(text, fc.constantFrom<unknown>(...WORDS, 0, 1, 1.5, -1, true, false, null));
const element = fc.oneof(scalar, fc.record({ "b-c": scalar, x: scalar }, optional));
const json = fc.oneof(element, fc.array(element, { maxLength: 3 }), fc.dictionary(fc.constantFrom("k", "l"), element));
const RECORD = fc
  .record(
    {
      errorCode: text,
      readOnly: fc.boolean(),
      userIdentity: fc.constantFrom(
        {},
        ...WORDS.map((userName) => ({ sessionContext: { sessionIssuer: { userName } } })),
      ),
      resources: fc.array(fc.record({ ARN: text }, optional), { maxLength: 2 }),
      requestParameters: fc.oneof(json, fc.record({ a: json })),
    },
    optional,
  )
  .map((record) => JSON.stringify(record));

/** What CloudWatch has no words for is not asked. */
function queriedIfPossible(condition: Condition, at: number): Query[] {
  try {
    return [queriedAs(`${at}`, [condition])].filter((queried) => queried !== undefined);
  } catch (error) {
    expect(error).toBeInstanceOf(ConditionError);
    return [];
  }
}

const REAL_RECORDS = join(__dirname, "..", "..", "..", "..", "shared", "cloudtrail");
const testWithRealRecords = existsSync(REAL_RECORDS) ? test : test.skip;

test("every detection's SQL says of the examples what its filter pattern and its predicate say", async () => {
  const counts = await agreement(
    ASKED,
    EXAMPLES.map((record) => JSON.stringify(record)),
  );
  // None is so by never matching.
  expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  expect(counts.size).toBe(allDetections().length);
});

test("and of records around what each asks for", async () => {
  const records = ASKED.flatMap(({ form }, seed) => recordsAround(form, EXAMPLES, seed));
  await agreement(ASKED, records);
});

test("and so does the SQL of any condition", async () => {
  const queried = fc.sample(arbitraryCondition(FIELDS), { numRuns: 200, seed: 1 }).flatMap(queriedIfPossible);
  expect(queried.length).toBeGreaterThan(80);
  const counts = await agreement(queried, fc.sample(RECORD, { numRuns: 400, seed: 1 }));
  expect([...counts.values()].filter((count) => count > 0 && count < 400).length).toBeGreaterThan(50);
});

test("and so does the SQL of addresses, numbers as text and stars", async () => {
  const [address, digits, some] = ["sourceIPAddress", "requestParameters.a", "requestParameters.a[*]"] as const;
  const ranges = ["10.0.0.0/8", "10.20.0.0/15", "172.16.0.0/12", "192.0.2.248/29", "192.0.2.254/31", "192.0.2.1"];
  const conditions = [
    ...ranges.map((range) => inIpRange(address, range)),
    ...([">", ">=", "<", "<="] as const).map((operator) => compareDigits(digits, operator, 400)),
    equals(digits, "*"),
    equals(digits, "a*b"),
  ];
  const queried = [
    ...conditions.flatMap((condition) => [condition, not(condition)]),
    equals(some, "*"),
    compareDigits(some, ">=", 400),
  ].flatMap((condition, at) => queriedAs(`${at}`, [condition]) ?? []);
  const addresses = ["10.0.0.1", "10.21.255.255", "10.22.0.0", "172.15.0.1", "172.31.9.9", "192.0.2.1", "192.0.2.247"];
  const texts = [...addresses, "192.0.2.255", "kms.amazonaws.com", "AWS Internal", "::ffff:10.0.0.1"];
  const scalars = [
    "399",
    "400",
    "401",
    "0400",
    "4000",
    399,
    400,
    401,
    "*",
    "**",
    "a*b",
    "axb",
    "",
    null,
    true,
    "400\n",
  ];
  const values = [...scalars, ...scalars.map((one) => [one]), ["x", "*"], { k: "400" }, {}, []];
  const records = [
    ...texts.map((sourceIPAddress) => ({ sourceIPAddress })),
    ...values.map((a) => ({ requestParameters: { a } })),
    {},
  ];
  const counts = await agreement(
    queried,
    records.map((record) => JSON.stringify(record)),
  );
  expect([...counts.values()].filter((count) => count === 0)).toEqual([]);
});

testWithRealRecords("and of the real records (skipped without ../shared/cloudtrail)", async () => {
  const lines = ["invictus-aws_dataset", "stratus-red-team", "traildiscover"].flatMap((folder) =>
    readFileSync(join(REAL_RECORDS, folder, "records.jsonl"), "utf8")
      .split("\n")
      .filter(Boolean),
  );
  const counts = await agreement(ASKED, lines);
  expect(counts.get("denied-call-burst")).toBe(320);
});

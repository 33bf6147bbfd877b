import { sqlCondition } from "../../detections/athena/sql-condition";
import { eventPatternForm } from "../../athena/queried/event-pattern-form";
import { queriedFeeds } from "../../athena/queried/queried-feeds";
import { countsQueries } from "../../athena/counts/account-sets";
import { furtherCategories, trailSql } from "../../athena/queried/trail-sql";
import { CountEvaluator, readDeployment, selectorsOf, type DeployedTrail } from "../../signals";
import { reservedNames } from "../support/athena-keywords";
import { folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";

const patternSql = (pattern: object) => {
  const form = eventPatternForm(JSON.stringify(pattern));
  return form === undefined ? undefined : sqlCondition(form);
};

describe("an EventBridge pattern as SQL", () => {
  test.each<[string, object, string | undefined]>([
    ["any event", { source: [{ prefix: "aws." }] }, undefined],
    ["values", { detail: { eventName: ["A", "B"] } }, "eventname IN ('A', 'B')"],
    ["several fields", { detail: { eventName: ["A"], eventSource: ["s"] } }, "eventname = 'A' AND eventsource = 's'"],
    ["deeper fields", { detail: { userIdentity: { type: ["Root"] } } }, "useridentity.type = 'Root'"],
    ["beginnings", { detail: { eventName: [{ prefix: "Get" }] } }, "eventname LIKE 'Get%'"],
    ["ends", { detail: { eventName: [{ suffix: "_Bucket" }] } }, "eventname LIKE '%\\_Bucket' ESCAPE '\\'"],
    [
      "wildcards, in which two backslashes are one",
      { detail: { userIdentity: { arn: [{ wildcard: "arn:*:role/*" }, { wildcard: "a*\\\\*b" }] } } },
      "useridentity.arn LIKE 'arn:%:role/%' OR useridentity.arn LIKE 'a%\\\\%b' ESCAPE '\\'",
    ],
    ["a flag", { detail: { readOnly: [false] } }, "readonly = 'false'"],
    ["a flag of either value", { detail: { readOnly: [true, false] } }, "readonly = 'true' OR readonly = 'false'"],
    [
      "all but some",
      { detail: { eventName: [{ "anything-but": ["A", "B"] }] } },
      "eventname <> 'A' AND eventname <> 'B'",
    ],
    [
      "all but some beginnings",
      { detail: { eventSource: [{ "anything-but": { prefix: ["ec2.", "s3."] } }] } },
      "eventsource NOT LIKE 'ec2.%' AND eventsource NOT LIKE 's3.%'",
    ],
    [
      "all but one beginning",
      { detail: { eventSource: [{ "anything-but": { prefix: "ec2." } }] } },
      "eventsource NOT LIKE 'ec2.%'",
    ],
    ["all but an end", { detail: { eventName: [{ "anything-but": { suffix: "B" } }] } }, "eventname NOT LIKE '%B'"],
    [
      "all but a wildcard",
      { detail: { eventName: [{ "anything-but": { wildcard: "Get*Policy" } }] } },
      "eventname NOT LIKE 'Get%Policy'",
    ],
    [
      "alternatives",
      { detail: { $or: [{ eventName: ["A"] }, { errorCode: ["E"] }] } },
      "eventname = 'A' OR errorcode = 'E'",
    ],
  ])("%s", (_name, pattern, sql) => {
    expect(patternSql(pattern)).toBe(sql);
  });

  test.each<[string, object]>([
    ["an account", { account: ["1"] }],
    ["another source", { source: ["aws.iam"] }],
    ["one kind of events", { "detail-type": ["AWS Console Sign In via CloudTrail"] }],
    ["numbers", { detail: { eventName: [{ numeric: [">", 1] }] } }],
    ["presence", { detail: { errorCode: [{ exists: false }] } }],
    ["null", { detail: { errorCode: [null] } }],
    ["an ignored case", { detail: { eventName: [{ "equals-ignore-case": "a" }] } }],
    ["all but an ignored case", { detail: { eventName: [{ "anything-but": { "equals-ignore-case": "a" } }] } }],
    ["a beginning in any case", { detail: { eventName: [{ prefix: { "equals-ignore-case": "a" } }] } }],
    ["a star in a beginning", { detail: { eventName: [{ prefix: "a*" }] } }],
    ["an escaped star", { detail: { eventName: [{ wildcard: "a\\*" }] } }],
    ["all but a star", { detail: { eventName: [{ "anything-but": ["a", "*"] }] } }],
  ])("%s cannot be queried", (_name, pattern) => {
    expect(() => patternSql(pattern)).toThrow(/its rule matches on/);
  });
});

describe("a trail's selectors as SQL", () => {
  const of = (changes: Partial<DeployedTrail>): string =>
    trailSql({ isLogging: true, isMultiRegion: true, selectors: selectorsOf({}), ...changes } as DeployedTrail);

  test("management events by default", () => {
    expect(of({})).toMatch(/^\(coalesce\(eventcategory, .*\) IN \('Management'\)\)$/);
  });

  test("no events of a trail that does not log", () => {
    expect(of({ isLogging: false })).toBe("false");
  });

  test("one region's, and us-east-1's with global services", () => {
    const here = { isMultiRegion: false, region: "eu-west-1" };
    expect(of({ ...here, includesGlobalServices: false })).toMatch(/^awsregion IN \('eu-west-1'\) AND /);
    expect(of({ ...here, includesGlobalServices: true })).toMatch(/^awsregion IN \('eu-west-1', 'us-east-1'\) AND /);
  });

  test("selectors on fields that the table does not have are refused", () => {
    const selectors = selectorsOf({
      advanced_event_selector: [{ field_selector: [{ field: "vpce", equals: ["a"] }] }],
    });
    expect(() => of({ selectors })).toThrow("its trail selects by 'vpce'");
  });

  test("selectors by resource test one resource, and imply data events", () => {
    const block = { event_selector: [{ data_resource: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }] };
    const selectors = selectorsOf(block);
    expect(of({ selectors })).toContain(
      "cardinality(filter(resources, element -> element.type IN ('AWS::S3::Object') AND " +
        "(starts_with(coalesce(element.arn, element.arnprefix), 'arn:aws:s3')))) > 0",
    );
    expect(furtherCategories([{ isLogging: true, selectors } as unknown as DeployedTrail])).toEqual(["Data"]);
    expect(furtherCategories([{ isLogging: false, selectors } as unknown as DeployedTrail])).toEqual([]);
  });
});

describe("resources that were not synthesized by Trailwatch", () => {
  const queried = (pattern: string, transformation: object = {}) => {
    const stack = stackWith(trail()) as { resource: { aws_cloudwatch_log_metric_filter: { filter: object } } };
    Object.assign(stack.resource.aws_cloudwatch_log_metric_filter.filter, {
      pattern,
      metric_transformation: { name: "key-disabled", namespace: "Trailwatch", value: "1", ...transformation },
    });
    const deployment = readDeployment(folderOf({ "main.tf.json": stack }));
    return queriedFeeds(new CountEvaluator(deployment).feeds, deployment);
  };

  test("are queried where SQL can express them", () => {
    const { queried: feeds, notQueried } = queried('{ $.eventName = "A*" }');
    expect(feeds.map(({ filters }) => filters.map(({ sql }) => sql))).toEqual([["eventname LIKE 'A%'"]]);
    expect(notQueried).toEqual([]);
  });

  test.each<[string, string, object, RegExp]>([
    ["a pattern of terms", "ERROR", {}, /verbatim pattern must be a JSON pattern/],
    ["a field that the table has not", '{ $.nobody = "A" }', {}, /'field' must be one/],
    ["a value from the event", '{ $.eventName = "A" }', { value: "$.bytes" }, /metric's value is '\$\.bytes'/],
    ["a default value other than 0", '{ $.eventName = "A" }', { default_value: "1" }, /each other event counts too/],
  ])("%s is listed as not queried", (_name, pattern, transformation, reason) => {
    const { queried: feeds, notQueried } = queried(pattern, transformation);
    expect(feeds).toEqual([]);
    expect(notQueried).toMatchObject([{ account: "workloads", detection: "key-disabled" }]);
    expect(notQueried[0]?.reason).toMatch(reason);
  });
});

describe("accounts of a query", () => {
  const deployment = readDeployment(folderOf({ "main.tf.json": stackWith(trail()) }));
  const { queried: feeds } = queriedFeeds(new CountEvaluator(deployment).feeds, deployment);
  const span = { from: Date.UTC(2026, 0, 15), to: Date.UTC(2026, 0, 16) };
  const accounts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: String(100_000_000_000 + index), feeds }));

  test("are 500 at most", () => {
    expect(countsQueries(accounts(500), span).map((query) => query.accounts.length)).toEqual([500]);
    expect(countsQueries(accounts(501), span).map((query) => query.accounts.length)).toEqual([500, 1]);
    expect(countsQueries([], span)).toEqual([]);
  });

  test("are queried without a name that Athena reserves", () => {
    expect(countsQueries(accounts(2), span).flatMap(({ sql }) => reservedNames(sql))).toEqual([]);
    expect(reservedNames('SELECT min(a) AS first, a AS "last", b AS c')).toEqual(["first"]);
  });

  test("one day more is read, for what was delivered late, and none after a day's end", () => {
    expect(countsQueries(accounts(1), span)[0]?.days).toEqual({ first: "2026/01/15", last: "2026/01/16" });
    const longer = countsQueries(accounts(1), { ...span, to: span.to + 1 });
    expect(longer[0]?.days.last).toBe("2026/01/17");
  });
});

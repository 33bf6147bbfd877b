import { apiCall } from "../../../../detections/example-record";
import { readDeployment } from "../../../../signals/deployment/read-deployment";
import { parseRecord } from "../../../../signals/records/cloudtrail-record";
import { explainEvent } from "../../../../signals/replay/explain/explain";
import { Evaluator } from "../../../../signals/replay/evaluation/evaluator";
import type { EvaluatorOptions } from "../../../../signals/replay/evaluation/evaluator-options";
import type { TrailEvent } from "../../../../signals/replay/feeds/trail-event";
import { ACCOUNT, folderOf, provider, stackWith, trail } from "../../deployment/terraform-folder";

const call = (changes: object = {}, name = "DisableKey"): object =>
  apiCall("kms", name, { recipientAccountId: ACCOUNT, ...changes });

function evaluatorOf(resources: object, options: EvaluatorOptions = {}, providers = [provider()]): Evaluator {
  return new Evaluator(readDeployment(folderOf({ "main.tf.json": stackWith(resources, providers) })), options);
}

function evaluated(evaluator: Evaluator, ...records: readonly object[]): (TrailEvent | undefined)[] {
  return records.map((record) => evaluator.add(parseRecord(JSON.stringify(record))));
}

function matchedBy(evaluator: Evaluator, ...records: readonly object[]): number {
  evaluated(evaluator, ...records);
  return evaluator.report().detections.reduce((sum, { matched }) => sum + matched, 0);
}

test("counts what matches, raises the alarm at the threshold and notifies the subscribers", () => {
  const evaluator = evaluatorOf(trail());
  const second = call({
    eventTime: "2026-01-15T09:30:30Z",
    userIdentity: { type: "Root", arn: "arn:aws:iam::1:root" },
  });
  evaluated(evaluator, second, call(), call({}, "EnableKey"));
  expect(evaluator.report()).toEqual({
    records: 3,
    duplicates: 0,
    outOfTime: 0,
    unknownAccounts: {},
    unreadable: [],
    skipped: [],
    detections: [
      {
        account: "workloads",
        detection: "key-disabled",
        matched: 2,
        alarms: [
          {
            alarm: "trailwatch-workloads-key-disabled",
            from: "OK",
            to: "ALARM",
            at: Date.parse("2026-01-15T09:31:00Z"),
          },
        ],
        notifications: [
          {
            at: Date.parse("2026-01-15T09:31:00Z"),
            topicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`,
            protocol: "email",
            endpoint: "security@example.com",
          },
        ],
        first: Date.parse("2026-01-15T09:30:00Z"),
        last: Date.parse("2026-01-15T09:30:30Z"),
        principals: [
          { principal: "arn:aws:iam::1:root", count: 1 },
          { principal: "arn:aws:sts::111122223333:assumed-role/Application/session", count: 1 },
        ],
        callers: [
          { principal: "arn:aws:iam::1:root", call: "DisableKey", count: 1 },
          { principal: "arn:aws:sts::111122223333:assumed-role/Application/session", call: "DisableKey", count: 1 },
        ],
      },
    ],
  });
});

test("counts a record that CloudTrail delivers twice once, and counts those of unknown accounts separately", () => {
  const evaluator = evaluatorOf(trail());
  expect(matchedBy(evaluator, call(), call(), call({ recipientAccountId: "999999999999" }))).toBe(1);
  expect(evaluator.report()).toMatchObject({ records: 3, duplicates: 1, unknownAccounts: { "999999999999": 1 } });
});

test("evaluates every record as one account's with 'account'", () => {
  const evaluator = evaluatorOf(trail(), { account: ACCOUNT });
  expect(matchedBy(evaluator, call({ recipientAccountId: "999999999999" }))).toBe(1);
});

test("skips records outside the time range, and detections that are not selected", () => {
  const from = Date.parse("2026-01-15T09:30:00Z");
  const late = call({ eventTime: "2026-01-15T10:00:00Z" });
  expect(matchedBy(evaluatorOf(trail(), { from, to: from + 1 }), call(), late)).toBe(1);
  expect(matchedBy(evaluatorOf(trail(), { from: from + 1 }), call(), late)).toBe(1);
  expect(matchedBy(evaluatorOf(trail(), { detection: "root-use" }), call())).toBe(0);
});

describe("a trail", () => {
  const advanced = (field: string, ...values: string[]): object => ({
    advanced_event_selector: [{ field_selector: [{ field, equals: values }] }],
  });
  test.each<[string, object, object, number]>([
    ["records management events", {}, {}, 1],
    ["records no data events by default", {}, { managementEvent: false, eventCategory: "Data" }, 0],
    ["records data events by an advanced selector", advanced("eventCategory", "Data"), { eventCategory: "Data" }, 1],
    ["records what all fields of a selector select", advanced("eventName", "EnableKey"), {}, 0],
    ["may leave out reads", { event_selector: { read_write_type: "WriteOnly" } }, { readOnly: true }, 0],
    ["may leave out a service", { event_selector: { exclude_management_event_sources: ["kms.amazonaws.com"] } }, {}, 0],
    ["may be stopped", { enable_logging: false }, {}, 0],
    ["of one region knows no other", { is_multi_region_trail: false }, { awsRegion: "eu-north-1" }, 0],
    ["without a log group feeds nothing", { cloud_watch_logs_group_arn: null }, {}, 0],
  ])("%s", (_what, changes, record, matched) => {
    expect(matchedBy(evaluatorOf(trail(changes)), call(record))).toBe(matched);
  });

  test.each([
    ["the chosen bucket", { ARN: "arn:aws:s3:::records/a.csv" }, "records", 1],
    ["another bucket whose name begins alike", { ARN: "arn:aws:s3:::records-old/a.csv" }, "records-old", 0],
    [
      "what is left out of it, although the record names the bucket too",
      { ARN: "arn:aws:s3:::records/tmp/a" },
      "records",
      0,
    ],
    ["a call that names no single object", { ARNPrefix: "arn:aws:s3:::records/" }, "records", 1],
  ])("by resource: %s", (_what, object, bucket, matched) => {
    const fields = [
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      {
        field: "resources.ARN",
        starts_with: ["arn:aws:s3:::records/"],
        not_starts_with: ["arn:aws:s3:::records/tmp/"],
      },
    ];
    const resources = [
      { type: "AWS::S3::Object", ...object },
      { type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` },
    ];
    const evaluator = evaluatorOf(trail({ advanced_event_selector: [{ field_selector: fields }] }));
    expect(matchedBy(evaluator, call({ eventCategory: "Data", resources }))).toBe(matched);
  });

  test("leaves out an excluded bucket, although the record also names it without a key", () => {
    const fields = [
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", not_starts_with: ["arn:aws:s3:::cache/"] },
    ];
    const resources = [
      { type: "AWS::S3::Object", ARN: "arn:aws:s3:::cache/a" },
      { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::cache" },
    ];
    const evaluator = evaluatorOf(trail({ advanced_event_selector: [{ field_selector: fields }] }));
    expect(matchedBy(evaluator, call({ eventCategory: "Data", resources }))).toBe(0);
  });

  test("of the organization records every account", () => {
    const member = { provider: { aws: [provider({ allowed_account_ids: ["444444444444"] })] } };
    const matched = (isOrganizationTrail: boolean): number => {
      const stack = stackWith(trail({ is_organization_trail: isOrganizationTrail }));
      const evaluator = new Evaluator(readDeployment(folderOf({ "a/main.tf.json": stack, "b/main.tf.json": member })));
      return matchedBy(evaluator, call({ recipientAccountId: "444444444444" }));
    };
    expect([matched(true), matched(false)]).toEqual([1, 0]);
  });
});

describe("a rule", () => {
  const PATTERN = {
    source: ["aws.kms"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventName: ["DisableKey"] },
  };
  const bus = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`;
  const rules = (changes: object = {}, far: object = {}): object => ({
    aws_cloudwatch_event_rule: {
      home: { name: "home", event_pattern: JSON.stringify(PATTERN), ...changes },
      far: { name: "far", event_pattern: JSON.stringify(PATTERN), provider: "aws.us-east-1", ...far },
    },
    aws_cloudwatch_event_target: {
      home: { rule: "${aws_cloudwatch_event_rule.home.name}", arn: "${aws_cloudwatch_log_group.group.arn}" },
      far: { rule: "${aws_cloudwatch_event_rule.far.name}", arn: bus, provider: "aws.us-east-1" },
    },
    aws_cloudwatch_log_metric_filter: {
      filter: {
        name: "filter",
        log_group_name: "/events",
        pattern: '{ $.detail.eventSource = "kms.amazonaws.com" }',
        metric_transformation: { name: "key-disabled", namespace: "Trailwatch", value: "1" },
      },
    },
  });
  const providers = [provider(), provider({ alias: "us-east-1", region: "us-east-1" })];
  const ALL = { state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" };

  test.each<[string, object, object, string | undefined]>([
    ["lets through what matches", {}, {}, undefined],
    [
      "stops what does not",
      {},
      { eventName: "EnableKey" },
      'its pattern requires {"detail":{"eventName":["DisableKey"]}}',
    ],
    ["by default sees no reads", {}, { readOnly: true }, "leaves out read-only management events"],
    ["sees reads in the state for it", ALL, { readOnly: true }, undefined],
    ["may be disabled", { state: "DISABLED" }, {}, "disabled"],
    ["sees another region when that forwards", {}, { awsRegion: "us-east-1" }, undefined],
    [
      "sees no region that does not forward",
      {},
      { awsRegion: "eu-north-1" },
      "no rule forwards events of eu-north-1: the account does not watch it",
    ],
    [
      "sees data events only when a trail records them",
      {},
      { eventCategory: "Data" },
      "no trail records this data event",
    ],
  ])("%s", (_what, changes, record, reason) => {
    const evaluator = evaluatorOf(rules(changes), {}, providers);
    const [event] = evaluated(evaluator, call(record));
    expect(evaluator.report().detections).toHaveLength(reason === undefined ? 1 : 0);
    const feeds = event === undefined ? [] : explainEvent(evaluator, event).feeds;
    expect(feeds).toMatchObject([{ passes: reason === undefined }]);
    expect(feeds[0]?.reason).toContain(reason ?? "its pattern matches");
  });

  test("adds zeros for what it passes beside another rule of its log group", () => {
    const pattern = (eventName: string) => JSON.stringify({ ...PATTERN, detail: { eventName: [eventName] } });
    const target = { arn: "${aws_cloudwatch_log_group.group.arn}" };
    const evaluator = evaluatorOf({
      aws_cloudwatch_event_rule: {
        enable: { name: "enable", event_pattern: pattern("EnableKey") },
        list: { name: "list", event_pattern: pattern("ListKeys") },
      },
      aws_cloudwatch_event_target: { enable: { rule: "enable", ...target }, list: { rule: "list", ...target } },
      aws_cloudwatch_log_metric_filter: {
        filter: {
          name: "filter",
          log_group_name: "/events",
          pattern: '{ $.detail.eventName = "DisableKey" }',
          metric_transformation: { name: "key-disabled", namespace: "Trailwatch", value: "1", default_value: "0" },
        },
      },
    });
    const at = (minute: number, name: string) => call({ eventTime: `2026-01-15T09:3${minute}:10Z` }, name);
    evaluated(evaluator, at(1, "EnableKey"), at(3, "ListKeys"), at(3, "EnableKey"), at(5, "DescribeKey"));
    const [sets] = evaluator.detections.flatMap(({ tallies }) => tallies.map(({ zeroMinuteSets }) => zeroMinuteSets));
    expect([...(sets ?? [])].flatMap((minutes) => [...minutes]).map((time) => new Date(time).toISOString())).toEqual([
      "2026-01-15T09:31:00.000Z",
      "2026-01-15T09:33:00.000Z",
    ]);
  });

  test("is not reached when the other region's rule stops the event", () => {
    expect(
      matchedBy(evaluatorOf(rules({}, { state: "DISABLED" }), {}, providers), call({ awsRegion: "us-east-1" })),
    ).toBe(0);
  });
});

describe("explains", () => {
  const spansOf = (record: object): (string[] | boolean)[] => {
    const evaluator = evaluatorOf(trail());
    const [event] = evaluated(evaluator, record);
    const filters = event === undefined ? [] : explainEvent(evaluator, event).feeds.flatMap((feed) => feed.filters);
    return filters.flatMap(({ filter, spans, matches, isNear }) => [
      matches,
      isNear,
      spans.map(({ start, end }) => filter.deployed.pattern.slice(start, end)),
    ]);
  };

  test("which clauses let an event through", () => {
    const clauses = ['$.eventSource = "kms.amazonaws.com"', '$.eventName = "DisableKey"'];
    expect(spansOf(call())).toEqual([true, false, clauses]);
  });

  test("which one stopped it", () => {
    expect(spansOf(call({}, "EnableKey"))).toEqual([false, true, ['$.eventName = "DisableKey"']]);
  });

  test("that nothing fits", () => {
    expect(spansOf(call({ eventSource: "s3.amazonaws.com" }, "GetObject"))).toMatchObject([
      false,
      false,
      { length: 2 },
    ]);
  });
});

import type { z } from "zod";
import * as fields from "../../../organization/schema/fields";
import { detectionSettings, packs } from "../../../organization/schema/detection-settings";
import { accountFile, organizationFile } from "../../../organization/schema/schema";

const region = organizationFile.shape.homeRegion;
const retention = accountFile.shape.logRetentionDays;
const trailRetention = organizationFile.shape.trail.unwrap().shape.logRetentionDays;
const lockDays = organizationFile.shape.archive.shape.objectLock.unwrap().shape.retentionDays;
const recovery = accountFile.shape.secrets.unwrap().shape.create.unwrap().element.shape.recoveryWindowDays;
const { periodSeconds, threshold, evaluationPeriods, severity } = detectionSettings.shape;
const ignore = detectionSettings.shape.ignore.unwrap().element;
const entry = { field: "userIdentity.arn", equals: "x", reason: "y" };

const cases: Record<string, { schema: z.ZodType; good: unknown[]; bad: unknown[] }> = {
  "organization id": {
    schema: organizationFile.shape.id,
    good: [`o-${"a".repeat(10)}`, `o-${"9".repeat(32)}`],
    bad: [`o-${"a".repeat(9)}`, `o-${"a".repeat(33)}`, "o-Abcdefghij", "x-abcdefghij", ""],
  },
  "account id": {
    schema: fields.accountId,
    good: ["000000000000", "123456789012"],
    bad: ["12345678901", "1234567890123", "12345678901x", 123456789012],
  },
  "account name": {
    schema: fields.accountName,
    good: ["a", "a1-b2", "x".repeat(40)],
    bad: ["", "x".repeat(41), "1a", "A", "a--b", "-a", "a-", "a_b", "a b"],
  },
  "bucket name": {
    schema: fields.bucketName,
    good: ["abc", "a".repeat(63), "1-2"],
    bad: [
      "ab",
      "a".repeat(64),
      "-ab",
      "ab-",
      "aBc",
      "a.b",
      "xn--abc",
      "sthree-abc",
      "amzn-s3-demo-abc",
      "abc-s3alias",
      "abc--ol-s3",
      "abc--x-s3",
      "abc--table-s3",
    ],
  },
  "role name": {
    schema: fields.roleName,
    good: ["r", "a".repeat(64), "a+=,.@_-b"],
    bad: ["", "a".repeat(65), "/a", "a/", "a//b", "a*/b", "a b"],
  },
  "email address": {
    schema: fields.email,
    good: ["a@example.com", "first.last+tag@sub.example.com"],
    bad: ["", "a", "a@", "a@b", "a b@example.com", "Ann <a@example.com>"],
  },
  "https address": {
    schema: fields.httpsUrl,
    good: ["https://example.com/a?b=c"],
    bad: ["http://example.com", "example.com", "ftp://example.com", ""],
  },
  "queue ARN": {
    schema: fields.queueArn,
    good: ["arn:aws:sqs:eu-west-1:111122223333:alerts", `arn:aws:sqs:eu-west-1:111122223333:${"q".repeat(80)}`],
    bad: [
      "alerts",
      "arn:aws:sqs:eu-west-1:111122223333:alerts.fifo",
      "arn:aws:sqs:eu-west-1:1111:alerts",
      `arn:aws:sqs:eu-west-1:111122223333:${"q".repeat(81)}`,
      "arn:aws:sns:eu-west-1:111122223333:alerts",
    ],
  },
  "secret to create": {
    schema: fields.secretName,
    good: ["a", "s".repeat(512), "path/to_a+b=c.d@e", "my-secret"],
    bad: ["", "s".repeat(513), "a b", "a*"],
  },
  "secret to watch": {
    schema: fields.watchedSecret,
    good: ["a", "a/*", "*", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbC123"],
    bad: ["", "a*b", "**", "a b", "arn:aws:secretsmanager:eu-west-1:1111:secret:a", "arn:aws:s3:::bucket"],
  },
  region: {
    schema: region,
    good: ["eu-west-1", "us-gov-east-1", "cn-north-1"],
    bad: ["eu-west-9", "EU-WEST-1", "us-iso-east-1", ""],
  },
  "retention of an account's log group": {
    schema: retention,
    good: [1, 365, 3653],
    bad: [0, 2, 364, 366, 3654, "365"],
  },
  "retention of the trail's log group": { schema: trailRetention, good: [365, 400], bad: [180, 364, 366] },
  "retention of the object lock": { schema: lockDays, good: [2, 36500], bad: [1, 36501, 2.5] },
  "recovery window": { schema: recovery, good: [7, 30], bad: [6, 31, 7.5] },
  period: { schema: periodSeconds, good: [60, 120, 604_800], bad: [0, 10, 20, 30, 59, 61, 90.5, -60] },
  "evaluation periods": { schema: evaluationPeriods, good: [1, 2], bad: [0, 1.5] },
  severity: { schema: severity, good: ["critical", "high", "medium", "low"], bad: ["High", "info", ""] },
  packs: { schema: packs, good: [[], ["secrets", "access"]], bad: [["nothing"], "secrets"] },
  runbooks: {
    schema: organizationFile.shape.runbooks,
    good: ["https://wiki.example.com/runbooks", undefined],
    bad: [
      "https://wiki.example.com/runbooks/",
      "http://wiki.example.com",
      "docs/runbooks",
      "https://wiki.example.com?",
    ],
  },
  "entry to ignore": {
    schema: ignore,
    good: [
      entry,
      { ...entry, until: "2028-02-29" },
      { field: "resources[0].ARN", matches: "a*", reason: "y" },
      { ...entry, field: "sourceIPAddress" },
      ...["198.51.100.7", "10.0.0.0/8", "10.20.0.0/16", "10.20.30.0/24", "10.20.30.40/32", "172.16.0.0/12"].map(
        (ipAddress) => ({ ipAddress, reason: "y" }),
      ),
      { ipAddress: "2001:db8::1", reason: "y" },
      { all: [{ field: "userAgent", equals: "x" }, { ipAddress: "10.0.0.0/8" }], reason: "y", until: "2028-02-29" },
      {
        all: [
          { field: "userAgent", matches: "*a" },
          { field: "userAgent", matches: "b*" },
        ],
        reason: "y",
      },
    ],
    bad: [
      {},
      { ...entry, reason: undefined },
      { ...entry, reason: " " },
      { ...entry, matches: "x*" },
      { ...entry, equals: undefined },
      { ...entry, equals: "" },
      { ...entry, equals: "x*" },
      { ...entry, equals: undefined, matches: "x" },
      { ...entry, equals: undefined, matches: "**" },
      { ...entry, until: "2027-02-29" },
      { ...entry, until: "28.02.2027" },
      { ...entry, field: "userIdentiy.arn" },
      { ...entry, field: "userIdentity" },
      { ...entry, field: "userIdentity.a b" },
      { ...entry, field: "resources[*].ARN" },
      { ...entry, field: "readOnly" },
      { ...entry, because: "y" },
      { ...entry, field: undefined },
      { ...entry, ipAddress: "10.0.0.0/8" },
      ...["10.0.0.1/8", "0.0.0.0/0", "10.0.0.0/7", "10.0.0.0/33", "10.0.0.0/", "10.0.0", "10.0.0.256", "010.0.0.1"].map(
        (ipAddress) => ({ ipAddress, reason: "y" }),
      ),
      ...["2001:db8::/32", "2001:DB8::1", "2001:db8:0:0:0:0:0:1", "lambda.amazonaws.com", "10.*", ""].map(
        (ipAddress) => ({ ipAddress, reason: "y" }),
      ),
      { all: [], reason: "y" },
      { all: [{ field: "userAgent", equals: "x" }], reason: "y" },
      { all: [{ field: "userAgent", equals: "x" }, { field: "userAgent" }], reason: "y" },
      {
        all: [
          { field: "userAgent", equals: "x" },
          { ...entry, field: "errorCode" },
        ],
        reason: "y",
      },
      { ...entry, all: [{ field: "userAgent", equals: "x" }, { ipAddress: "10.0.0.0/8" }] },
    ],
  },
  threshold: { schema: threshold, good: [1, 1000], bad: [0, -1, 1.5] },
};

describe.each(Object.entries(cases))("%s", (_, { schema, good, bad }) => {
  test.each(good.map((value) => [value]))("takes %j", (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  test.each(bad.map((value) => [value]))("refuses %j", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

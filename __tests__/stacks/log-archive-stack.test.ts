import { allDetections } from "../../detections/catalogue";
import { LogArchiveStack } from "../../stacks/log-archive-stack";
import { savedQueries } from "../../stacks/saved-queries";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import {
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthApp,
  testApp,
  type StackJson,
} from "../support/synth";

function synth(changes: OrganizationChanges = {}) {
  const app = testApp();
  new LogArchiveStack(app, "log-archive", { organization: testOrganization(changes) });
  return named(synthApp(app), "log-archive");
}

const stack = synth();
const keyPolicy = (of: StackJson) => JSON.stringify(policyOf(resourceOf(of, "aws_kms_key")));
const bucketPolicies = (of: StackJson) =>
  JSON.stringify(resourcesOf(of, "aws_s3_bucket_policy").map((resource) => policyOf(resource)));

test("the archive is in the log-archive account, in the home region", () => {
  expect(stack.provider.aws).toMatchObject([{ allowed_account_ids: ["222222222222"], region: "eu-west-1" }]);
});

test("of the three buckets only the archive is locked", () => {
  const buckets = resourcesOf(stack, "aws_s3_bucket");
  expect(buckets.map(({ bucket, object_lock_enabled }) => [bucket, object_lock_enabled]).sort()).toEqual([
    ["example-archive", true],
    ["example-archive-access-logs", false],
    ["example-archive-athena", false],
  ]);
});

test("the lock has the configured mode and duration; the default is governance for a year", () => {
  const lock = (of: StackJson) => resourceOf(of, "aws_s3_bucket_object_lock_configuration").rule;
  expect(lock(stack)).toEqual({ default_retention: { mode: "GOVERNANCE", days: 365 } });
  const archive = { bucket: "example-archive", objectLock: { mode: "COMPLIANCE", retentionDays: 2555 } } as const;
  expect(lock(synth({ archive }))).toEqual({ default_retention: { mode: "COMPLIANCE", days: 2555 } });
});

test("the organization's trail is admitted, by key and bucket", () => {
  const arn = '"arn:aws:cloudtrail:eu-west-1:111111111111:trail/trailwatch-organization"';
  expect(keyPolicy(stack)).toContain(arn);
  expect(bucketPolicies(stack)).toContain(arn);
});

test("trails that do not exist are not admitted", () => {
  for (const text of [keyPolicy(stack), bucketPolicies(stack)]) {
    expect(text).not.toContain("trailwatch-organization-data");
    expect(text).not.toContain("trailwatch-account");
  }
});

test("a data trail and an account trail are admitted if they exist", () => {
  const more = synth({
    trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }] },
    accounts: { workloads: { feed: "account-trail" } },
  });
  for (const text of [keyPolicy(more), bucketPolicies(more)]) {
    expect(text).toContain("111111111111:trail/trailwatch-organization-data");
    expect(text).toContain("333333333333:trail/trailwatch-account");
  }
});

test("readers, colder storage, other writers and the break-glass role are passed on", () => {
  const archive = {
    bucket: "example-archive",
    readerRoleArns: ["arn:aws:iam::222222222222:role/reader"],
    colderStorageAfterDays: 30,
    denyWritesNotFromCloudTrail: false,
    breakGlassRole: "break-glass",
  };
  const more = synth({ archive });
  expect(keyPolicy(more)).toContain("role/reader");
  expect(bucketPolicies(more)).toContain("role/break-glass");
  expect(bucketPolicies(more)).not.toContain("DenyWritesNotFromCloudTrail");
  expect(bucketPolicies(stack)).toContain("DenyWritesNotFromCloudTrail");
  expect(JSON.stringify(more)).toContain('"transition":[{"days":30,');
});

test("an archive name that leaves no room for '-access-logs' is rejected", () => {
  expect(() => synth({ archive: { bucket: "a".repeat(52) } })).toThrow(/at most 51 characters/);
  expect(() => synth({ archive: { bucket: "a".repeat(51) } })).not.toThrow();
});

test("accesses to the archive and to query results are logged, each under the bucket's name", () => {
  const logged = (of: StackJson) => resourcesOf(of, "aws_s3_bucket_logging").map(({ target_prefix: prefix }) => prefix);
  expect(logged(stack).sort()).toEqual(["example-archive-athena/", "example-archive/"]);
  const sources = (of: StackJson) =>
    resourcesOf(of, "aws_s3_bucket_policy").flatMap((resource) =>
      policyOf(resource).Statement.flatMap(({ Sid, Condition }) =>
        Sid === "AllowServerAccessLogs" ? Condition?.ArnLike?.["aws:SourceArn"] : [],
      ),
    );
  expect(sources(stack)).toEqual(["arn:aws:s3:::example-archive", "arn:aws:s3:::example-archive-athena"]);
  const without = synth({ athena: { enabled: false } });
  expect(logged(without)).toEqual(["example-archive/"]);
  expect(sources(without)).toEqual(["arn:aws:s3:::example-archive"]);
});

describe("queries over the archive", () => {
  const athena = (settings: OrganizationChanges["athena"]) => synth({ athena: settings });
  const workgroup = (of: StackJson) => resourceOf(of, "aws_athena_workgroup").configuration;

  test("exist unless they are disabled; then none of their resources exist", () => {
    expect(resourceOf(stack, "aws_athena_workgroup").name).toBe("trailwatch");
    const without = synth({
      athena: { enabled: false },
      archive: { bucket: "example-archive", readerRoleArns: ["arn:aws:iam::222222222222:role/reader"] },
    });
    expect(Object.keys(without.resource ?? {}).filter((type) => /athena|glue/.test(type))).toEqual([]);
    expect(JSON.stringify(without)).not.toContain("example-archive-athena");
  });

  test("reach back as far as the archive keeps its objects", () => {
    const rangeOf = (of: StackJson) =>
      (resourceOf(of, "aws_glue_catalog_table").parameters as Record<string, string>)["projection.day.range"];
    expect(rangeOf(stack)).toBe("NOW-366DAYS,NOW");
    const archive = { bucket: "example-archive", objectLock: { retentionDays: 2555 } };
    expect(rangeOf(synth({ archive }))).toBe("NOW-2556DAYS,NOW");
  });

  test("stop at the organization's limit, and their results expire as configured", () => {
    expect(workgroup(stack)).toMatchObject({ bytes_scanned_cutoff_per_query: 100e9 });
    expect(workgroup(athena({ scanLimitGigabytes: 5 }))).toMatchObject({ bytes_scanned_cutoff_per_query: 5e9 });
    expect(JSON.stringify(athena({ resultRetentionDays: 7 }))).toContain('"expiration":[{"days":7}]');
  });

  test("readers may encrypt results, in the results bucket only", () => {
    const archive = { bucket: "example-archive", readerRoleArns: ["arn:aws:iam::222222222222:role/reader"] };
    expect(
      statementOf(policyOf(resourceOf(synth({ archive }), "aws_kms_key")), "AllowLogReadersEncryptResults"),
    ).toEqual(
      expect.objectContaining({
        Action: "kms:GenerateDataKey",
        Condition: expect.objectContaining({
          StringLike: {
            "kms:EncryptionContext:aws:s3:arn": [
              "arn:aws:s3:::example-archive-athena",
              "arn:aws:s3:::example-archive-athena/*",
            ],
          },
        }) as object,
      }),
    );
    expect(keyPolicy(stack)).not.toContain("AllowLogReadersEncryptResults");
  });

  test("a query is saved for each detection and for each follow-up question", () => {
    const reason = "Reads all secrets every night.";
    const ignore = [{ field: "userIdentity.userName" as const, equals: "scanner", reason }];
    const webhooks = [{ name: "pager", url: "https://example.com/alerts" }];
    const full = synth({
      alertHub: { account: "workloads", webhooks },
      detections: { "watched-secret-reads": { ignore } },
    });
    const names = resourcesOf(full, "aws_athena_named_query").map(({ name }) => String(name));
    expect(names).toContain("Who read this secret");
    const ids = names.flatMap((name) => (name.includes(": ") ? [name.split(": ")[0]] : []));
    // Its secrets, like the bucket of the state, are somewhere: in an organization without them there is no query. The
    // same holds for ignored names, the alert hub and its webhooks.
    expect(ids.sort()).toEqual(
      allDetections()
        .map(({ detection }) => detection.id)
        .sort(),
    );
  });

  test("a query that would grow with the accounts is left out: watched secrets that differ in many accounts", () => {
    const watching = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `team-${index}`,
          { id: String(500_000_000_000 + index), role: "member" as const, secrets: { watch: [`secret-${index}`] } },
        ]),
      );
    const saved = (count: number) => savedQueries(testOrganization({ accounts: watching(count) })).map(({ id }) => id);
    // The organization has one of its own.
    expect(saved(19)).toContain("watched-secret-reads");
    expect(saved(20)).toEqual(saved(19).filter((id) => id !== "watched-secret-reads"));
  });

  test("nothing grows with the accounts", () => {
    const more = { accounts: { another: { id: "444444444444", role: "member" as const } } };
    const queried = (of: StackJson) => [of.resource?.aws_glue_catalog_table, of.resource?.aws_athena_named_query];
    expect(queried(synth(more))).toEqual(queried(stack));
  });
});

test("nothing is read from another stack", () => {
  expect(stack.data).toBeUndefined();
});

import { ArchiveQueries, type ArchiveQueriesProps } from "../../../modules/archive-queries/archive-queries";
import { addressesOf, policyOf, resourceOf, resourcesOf, synthModule } from "../../support/synth";

const KEY = "arn:aws:kms:eu-west-1:222222222222:key/1";
const QUERY = { id: "one", name: "trailwatch/one", description: "What it answers", sql: "SELECT 1" };

const synth = (changes: Partial<ArchiveQueriesProps> = {}) =>
  synthModule((scope) => {
    new ArchiveQueries(scope, "queries", {
      workgroupName: "trailwatch",
      archiveBucket: "example-archive",
      keyPrefix: "AWSLogs/o-exampleorgid/",
      resultsKeyArn: KEY,
      region: "eu-west-1",
      accountId: "222222222222",
      resultsBucketName: "example-archive-athena",
      organizationId: "o-exampleorgid",
      regions: ["eu-west-1", "us-east-1"],
      archiveDays: 366,
      resultRetentionDays: 30,
      scanLimitGigabytes: 100,
      savedQueries: [QUERY],
      ...changes,
    });
  });

const stack = synth();

test("the workgroup enforces encryption, limits and metrics for every query", () => {
  expect(resourceOf(stack, "aws_athena_workgroup").configuration).toEqual({
    enforce_workgroup_configuration: true,
    publish_cloudwatch_metrics_enabled: true,
    bytes_scanned_cutoff_per_query: 100_000_000_000,
    engine_version: { selected_engine_version: "Athena engine version 3" },
    result_configuration: {
      output_location: expect.stringMatching(/^s3:\/\/\$\{aws_s3_bucket\.queries_results_bucket_\w+\.id}\/$/) as string,
      expected_bucket_owner: "222222222222",
      encryption_configuration: { encryption_option: "SSE_KMS", kms_key_arn: KEY },
    },
  });
});

test("the workgroup can be removed after queries have run", () => {
  expect(resourceOf(stack, "aws_athena_workgroup").force_destroy).toBe(true);
});

test("partitions: accounts come from the query, regions are an enum, days end today", () => {
  expect(resourceOf(stack, "aws_glue_catalog_table").parameters).toEqual({
    EXTERNAL: "TRUE",
    "projection.enabled": "true",
    "projection.account.type": "injected",
    "projection.region.type": "enum",
    "projection.region.values": "eu-west-1,us-east-1",
    "projection.day.type": "date",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.range": "NOW-366DAYS,NOW",
    "storage.location.template":
      "s3://example-archive/AWSLogs/o-exampleorgid/$${account}/CloudTrail/$${region}/$${day}",
  });
});

test("the table has its partition columns once, at the end", () => {
  const { partition_keys: keys, storage_descriptor: storage } = resourceOf(stack, "aws_glue_catalog_table") as {
    readonly partition_keys: readonly { readonly name: string }[];
    readonly storage_descriptor: { readonly columns: readonly { readonly name: string }[] };
  };
  expect(keys.map(({ name }) => name)).toEqual(["account", "region", "day"]);
  const columns = storage.columns.map(({ name }) => name);
  expect(columns).toEqual(expect.arrayContaining(["useridentity", "eventname", "requestparameters"]));
  expect(columns.filter((name) => keys.some((key) => key.name === name))).toEqual([]);
});

describe("the results bucket", () => {
  test("is private, encrypted with the archive's key, and denies principals outside the organization and requests without TLS", () => {
    expect(resourceOf(stack, "aws_s3_bucket_public_access_block").block_public_policy).toBe(true);
    expect(JSON.stringify(resourceOf(stack, "aws_s3_bucket_server_side_encryption_configuration"))).toContain(KEY);
    expect(
      policyOf(resourceOf(stack, "aws_s3_bucket_policy")).Statement.map(({ Sid, Effect }) => [Sid, Effect]),
    ).toEqual([
      ["DenyInsecureTransport", "Deny"],
      ["DenyOutdatedTls", "Deny"],
      ["DenyOutsideOrganization", "Deny"],
    ]);
  });

  test("expires results, and is removed with the queries when they are disabled", () => {
    expect(resourceOf(stack, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      { expiration: [{ days: 30 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
    ]);
    expect(resourceOf(stack, "aws_s3_bucket")).toMatchObject({ bucket: "example-archive-athena", force_destroy: true });
  });
});

describe("a saved query", () => {
  test("is in the workgroup and queries the table's database", () => {
    expect(resourceOf(stack, "aws_athena_named_query")).toMatchObject({
      name: "trailwatch/one",
      query: "SELECT 1",
      workgroup: expect.stringContaining("aws_athena_workgroup.queries_workgroup") as string,
      database: expect.stringContaining("aws_glue_catalog_table.queries_table") as string,
    });
    expect(resourcesOf(synth({ savedQueries: [] }), "aws_athena_named_query")).toEqual([]);
  });

  test.each([
    ["name", { name: "x".repeat(129) }, 128],
    ["description", { description: "x".repeat(1025) }, 1024],
    ["sql", { sql: "x".repeat(262_145) }, 262_144],
  ])("is refused when its %s is longer than Athena takes", (property, change, limit) => {
    expect(() => synth({ savedQueries: [{ ...QUERY, ...change }] })).toThrow(
      `'${property}' of query 'one' must be at most ${limit}`,
    );
    const longest = Object.fromEntries(Object.entries(change).map(([key, text]) => [key, text.slice(1)]));
    expect(() => synth({ savedQueries: [{ ...QUERY, ...longest }] })).not.toThrow();
  });
});

test("nothing else is created", () => {
  expect(addressesOf(stack).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toMatchInlineSnapshot(`
   [
     "aws_athena_named_query.queries_one",
     "aws_athena_workgroup.queries_workgroup",
     "aws_glue_catalog_database.queries_table_database",
     "aws_glue_catalog_table.queries_table",
     "aws_s3_bucket.queries_results_bucket",
     "aws_s3_bucket_lifecycle_configuration.queries_results_lifecycle",
     "aws_s3_bucket_ownership_controls.queries_results_bucket_ownership",
     "aws_s3_bucket_policy.queries_results_bucket_policy",
     "aws_s3_bucket_public_access_block.queries_results_bucket_public-access-block",
     "aws_s3_bucket_server_side_encryption_configuration.queries_results_bucket_encryption",
     "aws_s3_bucket_versioning.queries_results_bucket_versioning",
   ]
  `);
});

import { differences, type Finding } from "../../scan/compare";
import { met, waived, withoutResult } from "../../scan/checks/outcome";
import { checkovFindings } from "../../scan/scanners/checkov-results";
import { prowlerFindings } from "../../scan/scanners/prowler-results";
import { scanText } from "../../scan/text";

const TYPES = new Set(["aws_s3_bucket"]);
const PAYMENTS = { name: "payments", role: "member", feed: "event-bus" } as const;
const VERSIONING = met("CKV_AWS_21", "Versioning", "aws_s3_bucket");
const KMS = waived(met("CKV_AWS_145", "KMS", "aws_s3_bucket"), "Log delivery needs SSE-S3.", ["*_access-logs_bucket"]);

test("results that agree with the table have no difference", () => {
  const report = checkov([
    passed("CKV_AWS_21", BUCKET),
    passed("CKV_AWS_145", BUCKET),
    failed("CKV_AWS_145", ACCESS_LOGS),
  ]);
  expect(differences([VERSIONING, KMS], checkovFindings(report), TYPES)).toEqual([]);
});

test("a failed check without a waiver is reported with its resources", () => {
  const report = checkov([failed("CKV_AWS_21", BUCKET), failed("CKV_AWS_21", ACCESS_LOGS)]);
  expect(differences([VERSIONING], checkovFindings(report), TYPES)).toEqual([
    {
      kind: "failed",
      check: "CKV_AWS_21",
      title: "Versioning",
      resources: ["example/log-archive/archive_access-logs_bucket", "example/log-archive/archive_bucket"],
    },
  ]);
});

test("a waiver covers only its resources", () => {
  const report = checkov([failed("CKV_AWS_145", BUCKET), failed("CKV_AWS_145", ACCESS_LOGS)]);
  expect(differences([KMS], checkovFindings(report), TYPES)).toMatchObject([
    { kind: "failed", resources: ["example/log-archive/archive_bucket"] },
  ]);
});

test("a waiver whose resources all meet the check is reported", () => {
  const report = checkov([passed("CKV_AWS_145", BUCKET), passed("CKV_AWS_145", ACCESS_LOGS)]);
  expect(differences([KMS], checkovFindings(report), TYPES)).toMatchObject([
    { kind: "needless-waiver", check: "CKV_AWS_145", pattern: "*_access-logs_bucket" },
  ]);
});

test("a waiver for resources that an organization does not have is not reported", () => {
  expect(differences([KMS], checkovFindings(checkov([passed("CKV_AWS_145", BUCKET)])), TYPES)).toEqual([]);
});

test.each(["management", "log-archive", "member"] as const)("a waiver can cover the accounts of a kind: %s", (role) => {
  const report = prowler([{ code: "kms_cmk_rotation_enabled", status: "FAIL" }]);
  const kind = role === "member" ? "event-bus" : role;
  const findings = prowlerFindings(report, { ...PAYMENTS, role });
  const check = met("kms_cmk_rotation_enabled", "Rotation", "aws_kms_key");
  expect(differences([waived(check, "Reason.", [`${kind}/*`])], findings, TYPES)).toEqual([]);
  expect(differences([waived(check, "Reason.", ["account-trail/*"])], findings, TYPES)).toHaveLength(1);
});

test.each([true, false])("a check that the table lacks is reported, passed: %s", (isPassed) => {
  const report = prowler([{ code: "kms_cmk_rotation_enabled", status: isPassed ? "PASS" : "FAIL" }]);
  expect(differences([], prowlerFindings(report, PAYMENTS), TYPES)).toEqual([
    { kind: "unknown-check", check: "kms_cmk_rotation_enabled", title: "Rotation is enabled", failed: !isPassed },
  ]);
});

test("a listed check without a result is reported, unless the table says why", () => {
  expect(differences([VERSIONING], [], TYPES)).toEqual([
    { kind: "no-result", check: "CKV_AWS_21", title: "Versioning" },
  ]);
  expect(differences([withoutResult(VERSIONING, "No bucket.")], [], TYPES)).toEqual([]);
});

test("an organization without resources of a check's types has no result of it", () => {
  expect(differences([VERSIONING], [], new Set(["aws_sns_topic"]))).toEqual([]);
  expect(differences([met("X", "Title", "account")], [], new Set())).toMatchObject([{ kind: "no-result" }]);
  expect(differences([met("X", "Title", "aws_sqs_queue, aws_s3_bucket")], [], TYPES)).toHaveLength(1);
});

test("Prowler's manual results are no findings, and ids of accounts and regions are left out", () => {
  const report = prowler([
    { code: "kms_cmk_rotation_enabled", status: "FAIL" },
    { code: "cloudtrail_bucket_requires_mfa_delete", status: "MANUAL" },
  ]);
  const finding: Finding = {
    check: "kms_cmk_rotation_enabled",
    title: "Rotation is enabled",
    resource: "event-bus/payments/kms:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    passed: false,
  };
  expect(prowlerFindings(report, PAYMENTS)).toEqual([finding]);
});

test("checkov's files that it could not read are an error, and so is other output", () => {
  expect(() => checkovFindings({ results: {}, summary: { parsing_errors: 7 } })).toThrow(
    "could not read 7 of the files",
  );
  expect(() => checkovFindings([])).toThrow("another version");
  expect(() => prowlerFindings({}, PAYMENTS)).toThrow("another version");
});

test("each difference is a line that says what to do", () => {
  const found = differences(
    [VERSIONING, KMS],
    checkovFindings(checkov([failed("CKV_AWS_21", BUCKET), failed("CKV_X", BUCKET)])),
    TYPES,
  );
  expect(scanText([{ tool: "checkov", version: "1.0", findings: 2, differences: found }])).toEqual([
    "checkov 1.0: 2 results, 3 differ from docs/compliance.md",
    expect.stringContaining("CKV_AWS_21 (Versioning) failed for example/log-archive/archive_bucket: fix the resource"),
    expect.stringContaining("CKV_AWS_145 (KMS) is listed and was not evaluated"),
    expect.stringContaining("CKV_X (Some title) failed and is not listed"),
  ]);
});

const BUCKET = "aws_s3_bucket.archive_bucket_46425D12";
// checkov writes `resource` instead of the type for some checks
const ACCESS_LOGS = "resource.archive_access-logs_bucket_FCACE422";

interface CheckovResult {
  readonly check_id: string;
  readonly check_name: string;
  readonly check_result: { readonly result: string; readonly evaluated_keys: readonly string[] };
  readonly file_path: string;
  readonly resource: string;
}

function result(id: string, resource: string, outcome: string): CheckovResult {
  return {
    check_id: id,
    check_name: "Some title",
    check_result: { result: outcome, evaluated_keys: [] },
    file_path: "/example/log-archive/stack.tf.json",
    resource,
  };
}

function passed(id: string, resource: string): CheckovResult {
  return result(id, resource, "PASSED");
}

function failed(id: string, resource: string): CheckovResult {
  return result(id, resource, "FAILED");
}

/** As `checkov --output json` prints it. */
function checkov(results: readonly CheckovResult[]): unknown {
  const of = (outcome: string) => results.filter(({ check_result }) => check_result.result === outcome);
  const [passedChecks, failedChecks] = [of("PASSED"), of("FAILED")];
  return {
    check_type: "terraform_json",
    results: { passed_checks: passedChecks, failed_checks: failedChecks, skipped_checks: [], parsing_errors: [] },
    summary: {
      passed: passedChecks.length,
      failed: failedChecks.length,
      skipped: 0,
      parsing_errors: 0,
      resource_count: 0,
    },
  };
}

/** As Prowler writes it in the format `json-ocsf`. */
function prowler(findings: readonly { readonly code: string; readonly status: string }[]): unknown {
  return findings.map(({ code, status }) => ({
    metadata: { event_code: code, product: { name: "Prowler", vendor_name: "Prowler" } },
    status_code: status,
    status: "New",
    finding_info: { title: "Rotation is enabled", uid: `prowler-aws-${code}` },
    resources: [
      {
        cloud_partition: "aws",
        region: "eu-west-1",
        name: "1234abcd-12ab-34cd-56ef-1234567890ab",
        type: "AwsKmsKey",
        uid: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
    ],
  }));
}

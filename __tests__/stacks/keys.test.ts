import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { keyPurposes } from "../../lib/naming/key-purposes";
import { synthesizeStacks } from "../../main";
import { readDeployment } from "../../signals";
import { existingKeyChecks, requestsOf } from "../../verification/checks/existing-keys";
import { readExpected } from "../../verification/expected/read-expected";
import { resourcesOfStacks, synthVariant, variantNamed } from "../support/variants";
import { FakeAws } from "../verification/support/fake-aws";
import { subjectWith } from "../verification/support/subject";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-keys-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("keys that AWS owns", () => {
  const stacks = synthVariant(variantNamed("alert hub with a digest, encrypted with keys of AWS"));
  const resources = resourcesOfStacks(stacks);

  test("no key is created or named, and nothing refers to one", () => {
    expect(resources.filter(({ type }) => type === "aws_kms_key" || type === "aws_kms_alias")).toEqual([]);
    const named = resources.filter(({ values }) =>
      ["kms_key_id", "kms_master_key_id", "kms_key_identifier"].some((argument) => argument in values),
    );
    expect(named).toEqual([]);
    expect(JSON.stringify(stacks)).not.toMatch(/aws_kms_key|undefined/);
  });

  test("buckets, results and queues are still encrypted, and the state's backend", () => {
    const encrypted = resources.filter(({ type }) => type === "aws_s3_bucket_server_side_encryption_configuration");
    expect(encrypted.length).toBeGreaterThan(3);
    for (const { values } of encrypted) expect(JSON.stringify(values)).toContain("AES256");
    const [workgroup] = resources.filter(({ type }) => type === "aws_athena_workgroup");
    expect(JSON.stringify(workgroup?.values)).toContain("SSE_S3");
    for (const { terraform } of Object.values(stacks)) {
      const { s3 } = terraform.backend as { readonly s3?: object };
      expect(s3).toMatchObject({ encrypt: true });
      expect(s3).not.toHaveProperty("kms_key_id");
    }
  });
});

describe("keys that exist", () => {
  const organization = variantNamed("several secrets, with existing keys").organization();
  synthesizeStacks(organization, folder);
  const expected = readExpected(folder, readDeployment(folder), organization);
  const keys = [...expected.values()].flatMap(({ existingKeys = [] }) => existingKeys);

  test("each purpose uses its key", () => {
    expect([...new Set(keys.map(({ arn }) => arn))].sort()).toEqual(
      [...new Set(keyPurposes.map((purpose) => organization.keys[purpose]))].sort(),
    );
  });

  const ofAccounts = [...expected].flatMap(([id, { existingKeys = [] }]) =>
    [...new Set(existingKeys.map(({ arn }) => arn))].map(
      (arn) => [arn.split("/")[1] ?? "", id, existingKeys.filter((one) => one.arn === arn)] as const,
    ),
  );

  test.each(ofAccounts)("the policy of %s in account %s is checked for every service", async (_name, _id, uses) => {
    const checked = (statements: readonly object[]) => {
      const aws = new FakeAws({
        "kms:DescribeKey": () => ({ KeyMetadata: { KeyState: "Enabled" } }),
        "kms:GetKeyPolicy": () => ({ Policy: JSON.stringify({ Statement: statements }) }),
      });
      const subject = { ...subjectWith(aws, () => 0), enter: () => Promise.resolve(aws) };
      return existingKeyChecks(uses)[0]?.run(subject);
    };
    const refused = await checked([]);
    const owner = uses[0]?.arn.split(":")[4] ?? "";
    expect(refused).toMatchObject({ status: "failed", remedy: expect.stringContaining(`account ${owner}`) as string });
    const statements = refused?.statements ?? [];
    expect(statements.length).toBeGreaterThan(0);
    expect(await checked(statements)).toMatchObject({ status: "proven" });
    // The statement that is left out is printed, and completes the policy again.
    for (const missing of statements) {
      const others = statements.filter((one) => one !== missing);
      const finding = await checked(others);
      expect(await checked([...others, ...(finding?.statements ?? [])])).toMatchObject({ status: "proven" });
      expect(finding?.statements?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  test("what a statement is tried with is what it allows, and of other accounts it allows nothing", () => {
    const all = keys.flatMap(({ arn, statements }) => statements.map((statement) => ({ arn, statement })));
    expect(all.length).toBeGreaterThan(5);
    for (const { arn, statement } of all) {
      const policy = JSON.stringify({ Statement: [statement] });
      const requests = requestsOf(statement, arn);
      expect(requests.length).toBeGreaterThan(0);
      for (const request of requests) {
        expect(evaluate([policy], request).answer).toBe("allowed");
        const context = Object.fromEntries(Object.keys(request.context).map((key) => [key, "other"]));
        if (Object.keys(context).length === 0) continue;
        expect(evaluate([policy], { ...request, context }).answer).toBe("denied");
      }
    }
  });
});

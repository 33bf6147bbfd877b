import { bucketArn, regionalService, rootArn } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import type { StateBucketFacts } from "./bucket-facts";
import { requestOf, type BucketFinding, type BucketUse } from "./bucket-use";
import { conditionalDenials } from "./conditional-denials";

/** What Terraform requests, with the lock file, which it writes only if there is none. Source: Terraform, S3 backend. */
export function useFindings(facts: StateBucketFacts, use: BucketUse): BucketFinding[] {
  const objects = bucketArn(use.region, `${use.bucket}/${use.objects}`);
  const encrypted: Record<string, string> =
    use.keyArn === undefined
      ? {}
      : {
          "s3:x-amz-server-side-encryption": "aws:kms",
          "s3:x-amz-server-side-encryption-aws-kms-key-id": use.keyArn,
        };
  const asked = [
    { action: "s3:ListBucket", resource: bucketArn(use.region, use.bucket), more: {} },
    { action: "s3:GetObject", resource: objects, more: {} },
    { action: "s3:PutObject", resource: objects, more: encrypted },
    { action: "s3:PutObject", resource: `${objects}.tflock`, more: { ...encrypted, "s3:if-none-match": "*" } },
    { action: "s3:DeleteObject", resource: `${objects}.tflock`, more: {} },
  ];
  const { certain, conditional } = conditionalDenials(facts.policy ?? "{}");
  const found = use.writers.flatMap((writer) =>
    asked.flatMap(({ action, resource, more }): BucketFinding[] => {
      const plain = requestOf(use, writer, action);
      const request = { ...plain, resource, context: { ...plain.context, ...more } };
      const [always, sometimes] = [certain, conditional].map((policy) => evaluate([policy], request).because);
      const need = `${writer} needs ${action} on ${resource}`;
      if (always?.endsWith(" denies it") === true) {
        const fix = "exempt the role from that statement of the bucket's policy";
        return [{ status: "unusable", text: `${need}: ${always}`, fix }];
      }
      const doubt = [always, sometimes].find((because) => / (denies|may deny) it/.test(because ?? ""));
      if (doubt === undefined) return [];
      return [{ status: "unknown", text: `${need}: ${doubt.replace(" denies it", " may deny it")}` }];
    }),
  );
  if (found.length > 0 || use.writers.length === 0) return found;
  return [{ status: "ok", text: "its policy denies deployments neither states nor lock files" }];
}

/** Whether deployments can encrypt with the key of the states. */
export function keyFinding(facts: StateBucketFacts, use: BucketUse, keyArn: string): BucketFinding {
  const state = facts.key?.state ?? "missing";
  if (state !== "Enabled") {
    const fix = `aws kms enable-key --region ${use.region} --key-id ${keyArn}`;
    return { status: "unusable", text: `the key of the states is ${state}`, fix };
  }
  const viaS3 = { "kms:ViaService": regionalService(use.region, "s3") };
  const root = rootArn(use.region, use.accountId);
  const actions = ["kms:GenerateDataKey", "kms:Decrypt"];
  const principals = use.writers.length === 0 ? [root] : use.writers;
  const refused = principals.filter((principal) =>
    actions.some((action) =>
      // A statement for the account admits its roles, whose own policies allow it.
      [principal, root]
        .map((one) => {
          const request = requestOf(use, principal, action);
          const context = { ...request.context, ...viaS3, "kms:CallerAccount": use.accountId };
          return evaluate([facts.key?.policy ?? "{}"], { ...request, principal: one, resource: keyArn, context });
        })
        .every(({ answer }) => answer === "denied"),
    ),
  );
  if (refused.length === 0) return { status: "ok", text: "the key is enabled, its policy admits deployments" };
  return {
    status: "unusable",
    text: `the policy of the key does not admit ${refused.join(", ")}`,
    fix: `add to it (aws kms get-key-policy and put-key-policy --policy-name default --region ${use.region} --key-id ${keyArn}):`,
    statement: {
      Sid: "TrailwatchState",
      Effect: "Allow",
      Principal: { AWS: refused },
      Action: actions,
      Resource: "*",
      Condition: { StringEquals: viaS3 },
    },
  };
}

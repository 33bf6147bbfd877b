import { bucketArn } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { denyInsecureTransport } from "../../modules/policy-document";
import type { StateBucketFacts } from "./bucket-facts";
import { namedPrincipals, requestOf, strangerRequest, type BucketFinding, type BucketUse } from "./bucket-use";
import { keyFinding, useFindings } from "./use-findings";

/** Whether an existing bucket protects states as Trailwatch's own would, and what to add. */
export function stateBucketFindings(facts: StateBucketFacts, use: BucketUse): BucketFinding[] {
  return [
    ...unread(facts),
    ...(facts.denied.versioning === undefined ? [versioning(facts, use)] : []),
    ...(facts.denied.encryption === undefined ? [encryption(facts, use)] : []),
    ...(facts.denied.publicAccessBlock === undefined ? [publicAccess(facts, use)] : []),
    ...(facts.denied.policy === undefined
      ? [transport(facts, use), readers(facts, use), ...useFindings(facts, use)]
      : []),
    ...(use.keyArn === undefined || facts.denied.key !== undefined ? [] : [keyFinding(facts, use, use.keyArn)]),
  ];
}

function unread({ denied }: StateBucketFacts): BucketFinding[] {
  return Object.values(denied).map((permission) => ({
    status: "unknown",
    text: `not checked: the caller may not ${permission}`,
  }));
}

function versioning(facts: StateBucketFacts, { bucket }: BucketUse): BucketFinding {
  if (facts.versioning === "Enabled") return { status: "ok", text: "keeps versions" };
  return {
    status: "missing",
    text: "no versions are kept: a state that is overwritten or deleted by mistake is lost",
    fix: `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
  };
}

function encryption({ encryption: found }: StateBucketFacts, { keyArn }: BucketUse): BucketFinding {
  if (keyArn !== undefined) return { status: "ok", text: "states are encrypted with state.existing.keyArn" };
  const { algorithm = "AES256", keyId = "" } = found ?? {};
  const isOfAws = keyId === "" || keyId.endsWith("alias/aws/s3");
  if (algorithm === "AES256" || isOfAws) return { status: "ok", text: `encrypted by default (${algorithm})` };
  return {
    status: "missing",
    text: "encrypted by default with a key that state.existing does not name: the roles of CI may not use it",
    fix: `state.existing.keyArn: ${keyId}`,
  };
}

const BLOCKS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

function publicAccess({ publicAccessBlock = {} }: StateBucketFacts, { bucket }: BucketUse): BucketFinding {
  if (BLOCKS.every((one) => publicAccessBlock[one] === true)) return { status: "ok", text: "blocks public access" };
  return {
    status: "missing",
    text: "public access is not blocked: a policy or ACL can publish the states, unless the account blocks it",
    fix:
      `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ` +
      BLOCKS.map((one) => `${one}=true`).join(","),
  };
}

function transport(facts: StateBucketFacts, use: BucketUse): BucketFinding {
  const plain = { ...strangerRequest(use, "s3:GetObject"), context: { "aws:SecureTransport": "false" } };
  const denied = ["s3:GetObject", "s3:PutObject"].every((action) =>
    evaluate([facts.policy ?? "{}"], { ...plain, action }).because.endsWith("denies it"),
  );
  if (denied) return { status: "ok", text: "denies requests without TLS" };
  const [statement] = denyInsecureTransport(bucketArn(use.region, use.bucket));
  return {
    status: "missing",
    text: "requests without TLS are not denied",
    fix: policyFix(use),
    ...(statement === undefined ? {} : { statement }),
  };
}

/** Who is admitted by the bucket's policy; roles of its account need no statement. */
function readers(facts: StateBucketFacts, use: BucketUse): BucketFinding {
  const policy = facts.policy ?? "{}";
  const stranger = evaluate([policy], strangerRequest(use, "s3:GetObject"));
  if (stranger.answer === "allowed") {
    return {
      status: "missing",
      text: `everyone may read the states: ${stranger.because}`,
      fix: "remove the statement, or restrict it to your organization with aws:PrincipalOrgID",
    };
  }
  const others = namedPrincipals(policy).filter(
    (principal) => evaluate([policy], requestOf(use, principal, "s3:GetObject")).answer !== "denied",
  );
  const named = others.length === 0 ? "its policy admits no one else" : `its policy admits ${others.join(", ")}`;
  return { status: "ok", text: `read by roles of account ${use.accountId} that IAM allows it; ${named}` };
}

function policyFix({ bucket }: BucketUse): string {
  return `add to the policy (aws s3api get-bucket-policy and put-bucket-policy --bucket ${bucket}):`;
}

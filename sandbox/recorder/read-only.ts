import type { Call } from "../proxy/call";

const READS = /^(Get|List|Describe|Head|BatchGet|Lookup|Search|Query|Scan|Select|Check|Simulate|Filter|Test|Validate)/;

/** Calls that CloudTrail marks as read-only although their names do not suggest it: they change no resource. */
const ALSO_READS = new Set([
  ...["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt", "kms:Sign", "kms:Verify"],
  ...["kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateMac", "kms:VerifyMac"],
  ...["kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:GenerateRandom"],
  ...["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
  ...["logs:StartQuery", "logs:StopQuery", "sqs:ReceiveMessage"],
]);

/** Calls that are not read-only although their names suggest it: they create credentials. */
const NO_READS = new Set(["sts:GetFederationToken", "sts:GetSessionToken"]);

/** Whether CloudTrail records a call as read-only. */
export function isReadOnly({ service, operation }: Pick<Call, "service" | "operation">): boolean {
  const name = `${service}:${operation}`;
  return (READS.test(operation) && !NO_READS.has(name)) || ALSO_READS.has(name);
}

/**
 * The responses of read-only calls are not recorded, except for AssumeRole calls, whose response contains the new
 * session.
 */
export function recordsResponse(call: Pick<Call, "service" | "operation">): boolean {
  return !isReadOnly(call) || (call.service === "sts" && call.operation.startsWith("Assume"));
}

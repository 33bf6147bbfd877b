import { all, any, call, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const MODEL = { requestParameters: { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" } };

/** Codes of the services whose quotas limit what stolen access can cost. */
const COSTLY = ["ec2", "bedrock", "ses"];

/** Each takes one call before mail is sent or models run in the organization's name, and at its cost. */
export const costlyServiceOpened: Detection = {
  id: "costly-service-opened",
  title: "Models, mail or higher quotas requested",
  meaning:
    "In any account, a principal requested access to models of Bedrock or bought throughput, turned on sending in SES or " +
    "added an identity to send from, or requested a higher quota of EC2, Bedrock or SES.",
  why: "Stolen access is sold as access to models, or used to send spam and to mine. These calls prepare it, and teams rarely make them.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1496.004", "T1578.005"] },
  condition: all(
    any(
      call(
        "bedrock",
        "PutFoundationModelEntitlement",
        "PutUseCaseForModelAccess",
        "CreateFoundationModelAgreement",
        "CreateProvisionedModelThroughput",
      ),
      call(
        "ses",
        "PutAccountDetails",
        "PutAccountSendingAttributes",
        "UpdateAccountSendingEnabled",
        "CreateEmailIdentity",
        "VerifyEmailIdentity",
        "VerifyDomainIdentity",
      ),
      all(call("servicequotas", "RequestServiceQuotaIncrease"), oneOf("requestParameters.serviceCode", COSTLY)),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`), the region (`awsRegion`), the caller (`userIdentity.arn`) and what was requested (`requestParameters`).",
      "Ask the account's team. If the request is not confirmed, revoke the caller's sessions or keys first.",
      "Undo it: `aws bedrock delete-foundation-model-agreement --model-id <model>`, `aws ses update-account-sending-enabled --no-enabled`, `aws sesv2 delete-email-identity --email-identity <identity>`; ask AWS Support to withdraw the quota.",
      "Search the archive for the caller's `InvokeModel`, `Converse` and `RunInstances` in all regions, and check the account's costs of today.",
    ],
    falsePositives: ["A team that begins to use Bedrock or SES.", "A workload that outgrows its quota."],
    tuning:
      "Ignore the account of a team that uses these services every day by `recipientAccountId`, or its pipeline by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("bedrock", "PutFoundationModelEntitlement", MODEL),
      apiCall("bedrock", "PutUseCaseForModelAccess", { recipientAccountId: "444455556666" }),
      apiCall("ses", "PutAccountDetails", {
        awsRegion: "us-west-2",
        requestParameters: { mailType: "TRANSACTIONAL", websiteURL: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      }),
      apiCall("servicequotas", "RequestServiceQuotaIncrease", {
        requestParameters: { serviceCode: "ec2", quotaCode: "L-417A185B", desiredValue: 192 },
      }),
    ],
    nearMisses: [
      apiCall("bedrock", "GetFoundationModelAvailability", MODEL),
      apiCall("bedrock", "InvokeModel", { ...MODEL, readOnly: true }),
      deniedCall("ses", "UpdateAccountSendingEnabled"),
      apiCall("ses", "SendEmail", { readOnly: true }),
      apiCall("servicequotas", "RequestServiceQuotaIncrease", {
        requestParameters: { serviceCode: "lambda", quotaCode: "L-B99A9384", desiredValue: 2000 },
      }),
      apiCall("servicequotas", "GetServiceQuota", {
        requestParameters: { serviceCode: "ec2", quotaCode: "L-1216C47A" },
      }),
    ],
  },
};

import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const iamPolicyChanges = cisControl({
  number: "4.4",
  id: "cis-4-4-iam-policy-changes",
  title: "IAM policy changes",
  severity: "low",
  securityHub: "CloudWatch.4",
  mitre: ["T1098.003"],
  tunedTwin: "iam-policy-changed",
  patterns: [
    "{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || ($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || ($.eventName=CreatePolicy) || ($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || ($.eventName=DeletePolicyVersion) || ($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) || ($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || ($.eventName=DetachGroupPolicy))}",
  ],
  benchmarkPattern:
    "{($.eventName=DeleteGroupPolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || ($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || ($.eventName=CreatePolicy) || ($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || ($.eventName=DeletePolicyVersion) || ($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) || ($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || ($.eventName=DetachGroupPolicy)}",
  meaning:
    "A policy of a user, group or role was made, changed, attached, detached or deleted, or a principal tried to do so.",
  why: "Intruders extend a first foothold by adding permissions.",
  firstFiveMinutes: [
    "Check whether it was a deployment: `userIdentity.arn` contains the role.",
    "If it was a manual change, follow the runbook of `iam-policy-changed`.",
  ],
  falsePositives: [
    "A deployment that manages roles.",
    "A policy of another service, such as AWS Organizations or IoT.",
  ],
  examples: {
    matches: [
      apiCall("iam", "PutRolePolicy", { requestParameters: { roleName: "app", policyName: "inline" } }),
      apiCall("iam", "DetachGroupPolicy"),
      deniedCall("iam", "AttachUserPolicy"),
      // The benchmark's own text names no service.
      apiCall("organizations", "CreatePolicy"),
    ],
    nearMisses: [
      // Not covered: both change permissions.
      apiCall("iam", "SetDefaultPolicyVersion"),
      apiCall("iam", "UpdateAssumeRolePolicy"),
    ],
  },
});

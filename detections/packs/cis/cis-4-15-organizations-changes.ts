import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const organizationsChanges = cisControl({
  number: "4.15",
  id: "cis-4-15-organizations-changes",
  title: "AWS Organizations changes",
  severity: "medium",
  mitre: ["T1666"],
  tunedTwin: "organization-policy-changed",
  patterns: [
    "{($.eventSource=organizations.amazonaws.com) && (($.eventName=AcceptHandshake) || ($.eventName=AttachPolicy) || ($.eventName=CancelHandshake) || ($.eventName=CreateAccount) || ($.eventName=CreateOrganization) || ($.eventName=CreateOrganizationalUnit) || ($.eventName=CreatePolicy) || ($.eventName=DeclineHandshake) || ($.eventName=DeleteOrganization) || ($.eventName=DeleteOrganizationalUnit) || ($.eventName=DeletePolicy) || ($.eventName=EnableAllFeatures) || ($.eventName=EnablePolicyType) || ($.eventName=InviteAccountToOrganization) || ($.eventName=LeaveOrganization) || ($.eventName=DetachPolicy) || ($.eventName=DisablePolicyType) || ($.eventName=MoveAccount) || ($.eventName=RemoveAccountFromOrganization) || ($.eventName=UpdateOrganizationalUnit) || ($.eventName=UpdatePolicy))}",
  ],
  meaning: "An account, unit, policy or handshake of the organization changed, or a principal tried to do so.",
  why: "The organization holds the policies of all accounts. It rarely changes, and few people change it.",
  firstFiveMinutes: [
    "Follow the runbooks of `organization-policy-changed` and `organization-left`, which page for the critical changes among these.",
    "Find who did it: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=<operation>`, in us-east-1 of the management account.",
  ],
  falsePositives: ["An account being set up or retired."],
  examples: {
    matches: [
      apiCall("organizations", "DetachPolicy", { requestParameters: { policyId: "p-example" } }),
      apiCall("organizations", "CreateOrganization"),
      deniedCall("organizations", "LeaveOrganization"),
    ],
    nearMisses: [
      apiCall("organizations", "DescribeOrganization"),
      apiCall("iam", "CreatePolicy"),
      // Not covered: closing an account.
      apiCall("organizations", "CloseAccount"),
    ],
  },
});

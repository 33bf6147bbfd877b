import { apiCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const securityGroupChanges = cisControl({
  number: "4.10",
  id: "cis-4-10-security-group-changes",
  title: "Security group changes",
  severity: "low",
  securityHub: "CloudWatch.10",
  mitre: ["T1562.007"],
  tunedTwin: "security-group-opened-to-world",
  patterns: [
    "{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || ($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || ($.eventName=CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup)}",
    "{($.eventName=ModifySecurityGroupRules)}",
  ],
  meaning: "A security group or one of its rules was created, changed or deleted, or a principal tried to do so.",
  why:
    "Security groups decide what is reachable. CIS 5.0 also requires `ModifySecurityGroupRules`; Security Hub accepts no " +
    "addition to its own filter, so that call has a separate filter.",
  firstFiveMinutes: [
    "Check whether `security-group-opened-to-world` is in ALARM too. If not, this can wait.",
    "List the current rules: `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<group>`.",
  ],
  falsePositives: ["Deployments, load balancers, EKS: security groups change all day."],
  examples: {
    matches: [
      apiCall("ec2", "AuthorizeSecurityGroupIngress"),
      apiCall("ec2", "ModifySecurityGroupRules"),
      apiCall("ec2", "DeleteSecurityGroup", { errorCode: "Client.DependencyViolation" }),
    ],
    nearMisses: [apiCall("ec2", "DescribeSecurityGroups"), apiCall("elasticloadbalancing", "SetSecurityGroups")],
  },
});

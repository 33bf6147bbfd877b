import { apiCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const securityGroupChanges = cisControl({
  section: "4.10",
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
  meaning: "A security group or one of its rules was created, changed or deleted, or somebody tried.",
  why:
    "Security groups decide what is reachable. CIS 5.0 asks for `ModifySecurityGroupRules` too; Security Hub takes no " +
    "addition to its own filter, so that one is a filter of its own.",
  firstFiveMinutes: [
    "Has `security-group-opened-to-world` gone off too? If not, this can wait.",
    "Which rules are there now? `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<group>`.",
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

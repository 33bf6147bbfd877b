import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const networkAclChanges = cisControl({
  number: "4.11",
  id: "cis-4-11-network-acl-changes",
  title: "Network ACL changes",
  severity: "low",
  securityHub: "CloudWatch.11",
  mitre: ["T1562.007"],
  patterns: [
    "{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || ($.eventName=DeleteNetworkAcl) || ($.eventName=DeleteNetworkAclEntry) || ($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}",
  ],
  meaning: "A network ACL or one of its entries was created, replaced or deleted, or a principal tried to do so.",
  why: "Network ACLs filter all traffic of a subnet, and rarely change.",
  firstFiveMinutes: [
    "Check what it allows now: `aws ec2 describe-network-acls --network-acl-ids <acl>`.",
    "If it is unexplained, restore the entry with `aws ec2 replace-network-acl-entry`.",
  ],
  falsePositives: ["A new VPC being built."],
  examples: {
    matches: [
      apiCall("ec2", "CreateNetworkAclEntry", { requestParameters: { cidrBlock: "0.0.0.0/0", ruleAction: "allow" } }),
      apiCall("ec2", "ReplaceNetworkAclAssociation"),
      deniedCall("ec2", "DeleteNetworkAcl", { errorCode: "Client.UnauthorizedOperation" }),
    ],
    nearMisses: [apiCall("ec2", "DescribeNetworkAcls"), apiCall("ec2", "CreateNetworkInterface")],
  },
});
